import { formatNumber, formatShare, NO_BREAK_SPACE } from "#app/_components/format-number.ts";
import type { Needs, Verdict } from "#server/benchmark/schema.ts";
import type { MetricName } from "#server/scaffold/schema.ts";

export const METRIC_WORDS: Record<MetricName, string> = {
  answer_accuracy: "Answer accuracy",
  refusal_accuracy: "Refusals where none is right",
  precision_at_k: "Precision at k",
  recall_at_k: "Recall at k",
  mrr: "Mean reciprocal rank",
  ndcg_at_k: "nDCG at k",
  latency_p50_ms: "p50 latency",
  latency_p95_ms: "p95 latency",
  latency_p99_ms: "p99 latency",
  error_share: "Requests without an answer",
  throughput_rps: "Answers a second",
  usd_per_1k: "Cost of 1\u00a0000 answers",
};

/** A value in the unit that people use for the metric. */
export function sayMetric(metric: MetricName, value: number): string {
  if (metric.startsWith("latency_")) {
    return value < 1000
      ? formatNumber(value, { digits: value < 10 ? 1 : 0, unit: "ms" })
      : formatNumber(value / 1000, { digits: 2, unit: "s" });
  }
  if (metric.endsWith("accuracy")) return formatShare(value, { digits: 1 });
  if (metric === "error_share") return formatShare(value, { digits: 2 });
  if (metric === "usd_per_1k") return formatNumber(value, { digits: 2, unit: "USD" });
  return formatNumber(value, { digits: 2 });
}

export function sayTarget({ target }: Pick<Verdict, "target">): string {
  return `${target.comparison === "lt" ? "<" : ">"}${NO_BREAK_SPACE}${sayMetric(target.metric, target.value)}`;
}

/** The one-sided bound with the side it is on: a fail on a share is shown by its upper bound. */
export function sayBound({ target, verdict, bound }: Pick<Verdict, "target" | "verdict" | "bound">): string {
  if (bound === null) return "none";
  const isUpper = target.comparison === "lt" || verdict === "fail";
  return `${isUpper ? "≤" : "≥"}${NO_BREAK_SPACE}${sayMetric(target.metric, bound)}`;
}

/** Empty where nothing more would tell. */
export function sayNeeds({ runs, requests, questions }: Needs): string {
  const parts = [
    runs && `${formatNumber(runs)} more ${runs === 1 ? "run" : "runs"}`,
    requests && `${formatNumber(requests)} more requests`,
    questions && `${formatNumber(questions)} more questions`,
  ].filter(Boolean);
  return parts.length === 0 ? "" : `Needs ${parts.join(" and ")}.`;
}

/** What the verdicts come to, in one sentence. */
export function leadVerdicts(verdicts: readonly Verdict[]): string {
  const total = verdicts.length;
  if (total === 0) return "No target was set, so nothing is judged.";
  const parts = (["pass", "fail", "inconclusive"] as const).flatMap((outcome) => {
    const count = verdicts.filter((verdict) => verdict.verdict === outcome).length;
    return count > 0 ? [{ count, words: LEAD_WORDS[outcome][count === 1 ? 0 : 1] }] : [];
  });
  const [only] = parts;
  if (parts.length === 1 && only) {
    const all = total === 1 ? "The one target" : total === 2 ? "Both targets" : `All ${total} targets`;
    return `${all} ${only.words}.`;
  }
  const list = parts.map(({ count, words }) => `${count} ${words}`);
  return `Of ${total} targets ${list.slice(0, -1).join(", ")} and ${list.at(-1)}.`;
}

const LEAD_WORDS = {
  pass: ["is shown to be met", "are shown to be met"],
  fail: ["is shown to be missed", "are shown to be missed"],
  inconclusive: ["cannot be told from this sample", "cannot be told from this sample"],
} as const;
