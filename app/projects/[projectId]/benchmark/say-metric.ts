import { NO_BREAK_SPACE } from "#app/_components/format-number.ts";
import type { Format } from "#app/_words/format-in.ts";
import type { Needs, Verdict } from "#server/benchmark/schema.ts";
import type { SayOf } from "#server/messages/say.ts";
import type { MetricName } from "#server/scaffold/schema.ts";

export type BenchmarkWords = { say: SayOf<"benchmark">; format: Format };

/** A value in the unit that people use for the metric. */
export function sayMetric(metric: MetricName, value: number, format: Format): string {
  if (metric.startsWith("latency_") || metric === "p95Ms") {
    return value < 1000
      ? format.number(value, { digits: value < 10 ? 1 : 0, unit: "ms" })
      : format.number(value / 1000, { digits: 2, unit: "s" });
  }
  if (metric.endsWith("RowsPerSecond")) return format.number(value, { digits: 0 });
  if (metric.endsWith("accuracy")) return format.share(value, { digits: 1 });
  if (metric === "error_share") return format.share(value, { digits: 2 });
  if (metric.endsWith("SpeedUp")) return format.number(value, { digits: value < 10 ? 2 : 1, unit: "×" });
  if (metric === "usd_per_1k") return format.number(value, { digits: 2, unit: "USD" });
  return format.number(value, { digits: 2 });
}

export function sayTarget({ target }: Pick<Verdict, "target">, format: Format): string {
  return `${target.comparison === "lt" ? "<" : ">"}${NO_BREAK_SPACE}${sayMetric(target.metric, target.value, format)}`;
}

/** The one-sided bound with the side it is on: a fail on a share is shown by its upper bound. */
export function sayBound(
  { target, verdict, bound }: Pick<Verdict, "target" | "verdict" | "bound">,
  { say, format }: BenchmarkWords,
): string {
  if (bound === null) return say("verdicts.noBound");
  const isUpper = target.comparison === "lt" || verdict === "fail";
  return `${isUpper ? "≤" : "≥"}${NO_BREAK_SPACE}${sayMetric(target.metric, bound, format)}`;
}

/** Empty where nothing more would tell. */
export function sayNeeds({ runs, requests, questions }: Needs, { say, format }: BenchmarkWords): string {
  const parts = [
    runs && say("needs.runs", { count: runs, number: format.number(runs) }),
    requests && say("needs.requests", { number: format.number(requests) }),
    questions && say("needs.questions", { number: format.number(questions) }),
  ].filter((part) => typeof part === "string");
  if (parts.length === 0) return "";
  return say("needs.said", { needs: parts.reduce((first, second) => say("needs.both", { first, second })) });
}

/** What the verdicts come to, in one sentence. */
export function leadVerdicts(verdicts: readonly Verdict[], { say, format }: BenchmarkWords): string {
  const total = verdicts.length;
  if (total === 0) return say("lead.noTarget");
  const parts = (["pass", "fail", "inconclusive"] as const).flatMap((outcome) => {
    const count = verdicts.filter((verdict) => verdict.verdict === outcome).length;
    const number = format.number(count);
    return count > 0 ? [{ count, number, outcome: say(`lead.outcome.${outcome}`, { count }) }] : [];
  });
  const [only] = parts;
  if (parts.length === 1 && only) return say("lead.allTargets", only);
  const said = parts.map((part) => say("lead.counted", part));
  const last = said.pop() ?? "";
  return say("lead.targets", { all: format.number(total), others: said.join(", "), last });
}
