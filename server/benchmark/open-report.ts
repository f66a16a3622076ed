import type { Interval } from "#server/benchmark/bound-verdict.ts";
import type { BenchPreset } from "#server/benchmark/job-schema.ts";
import type { Found, MeasuredField } from "#server/benchmark/measured-answers.data.ts";
import { openClinic } from "#server/benchmark/open-clinic.ts";
import { openMlops } from "#server/benchmark/open-mlops.ts";
import { openRag } from "#server/benchmark/open-rag.ts";
import type { ReportProblem } from "#server/benchmark/read-report.ts";
import type { Judgement, Report, RunSummary, Verdict } from "#server/benchmark/schema.ts";
import type { ReportPicture } from "#server/benchmark/summarise-report.ts";
import type { MetricName, Target } from "#server/scaffold/schema.ts";

/** One quantity of a report, recomputed from its raw records. */
export type MetricRule = {
  value: number | null;
  /** The target is of this quantity. */
  judge: (target: Target, alpha: number) => Judgement;
  /** Both one-sided bounds; null for a figure without an exact test. */
  bound: (target: Target, alpha: number) => Interval | null;
};

/** What the app asks of a report, whichever pilot wrote it. Nothing else in this room looks at `kind`. */
export type OpenReport = {
  /** Where it disagrees with its own records. */
  findProblems: () => ReportProblem[];
  metrics: Partial<Record<MetricName, MetricRule>>;
  /** What it says about the system; null where it says nothing. */
  measure: (field: MeasuredField) => Found | null;
  draw: (verdicts: readonly Verdict[]) => ReportPicture;
  /** Of `bench`; null for a kind that has none. */
  preset: BenchPreset | null;
  /** What its job was sealed with before it ran; null for a kind that has no such plan. */
  seal: () => string | null;
  /** Its raw records by file name, as CSV. */
  tables: Readonly<Record<string, () => string>>;
  thin: (records: Exclude<RunSummary["records"], "kept">) => Report;
};

export function openReport(report: Report): OpenReport {
  switch (report.kind) {
    case "rag":
      return openRag(report);
    case "clinic":
      return openClinic(report);
    case "mlops":
      return openMlops(report);
  }
}
