import { boundMean } from "#server/benchmark/bound-mean.ts";
import { lowerBound, upperBound } from "#server/benchmark/bound-proportion.ts";
import { boundRate } from "#server/benchmark/bound-rate.ts";
import type { Interval } from "#server/benchmark/bound-verdict.ts";
import { groupByRun } from "#server/benchmark/group-requests.ts";
import { leastDependence } from "#server/benchmark/judge-latency-target.ts";
import { judgeOverShare } from "#server/benchmark/judge-over-share.ts";
import type { ServedLoad } from "#server/benchmark/measure-utilisation.ts";
import { priceQuestions } from "#server/benchmark/price-questions.ts";
import type { RagReport } from "#server/benchmark/rag-schema.ts";
import { rateRuns } from "#server/benchmark/rate-runs.ts";
import { latencyFromScheduleMs } from "#server/benchmark/recompute-metrics.ts";
import { scoreQuestions } from "#server/benchmark/score-questions.ts";
import { chanceAtLeast } from "#server/benchmark/sum-binomial.ts";
import type { RagMetric } from "#server/scaffold/rag-schema.ts";

/** Both one-sided bounds of one quantity of a RAG report. A bound on a latency depends on the target it is held against. */
export function boundRag(
  report: RagReport,
  metric: RagMetric,
  target: number,
  alpha: number,
): Interval | null {
  switch (metric) {
    case "answer_accuracy":
      return boundShare(
        report.questions.filter((question) => question.correct !== null),
        alpha,
      );
    case "refusal_accuracy":
      return boundShare(
        report.questions.filter((question) => question.rule === "must_refuse"),
        alpha,
      );
    case "latency_p50_ms":
    case "latency_p95_ms":
    case "latency_p99_ms":
      return boundLatency(report, QUANTILES[metric], target, alpha);
    case "precision_at_k":
    case "recall_at_k":
    case "mrr":
    case "ndcg_at_k": {
      const groups = scoreQuestions(report, metric);
      return groups.length === 0 ? null : boundMean(groups, { least: 0, most: 1 }, alpha);
    }
    case "usd_per_1k": {
      const priced = priceQuestions(report);
      return priced === null ? null : boundMean(priced.groups, { least: 0, most: priced.most }, alpha);
    }
    case "throughput_rps":
      return boundRate(rateRuns(report), alpha);
    default:
      return null;
  }
}

const QUANTILES = { latency_p50_ms: 0.5, latency_p95_ms: 0.95, latency_p99_ms: 0.99 } satisfies Partial<
  Record<RagMetric, number>
>;

function boundShare(questions: RagReport["questions"], alpha: number): Interval | null {
  if (questions.length === 0) return null;
  const correct = questions.filter((question) => question.correct === true).length;
  return {
    low: lowerBound(correct, questions.length, alpha),
    high: upperBound(correct, questions.length, alpha),
  };
}

export function boundLatency(
  report: ServedLoad & Pick<RagReport, "requests">,
  quantile: number,
  targetMs: number,
  alpha: number,
): Interval | null {
  if (report.requests.length === 0) return null;
  const runs = groupByRun(report.requests).map((run) => run.map(latencyFromScheduleMs));
  const overShare = 1 - quantile;
  const judged = judgeOverShare(
    runs.map((run) => run.map((ms) => !(ms < targetMs))),
    overShare,
    alpha,
    leastDependence(report, quantile),
  );
  const sorted = runs.flat().sort((a, b) => a - b);
  const at = (rank: number) => {
    const value = sorted[rank - 1];
    return value === undefined || !Number.isFinite(value) ? null : value;
  };
  const failsAt = leastFailing(judged.effectiveRequests, overShare, alpha);
  return {
    low: failsAt === null ? null : at(sorted.length - Math.floor((failsAt - 1) * judged.dependence)),
    high: judged.allowedOver < 0 ? null : at(sorted.length - judged.allowedOver),
  };
}

/** The fewest over of `n` that show a miss. */
function leastFailing(n: number, overShare: number, alpha: number): number | null {
  let low = 0;
  let high = n + 1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (chanceAtLeast(middle, n, overShare) <= alpha) high = middle;
    else low = middle;
  }
  return high > n ? null : high;
}
