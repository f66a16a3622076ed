import { pickPercentile } from "#server/benchmark/pick-percentile.ts";
import type { RagReport } from "#server/benchmark/rag-schema.ts";
import { type Ranking, rankQuestion } from "#server/benchmark/rank-question.ts";
import type { RequestRecord } from "#server/benchmark/report-schema.ts";
import type { RagMetric } from "#server/scaffold/rag-schema.ts";

export type Recomputed = { value: number | null; outOf: number | null };
export type RecordsOfReport = Pick<RagReport, "config" | "questions" | "requests" | "runSeconds" | "usage">;

/** Every aggregate of a RAG report, from its raw records alone. A metric without a denominator is null, not zero. */
export function recomputeMetrics(report: RecordsOfReport): Record<RagMetric, Recomputed> {
  const judged = report.questions.filter((question) => question.correct !== null);
  const mustRefuse = report.questions.filter((question) => question.rule === "must_refuse");
  const rankings = report.questions
    .map((question) => rankQuestion(question, report.config.retrieval.k))
    .filter((ranking) => ranking !== null);
  const latencies = report.requests.map(latencyFromScheduleMs);
  const answered = report.requests.filter((request) => request.status === "ok").length;
  const seconds = report.runSeconds.reduce((sum, run) => sum + run, 0);

  return {
    answer_accuracy: share(judged.filter((question) => question.correct).length, judged.length),
    refusal_accuracy: share(mustRefuse.filter((question) => question.correct).length, mustRefuse.length),
    precision_at_k: mean(rankings, (ranking) => ranking.precision),
    recall_at_k: mean(rankings, (ranking) => ranking.recall),
    mrr: mean(rankings, (ranking) => ranking.reciprocalRank),
    ndcg_at_k: mean(rankings, (ranking) => ranking.ndcg),
    latency_p50_ms: percentile(latencies, 0.5),
    latency_p95_ms: percentile(latencies, 0.95),
    latency_p99_ms: percentile(latencies, 0.99),
    error_share: share(report.requests.length - answered, report.requests.length),
    throughput_rps: { value: seconds > 0 ? answered / seconds : null, outOf: null },
    usd_per_1k: priceAnswers(report),
  };
}

/**
 * From the scheduled arrival, not from the send: a client that waits for a free connection before it starts its
 * clock hides the queue. No complete answer counts as infinitely late.
 */
export function latencyFromScheduleMs(
  request: Pick<RequestRecord, "status" | "doneMs" | "scheduledMs">,
): number {
  return request.status === "ok" && request.doneMs !== null
    ? request.doneMs - request.scheduledMs
    : Number.POSITIVE_INFINITY;
}

function share(part: number, whole: number): Recomputed {
  return { value: whole > 0 ? part / whole : null, outOf: whole };
}

function mean(rankings: readonly Ranking[], pick: (ranking: Ranking) => number): Recomputed {
  const sum = rankings.reduce((total, ranking) => total + pick(ranking), 0);
  return { value: rankings.length > 0 ? sum / rankings.length : null, outOf: rankings.length };
}

function percentile(latencies: readonly number[], quantile: number): Recomputed {
  const value = pickPercentile(latencies, quantile);
  return { value: value !== null && Number.isFinite(value) ? value : null, outOf: latencies.length };
}

function priceAnswers({ config, usage }: RecordsOfReport): Recomputed {
  const { usdPerMillionTokensIn: priceIn, usdPerMillionTokensOut: priceOut } = config.answer;
  if (priceIn === null || priceOut === null || usage.answers === 0) {
    return { value: null, outOf: usage.answers };
  }
  const usd = (usage.tokensIn * priceIn + usage.tokensOut * priceOut) / 1e6;
  return { value: (usd / usage.answers) * 1000, outOf: usage.answers };
}
