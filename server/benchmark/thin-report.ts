import type { Report, RunSummary } from "#server/benchmark/schema.ts";

/** What is left of a report: thinned without its requests, deleted without its questions too. */
export function thinReport(report: Report, records: RunSummary["records"]): Report {
  if (records === "kept") return report;
  return { ...report, requests: [], questions: records === "thinned" ? report.questions : [] };
}
