import { formatNumber, formatShare } from "#app/_components/format-number.ts";
import type { Target } from "#server/scaffold/schema.ts";

const NAMES: Partial<Record<Target["metric"], string>> = {
  answer_accuracy: "answer accuracy",
  latency_p95_ms: "latency p95",
};

/** `answer accuracy above 80 %` */
export function sayTarget({ metric, comparison, value }: Target): string {
  const isTime = metric.endsWith("_ms");
  const said = isTime ? formatNumber(value, { unit: "ms" }) : formatShare(value);
  return `${NAMES[metric] ?? metric} ${comparison === "gt" ? "above" : "under"} ${said}`;
}
