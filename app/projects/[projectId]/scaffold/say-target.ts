import type { Format } from "#app/_words/format-in.ts";
import type { SayOf } from "#server/messages/say.ts";
import type { Target } from "#server/scaffold/schema.ts";

/** `answer accuracy above 80 %` */
export function sayTarget(target: Target, say: SayOf<"scaffold">, format: Format): string {
  const { metric, comparison, value } = target;
  const isNamed = metric === "answer_accuracy" || metric === "latency_p95_ms";
  return say("target", {
    metric: isNamed ? say(`metric.${metric}`) : metric,
    comparison,
    value: writeValue(metric, value, format),
  });
}

function writeValue(metric: Target["metric"], value: number, format: Format): string {
  if (/_ms$|Ms$/.test(metric)) return format.number(value, { unit: "ms" });
  const isShare = /accuracy|share|_at_k|^mrr$|averagePrecision|recallAtBudget|cardPrecision/.test(metric);
  return isShare ? format.share(value) : format.number(value, { digits: 2 });
}
