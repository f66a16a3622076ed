import { sayRoom } from "#server/messages/say.ts";
import type { BenchEnd } from "./executor.ts";
import type { JobErrorCode } from "./job-schema.ts";
import type { ProcessEnd } from "./run-process.ts";

const say = sayRoom("errors");

/** A report of 100,000 requests is about 30 MB. */
export const reportLimitBytes = 64 * 1024 * 1024;

/** What lies where the report should be. `too_large` was refused by its size and never read. */
export type ReportFile = { found: "text"; text: string } | { found: "nothing" } | { found: "too_large" };

/** What the end of a pilot's process means for its job, wherever it ran. */
export function explainEnd(end: ProcessEnd, report: ReportFile, lastLines: string[]): BenchEnd {
  switch (end.outcome) {
    case "stopped":
      return { outcome: "stopped" };
    case "timed_out":
      return toFailed("TIMED_OUT", say("TIMED_OUT.said"), lastLines);
    case "not_started":
      return toFailed("PILOT_FAILED", say("PILOT_FAILED.notStarted"), lastLines);
    case "killed":
      return toFailed("PILOT_FAILED", say("PILOT_FAILED.killed", { signal: end.signal }), lastLines);
    case "exited":
      break;
  }
  if (report.found === "too_large") {
    return toFailed("REPORT_REFUSED", say("REPORT_REFUSED.tooLarge"), lastLines);
  }
  if (end.exitCode === 0) {
    return report.found === "text"
      ? { outcome: "reported", reportText: report.text }
      : toFailed("REPORT_MISSING", say("REPORT_MISSING.said"), lastLines);
  }
  if (lastLines.some((line) => /No space left on device/.test(line))) {
    return toFailed("STORAGE_FULL", say("STORAGE_FULL.benchmark"), lastLines);
  }
  const said = lastLines.at(-1);
  const exitCode = String(end.exitCode);
  const message = said
    ? say("PILOT_FAILED.exitedSaying", { exitCode, said })
    : say("PILOT_FAILED.exited", { exitCode });
  return toFailed("PILOT_FAILED", message.slice(0, 2_000), lastLines, end.exitCode);
}

export function toFailed(
  code: JobErrorCode,
  message: string,
  lastLines: string[] = [],
  exitCode: number | null = null,
): Extract<BenchEnd, { outcome: "failed" }> {
  return { outcome: "failed", error: { code, message, lastLines }, exitCode };
}
