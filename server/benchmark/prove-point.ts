import { type ProportionPlan, planSample } from "#server/benchmark/plan-sample.ts";
import { allowOver } from "#server/benchmark/rank-quantile.ts";
import type { Target } from "#server/scaffold/schema.ts";

/** What one point of a sweep can prove at its share of the error level, before anything is run. */
export type PointProof = {
  alpha: number;
  requests: number;
  accuracy: ProportionPlan | null;
  /** Of the requests at most so many over, if they were independent; null without a target, -1 = even none is too few. */
  latency: { targetMs: number; allowedOver: number } | null;
};

/** All points together may be wrong once in `1 / alpha`: each has its part, so a point proves less than a run alone. */
export function provePoint(
  targets: readonly Target[],
  { questions, requests, alpha }: { questions: number; requests: number; alpha: number },
): PointProof {
  const accuracy = targets.find(({ metric }) => metric === "answer_accuracy");
  const latency = targets.find(({ metric }) => metric === "latency_p95_ms");
  return {
    alpha,
    requests,
    accuracy: accuracy && questions > 0 ? planSample(questions, accuracy.value, undefined, alpha) : null,
    latency: latency ? { targetMs: latency.value, allowedOver: allowOver(requests, 0.05, alpha) } : null,
  };
}
