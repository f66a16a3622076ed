import { openReport } from "#server/benchmark/open-report.ts";
import type { Report, RunSummary } from "#server/benchmark/schema.ts";

/** What is left of a report: thinned without the records of its load, deleted without any record. */
export function thinReport(report: Report, records: RunSummary["records"]): Report {
  return records === "kept" ? report : openReport(report).thin(records);
}
