import { judgeLatency } from "#server/benchmark/judge-latency.ts";
import { judgeProportion } from "#server/benchmark/judge-proportion.ts";
import type { Judgement, Samples } from "#server/benchmark/schema.ts";

/** One sample, one judgement, at alpha 0.05: the test behind every verdict, without a report around it. */
export function judgeSamples(samples: Samples): Judgement {
  return samples.kind === "proportion" ? judgeProportion(samples) : judgeLatency(samples);
}
