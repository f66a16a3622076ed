import { findNonFinite, toPointer } from "#server/benchmark/find-non-finite.ts";
import { Report } from "#server/benchmark/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { upgradeReport } from "#server/scaffold/upgrade-config.ts";

const say = sayRoom("errors");

/** `path` is a JSON pointer; empty = the whole file. */
export type ReportProblem = { code: string; path: string; message: string };

export type ReadReport =
  | {
      outcome: "read";
      report: Report;
      /** The config as it stands in the file, before defaults are filled in: this is what was sealed. */
      rawConfig: unknown;
    }
  | { outcome: "refused"; problems: ReportProblem[] };

/** The versions this program reads. Old ones stay: a report is evidence for years. */
const READS_VERSIONS = [1];
const MOST_LEVELS = 32;

/** Reads the text of a `report.json`, from whoever sent it. Shape only; the arithmetic is check-report's. */
export function readReport(text: string): ReadReport {
  if (text.trim() === "") return refuse("FILE_EMPTY", "", say("FILE_EMPTY.report"));
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    const nonFinite = findNonFinite(text);
    if (nonFinite !== null) {
      return refuse(
        "METRIC_NOT_FINITE",
        nonFinite.pointer,
        say("METRIC_NOT_FINITE.token", { token: nonFinite.token }),
      );
    }
    return refuse(
      "BODY_NOT_JSON",
      "",
      say("BODY_NOT_JSON.report", {
        reason: error instanceof Error ? error.message : say("BODY_NOT_JSON.unreadable"),
      }),
    );
  }
  if (raw === null || typeof raw !== "object" || Array.isArray(raw)) {
    return refuse("REPORT_INVALID", "", say("REPORT_INVALID.notAnObject"));
  }
  const unsafe = findUnsafe(raw, []);
  if (unsafe !== null) return { outcome: "refused", problems: [unsafe] };
  const version = "schemaVersion" in raw ? raw.schemaVersion : undefined;
  if (!READS_VERSIONS.includes(version as number)) {
    const found = version === undefined ? say("REPORT_VERSION.none") : JSON.stringify(version);
    return refuse(
      "REPORT_VERSION",
      "/schemaVersion",
      say("REPORT_VERSION.said", { version: found, reads: READS_VERSIONS.join(", ") }),
    );
  }
  const parsed = Report.safeParse(upgradeReport(raw));
  if (!parsed.success) {
    return { outcome: "refused", problems: parsed.error.issues.slice(0, 20).flatMap(describeIssue) };
  }
  return { outcome: "read", report: parsed.data, rawConfig: "config" in raw ? raw.config : undefined };
}

type Issue = { code?: string | undefined; path: PropertyKey[]; message: string; keys?: string[] };

function describeIssue(issue: Issue): ReportProblem[] {
  const path = toPointer(issue.path);
  if (issue.code === "unrecognized_keys") {
    return (issue.keys ?? []).map((key) => ({
      code: "UNKNOWN_FIELD",
      path: toPointer([...issue.path, key]),
      message: say("UNKNOWN_FIELD.report", { field: key }),
    }));
  }
  const [room] = issue.path;
  const isTime = room === "startedAt" || room === "finishedAt";
  const code = isTime ? "TIME_INVALID" : room === "metrics" ? "METRIC_INVALID" : "REPORT_INVALID";
  const message = isTime ? say("TIME_INVALID.said") : say("REPORT_INVALID.issue", { issue: issue.message });
  return [{ code, path, message }];
}

/**
 * Keys that change an object's prototype, overflowing numbers (1e999 parses to Infinity) and depth.
 * `__proto__` from JSON.parse is an own key that a careless copy would turn into a prototype.
 */
function findUnsafe(value: unknown, path: PropertyKey[]): ReportProblem | null {
  if (typeof value === "number" && !Number.isFinite(value)) {
    return {
      code: "METRIC_NOT_FINITE",
      path: toPointer(path),
      message: say("METRIC_NOT_FINITE.tooLarge"),
    };
  }
  if (value === null || typeof value !== "object") return null;
  if (path.length >= MOST_LEVELS) {
    return {
      code: "BODY_TOO_DEEP",
      path: "",
      message: say("BODY_TOO_DEEP.report", { most: String(MOST_LEVELS) }),
    };
  }
  for (const key of Object.keys(value)) {
    if (key === "__proto__" || key === "constructor" || key === "prototype") {
      return {
        code: "KEY_NOT_ALLOWED",
        path: toPointer([...path, key]),
        message: say("KEY_NOT_ALLOWED.report", { key }),
      };
    }
    const found = findUnsafe((value as Record<string, unknown>)[key], [
      ...path,
      Array.isArray(value) ? Number(key) : key,
    ]);
    if (found !== null) return found;
  }
  return null;
}

function refuse(code: string, path: string, message: string): ReadReport {
  return { outcome: "refused", problems: [{ code, path, message }] };
}
