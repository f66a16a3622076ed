import type { Job, SweepPoint } from "#server/benchmark/job-schema.ts";
import { SWEEP_REQUESTS_PER_RUN, SWEEP_RUNS } from "#server/benchmark/plan-sweep.ts";

/** What a point takes beside its load: unpacking, reading the documents, asking every question once. 2 cores, 2026-11-21. */
export const SETUP_SECONDS = 8;

export type SweepPace = {
  of: number;
  done: number;
  failed: number;
  cancelled: number;
  /** Counted from 0; null when none runs or waits. */
  current: number | null;
  /** Of the points that run or wait; null when there are none. */
  expectedRestMs: number | null;
};

export function loadSecondsOf({ arrivalsPerSecond }: SweepPoint): number {
  return (SWEEP_RUNS * SWEEP_REQUESTS_PER_RUN) / arrivalsPerSecond;
}

/** Where a sweep stands. What a point needs beside its load is learned from the points that ended. */
export function paceSweep(jobs: readonly Job[], now: Date): SweepPace {
  const count = (...states: Job["state"][]) => jobs.filter(({ state }) => states.includes(state)).length;
  const open = jobs.filter(({ state }) => state === "running" || state === "queued");
  const setup = meanSetupSeconds(jobs) ?? SETUP_SECONDS;
  const restMs = open.map((job) => {
    const wholeMs = (setup + loadOf(job)) * 1000;
    const ranMs = job.state === "running" && job.startedAt ? now.getTime() - Date.parse(job.startedAt) : 0;
    return Math.max(0, wholeMs - ranMs);
  });
  const current = open.find(({ state }) => state === "running") ?? open[0];
  return {
    of: jobs.length,
    done: count("succeeded"),
    failed: count("failed"),
    cancelled: count("cancelled"),
    current: current?.spec.sweep?.index ?? null,
    expectedRestMs: open.length === 0 ? null : restMs.reduce((sum, one) => sum + one, 0),
  };
}

function meanSetupSeconds(jobs: readonly Job[]): number | null {
  const beside = jobs.flatMap((job) => {
    const { state, startedAt, finishedAt } = job;
    if (state !== "succeeded" || startedAt === null || finishedAt === null) return [];
    return [Math.max(0, (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000 - loadOf(job))];
  });
  return beside.length === 0 ? null : beside.reduce((sum, one) => sum + one, 0) / beside.length;
}

function loadOf({ spec }: Job): number {
  return spec.sweep === undefined ? 0 : loadSecondsOf(spec.sweep.point);
}
