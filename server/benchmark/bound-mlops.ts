import { bootstrapClusters } from "#server/benchmark/bootstrap-clusters.ts";
import { bootstrapGroups } from "#server/benchmark/bootstrap-groups.ts";
import { boundLatency } from "#server/benchmark/bound-rag.ts";
import type { Interval } from "#server/benchmark/bound-verdict.ts";
import type { MlopsReport } from "#server/benchmark/mlops-schema.ts";
import { rankInterval } from "#server/benchmark/rank-interval.ts";
import {
  ALERTED_CARDS,
  batchRates,
  meanOf,
  owaOf,
  recomputeMlops,
  trainRates,
} from "#server/benchmark/recompute-mlops.ts";
import { catchByDay, shareOfEntities, weighAveragePrecision } from "#server/benchmark/score-alerts.ts";
import type { MlopsMetric } from "#server/scaffold/mlops-schema.ts";

/** One process with one lock serves, as the extractive pilot does; only the stage `serve` is part of an answer. */
export function servedLoad({ requests, stages, config }: MlopsReport) {
  const { workload } = config;
  const served = stages.filter(({ name }) => name === "serve");
  return { requests, stages: served, config: { workload, answer: { mode: "extractive" as const } } };
}

/** Both one-sided bounds of one quantity; null where the sample gives none. The seed was sealed with the plan. */
export function boundMlops(
  report: MlopsReport,
  metric: MlopsMetric,
  target: number,
  alpha: number,
): Interval | null {
  const { scores, series, config } = report;
  const { seed } = config.workload;
  // What has no value has no bound, and nothing to draw from.
  if (recomputeMlops(report)[metric]().value === null) return null;
  switch (metric) {
    case "averagePrecision": {
      const entities = scores.map(({ entity }) => entity);
      return bootstrapClusters(entities, weighAveragePrecision(scores), { seed, alpha });
    }
    case "recallAtBudget":
      return bootstrapGroups(
        catchByDay(scores, config.alerts.budgetPerDay),
        (days) =>
          days.reduce((sum, { caught }) => sum + caught, 0) /
          Math.max(
            1,
            days.reduce((sum, { positives }) => sum + positives, 0),
          ),
        { seed, alpha },
      );
    case "cardPrecisionAt100":
      return bootstrapGroups(shareOfEntities(scores, ALERTED_CARDS), (days) => meanOf(days) ?? 0, {
        seed,
        alpha,
      });
    case "owa":
      return bootstrapGroups(series, (drawn) => owaOf(drawn) ?? Number.POSITIVE_INFINITY, { seed, alpha });
    case "smape":
    case "mase":
      return bootstrapGroups(
        series.map((one) => one[metric]),
        (drawn) => meanOf(drawn) ?? 0,
        { seed, alpha },
      );
    case "p95Ms":
      return boundLatency(servedLoad(report), 0.95, target, alpha);
    case "batchRowsPerSecond":
      return boundMedian(batchRates(report), alpha);
    case "trainRowsPerSecond":
      return boundMedian(trainRates(report), alpha);
    default:
      return null;
  }
}

/** Order statistics, whatever the distribution is; null under five repetitions. */
function boundMedian(rates: readonly number[], alpha: number): Interval | null {
  const { lower, upper } = rankInterval(rates.length, 0.5, 2 * alpha);
  const sorted = rates.toSorted((a, b) => a - b);
  const at = (rank: number | null) => (rank === null ? null : (sorted[rank - 1] ?? null));
  return lower === null && upper === null ? null : { low: at(lower), high: at(upper) };
}
