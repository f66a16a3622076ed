import { openReport } from "#server/benchmark/open-report.ts";
import type { Report, Verdict } from "#server/benchmark/schema.ts";
import type { ClinicPicture } from "#server/benchmark/summarise-clinic.ts";
import type { MlopsPicture } from "#server/benchmark/summarise-mlops.ts";
import type { RagPicture } from "#server/benchmark/summarise-rag.ts";

/** What a page draws of a report, by its kind: everything but the raw records, which stay on the server. */
export type ReportPicture = RagPicture | ClinicPicture | MlopsPicture;

export function summariseReport(report: Report, verdicts: readonly Verdict[]): ReportPicture {
  return openReport(report).draw(verdicts);
}
