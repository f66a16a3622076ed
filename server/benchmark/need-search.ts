import type { RagReport } from "#server/benchmark/rag-schema.ts";
import type { Report } from "#server/benchmark/schema.ts";
import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";

const say = sayRoom("errors");

/** What is compared question by question must have asked questions. @throws PilotageError RUNS_UNLIKE */
export function needSearch(report: Report): RagReport {
  if (report.kind === "rag") return report;
  throw new PilotageError("invalid", "RUNS_UNLIKE", say("RUNS_UNLIKE.said"));
}
