import { boundMlops } from "#server/benchmark/bound-mlops.ts";
import { checkMlops } from "#server/benchmark/check-mlops.ts";
import { writeRequestsCsv, writeScoresCsv, writeSeriesCsv } from "#server/benchmark/export-records-csv.ts";
import { judgeMlops } from "#server/benchmark/judge-mlops.ts";
import type { MlopsReport } from "#server/benchmark/mlops-schema.ts";
import type { MetricRule, OpenReport } from "#server/benchmark/open-report.ts";
import { recomputeMlops } from "#server/benchmark/recompute-mlops.ts";
import { summariseMlops } from "#server/benchmark/summarise-mlops.ts";
import { MlopsMetric } from "#server/scaffold/mlops-schema.ts";

export function openMlops(report: MlopsReport): OpenReport {
  const recomputed = recomputeMlops(report);
  const rules = MlopsMetric.options.map((metric): [MlopsMetric, MetricRule] => [
    metric,
    {
      get value() {
        return recomputed[metric]().value;
      },
      judge: (target, alpha) => judgeMlops(report, metric, target, alpha),
      bound: (target, alpha) => boundMlops(report, metric, target.value, alpha),
    },
  ]);
  return {
    findProblems: () => checkMlops(report),
    metrics: Object.fromEntries(rules) as OpenReport["metrics"],
    // The questions that a report answers are about a served model's answers; of a pipeline none is asked yet.
    measure: () => null,
    draw: (verdicts) => summariseMlops(report, verdicts),
    preset: report.preset,
    seal: () => null,
    tables: {
      "requests.csv": () => writeRequestsCsv(report),
      "scores.csv": () => writeScoresCsv(report),
      "series.csv": () => writeSeriesCsv(report),
    },
    thin: (records) => ({
      ...report,
      requests: [],
      ...(records === "deleted" ? { scores: [], series: [], batches: [], training: [] } : {}),
    }),
  };
}
