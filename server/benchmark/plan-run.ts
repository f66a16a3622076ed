import { findFalsePass, findPassChance, findRunLength } from "#server/benchmark/find-false-pass.ts";
import { type ProportionPlan, planSample } from "#server/benchmark/plan-sample.ts";
import type { RagReport } from "#server/benchmark/rag-schema.ts";
import { allowOver } from "#server/benchmark/rank-quantile.ts";
import type { Target } from "#server/scaffold/schema.ts";

/** What a run of this size can prove, before it is started. */
export type RunPlan = {
  preset: RagReport["preset"];
  runs: number;
  requests: number;
  /** Seconds of load alone, without setting up and answering the questions once. */
  loadSeconds: number;
  accuracy: ProportionPlan | null;
  /** Of so many requests at most so many over, if they were independent; dependence lowers it. */
  latency: { quantile: number; targetMs: number; allowedOver: number } | null;
  /** How often it passes a system exactly on its target, on a server half and on one 70 % busy. */
  falsePass: { atHalf: number | null; at70Pct: number | null };
  /** How often it passes a system whose true p95 is 0.6 of its target, by how busy the server is. */
  power: LatencyPower[];
};

export type LatencyPower = {
  utilisation: number;
  passChance: number | null;
  /** Seconds of load that pass it four times in five, in the smallest size that was simulated; null = none did. */
  secondsFor80Pct: number | null;
};

/** Ten drained runs of 60 or of 240 requests, as the pilot's own presets. */
const REQUESTS_PER_RUN = { quick: 60, standard: 240 } as const;
const RUNS = 10;
const ALPHA = 0.05;
const UTILISATIONS = [0.1, 0.3, 0.5, 0.7];
const POWER = 0.8;

/** What a preset sets; everything else of the load is as it was handed out. */
export function sizeOfRun(preset: RagReport["preset"]): { runs: number; requests: number } {
  return { runs: RUNS, requests: RUNS * REQUESTS_PER_RUN[preset] };
}

export function planRun(
  preset: RagReport["preset"],
  spec: { arrivalsPerSecond: number; targets: readonly Target[]; judgedQuestions: number },
): RunPlan {
  const { requests } = sizeOfRun(preset);
  const accuracy = spec.targets.find((target) => target.metric === "answer_accuracy");
  const latency = spec.targets.find((target) => target.metric === "latency_p95_ms");
  return {
    preset,
    runs: RUNS,
    requests,
    loadSeconds: requests / spec.arrivalsPerSecond,
    accuracy: accuracy && spec.judgedQuestions > 0 ? planSample(spec.judgedQuestions, accuracy.value) : null,
    latency: latency
      ? { quantile: 0.95, targetMs: latency.value, allowedOver: allowOver(requests, 0.05, ALPHA) }
      : null,
    falsePass: {
      atHalf: findFalsePass(REQUESTS_PER_RUN[preset], 0.5),
      at70Pct: findFalsePass(REQUESTS_PER_RUN[preset], 0.7),
    },
    power: UTILISATIONS.map((utilisation) => {
      const length = findRunLength(utilisation, POWER);
      return {
        utilisation,
        passChance: findPassChance(REQUESTS_PER_RUN[preset], utilisation),
        secondsFor80Pct: length === null ? null : (RUNS * length) / spec.arrivalsPerSecond,
      };
    }),
  };
}
