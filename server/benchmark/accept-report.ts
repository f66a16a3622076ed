import { checkReport } from "#server/benchmark/check-report.ts";
import { type ReportProblem, readReport } from "#server/benchmark/read-report.ts";
import type { Report } from "#server/benchmark/schema.ts";
import { hashCanonicalJson } from "#server/scaffold/canonical-json.ts";

export type AcceptedReport =
  | { outcome: "accepted"; report: Report }
  | { outcome: "refused"; problems: ReportProblem[] };

/** Text of a `report.json` -> a report whose shape, seal, project and arithmetic hold, or everything wrong with it. */
export function acceptReport(
  text: string,
  expected: { projectId: string | null; now: Date | null },
): AcceptedReport {
  const read = readReport(text);
  if (read.outcome === "refused") return read;
  const problems = checkReport(read.report, { ...expected, configSha256: hashCanonicalJson(read.rawConfig) });
  return problems.length > 0
    ? { outcome: "refused", problems }
    : { outcome: "accepted", report: read.report };
}
