import * as z from "zod";
import { lowerBound, upperBound } from "#server/benchmark/bound-proportion.ts";
import { findScheduleMiss } from "#server/benchmark/find-schedule-miss.ts";
import { type CountedEnergy, measureEnergy } from "#server/benchmark/measure-energy.ts";
import { measureGoodput } from "#server/benchmark/measure-goodput.ts";
import { measureServed } from "#server/benchmark/measure-served.ts";
import { RagReport } from "#server/benchmark/rag-schema.ts";
import { latencyFromScheduleMs } from "#server/benchmark/recompute-metrics.ts";
import { RequestRecord } from "#server/benchmark/report-schema.ts";
import { RagPilotConfig } from "#server/scaffold/rag-schema.ts";

/** What is read of a stored report here: its figures were recomputed before it was stored, so they are taken as said. */
export const PointSource = z.object({
  config: z.object({
    targets: RagPilotConfig.shape.targets,
    workload: RagPilotConfig.shape.workload,
    retrieval: RagPilotConfig.shape.retrieval.pick({ mode: true, k: true }).strip(),
  }),
  metrics: RagReport.shape.metrics,
  runSeconds: RagReport.shape.runSeconds,
  energy: RagReport.shape.energy,
  requests: z.array(
    RequestRecord.pick({
      run: true,
      index: true,
      scheduledMs: true,
      sentMs: true,
      doneMs: true,
      status: true,
    }).strip(),
  ),
});
export type PointSource = z.infer<typeof PointSource>;

/** One run as a dot in a figure over several. Unknown is null. */
export type RunPoint = {
  arrivalsPerSecond: number;
  throughputRps: number | null;
  /** 1 where no queue grew under the load; null without records. */
  servedShare: number | null;
  p95Ms: number | null;
  /** Why the load was not the one that was planned, in words: its times are then no evidence of anything. */
  scheduleMiss: string | null;
  /** Answers under the latency target per second, and which share of all requests that was. */
  goodput: { targetMs: number; rps: number; attainment: number } | null;
  /** With both one-sided exact bounds at alpha 0.05. */
  accuracy: { value: number; low: number; high: number; outOf: number } | null;
  usdPer1k: number | null;
  energy: CountedEnergy | null;
  mode: string;
  k: number;
};

const ALPHA = 0.05;

export function measurePoint({ config, metrics, runSeconds, requests, energy }: PointSource): RunPoint {
  const find = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? null;
  const goodput = findGoodput({ config, runSeconds, requests });
  return {
    arrivalsPerSecond: config.workload.arrivalsPerSecond,
    throughputRps: find("throughput_rps"),
    servedShare: measureServed(requests, runSeconds),
    p95Ms: find("latency_p95_ms"),
    scheduleMiss: goodput === null ? null : findScheduleMiss(requests, goodput.targetMs),
    goodput,
    accuracy: boundAccuracy(metrics),
    usdPer1k: find("usd_per_1k"),
    energy: measureEnergy(energy),
    mode: config.retrieval.mode,
    k: config.retrieval.k,
  };
}

function findGoodput({
  config,
  runSeconds,
  requests,
}: Omit<PointSource, "metrics" | "energy">): RunPoint["goodput"] {
  const target = config.targets.find(({ metric }) => metric.startsWith("latency_p95"));
  if (target === undefined) return null;
  const seconds = runSeconds.reduce((sum, run) => sum + run, 0);
  const measured = measureGoodput(
    requests.map((request) => {
      const ms = latencyFromScheduleMs(request);
      return Number.isFinite(ms) ? ms : null;
    }),
    target.value,
    seconds,
  );
  return measured && { targetMs: target.value, rps: measured.goodputRps, attainment: measured.attainment };
}

function boundAccuracy(metrics: RagReport["metrics"]): RunPoint["accuracy"] {
  const metric = metrics.find(({ name }) => name === "answer_accuracy");
  if (metric?.value == null || !metric.outOf) return null;
  const { value, outOf } = metric;
  const correct = Math.round(value * outOf);
  return {
    value,
    outOf,
    low: lowerBound(correct, outOf, ALPHA),
    high: upperBound(correct, outOf, ALPHA),
  };
}
