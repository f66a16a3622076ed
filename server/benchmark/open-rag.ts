import { boundRag } from "#server/benchmark/bound-rag.ts";
import { checkRag } from "#server/benchmark/check-rag.ts";
import { writeQuestionsCsv, writeRequestsCsv } from "#server/benchmark/export-records-csv.ts";
import { RAG_JUDGES } from "#server/benchmark/judge-rag.ts";
import { RAG_FIELDS } from "#server/benchmark/measure-rag-fields.ts";
import type { MetricRule, OpenReport } from "#server/benchmark/open-report.ts";
import type { RagReport } from "#server/benchmark/rag-schema.ts";
import { recomputeMetrics } from "#server/benchmark/recompute-metrics.ts";
import { sealAfter } from "#server/benchmark/seal-before.ts";
import { summariseRag } from "#server/benchmark/summarise-rag.ts";
import { RagMetric } from "#server/scaffold/rag-schema.ts";

export function openRag(report: RagReport): OpenReport {
  return {
    findProblems: () => checkRag(report),
    metrics: openMetrics(report),
    measure: (field) => RAG_FIELDS[field]?.(report) ?? null,
    draw: (verdicts) => summariseRag(report, verdicts),
    preset: report.preset,
    seal: () => sealAfter(report),
    tables: {
      "requests.csv": () => writeRequestsCsv(report),
      "questions.csv": () => writeQuestionsCsv(report),
    },
    thin: (records) => ({
      ...report,
      requests: [],
      questions: records === "thinned" ? report.questions : [],
    }),
  };
}

function openMetrics(report: RagReport): Record<RagMetric, MetricRule> {
  let recomputed: ReturnType<typeof recomputeMetrics> | undefined;
  const rules = RagMetric.options.map((metric): [RagMetric, MetricRule] => [
    metric,
    {
      // All at once, and only when one is asked for: a bound alone should not sort a hundred thousand requests.
      get value() {
        recomputed ??= recomputeMetrics(report);
        return recomputed[metric].value;
      },
      judge: (target, alpha) => RAG_JUDGES[metric](report, target, alpha),
      bound: (target, alpha) => boundRag(report, metric, target.value, alpha),
    },
  ]);
  return Object.fromEntries(rules) as Record<RagMetric, MetricRule>;
}
