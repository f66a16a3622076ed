import { findNonFinite, toPointer } from "#server/benchmark/find-non-finite.ts";
import { Report } from "#server/benchmark/schema.ts";

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
  if (text.trim() === "") return refuse("FILE_EMPTY", "", "The file is empty.");
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    const nonFinite = findNonFinite(text);
    if (nonFinite !== null) {
      return refuse(
        "METRIC_NOT_FINITE",
        nonFinite.pointer,
        `${nonFinite.token} is not a number JSON has; use null.`,
      );
    }
    return refuse(
      "BODY_NOT_JSON",
      "",
      `Not valid JSON: ${error instanceof Error ? error.message : "unreadable"}.`,
    );
  }
  if (raw === null || typeof raw !== "object" || Array.isArray(raw)) {
    return refuse("REPORT_INVALID", "", "A report is one JSON object.");
  }
  const unsafe = findUnsafe(raw, []);
  if (unsafe !== null) return { outcome: "refused", problems: [unsafe] };
  const version = "schemaVersion" in raw ? raw.schemaVersion : undefined;
  if (!READS_VERSIONS.includes(version as number)) {
    const found = version === undefined ? "without a version" : JSON.stringify(version);
    return refuse(
      "REPORT_VERSION",
      "/schemaVersion",
      `Report format ${found}; this program reads ${READS_VERSIONS.join(", ")}. Update the program, or the pilot.`,
    );
  }
  const parsed = Report.safeParse(raw);
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
      message: `A report has no field "${key}" here.`,
    }));
  }
  const [room] = issue.path;
  const isTime = room === "startedAt" || room === "finishedAt";
  const code = isTime ? "TIME_INVALID" : room === "metrics" ? "METRIC_INVALID" : "REPORT_INVALID";
  const message = isTime
    ? "A time must be written in UTC like 2026-11-20T10:00:00Z and exist."
    : `${issue.message}.`;
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
      message: "The number is too large to be read.",
    };
  }
  if (value === null || typeof value !== "object") return null;
  if (path.length >= MOST_LEVELS) {
    return {
      code: "BODY_TOO_DEEP",
      path: "",
      message: `The file is nested deeper than ${MOST_LEVELS} levels.`,
    };
  }
  for (const key of Object.keys(value)) {
    if (key === "__proto__" || key === "constructor" || key === "prototype") {
      return {
        code: "KEY_NOT_ALLOWED",
        path: toPointer([...path, key]),
        message: `The key "${key}" is not allowed.`,
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
