import type { SweepPoint } from "./job-schema.ts";

/** What a sweep varies; an empty list keeps the configured value. */
export type SweepAxes = {
  arrivalsPerSecond: readonly number[];
  k: readonly number[];
  modes: readonly SweepPoint["mode"][];
};

export type SweepPlan = {
  points: SweepPoint[];
  runs: number;
  requestsPerRun: number;
  loadSeconds: number;
  /** Every point is judged at this level, so that all of them together are wrong at most at the level asked for. */
  alphaPerPoint: number;
};

/** Ten drained runs a point, like every preset: fewer cannot show independence. */
export const SWEEP_RUNS = 10;
export const SWEEP_REQUESTS_PER_RUN = 60;
/** More would take hours and split the level so far that no point of this size could pass. */
export const MOST_SWEEP_POINTS = 60;

/**
 * Every combination, the options outside and the arrival rate inside and rising, so that one curve is measured in one
 * go and a sweep that is stopped has whole curves. Null when there are more points than a sweep may have.
 */
export function planSweep(axes: SweepAxes, configured: SweepPoint, alpha = 0.05): SweepPlan | null {
  const rates = pick(axes.arrivalsPerSecond, configured.arrivalsPerSecond).toSorted((a, b) => a - b);
  const points = pick(axes.modes, configured.mode).flatMap((mode) =>
    pick(axes.k, configured.k)
      .toSorted((a, b) => a - b)
      .flatMap((k) => rates.map((arrivalsPerSecond) => ({ arrivalsPerSecond, k, mode }))),
  );
  if (points.length > MOST_SWEEP_POINTS) return null;
  const requests = SWEEP_RUNS * SWEEP_REQUESTS_PER_RUN;
  return {
    points,
    runs: SWEEP_RUNS,
    requestsPerRun: SWEEP_REQUESTS_PER_RUN,
    loadSeconds: points.reduce((sum, point) => sum + requests / point.arrivalsPerSecond, 0),
    alphaPerPoint: alpha / points.length,
  };
}

/** Rates that rise by the same factor up to `share` of what one server can do at most: 1000 ms / mean server ms. */
export function suggestRates(meanServerMs: number, count = 6, share = 0.9): number[] {
  const most = (1000 / meanServerMs) * share;
  const least = most / 10;
  const round = (rate: number) => Number(rate.toPrecision(2));
  const rates = Array.from({ length: count }, (_, at) => round(least * (most / least) ** (at / (count - 1))));
  return [...new Set(rates)];
}

function pick<Value>(listed: readonly Value[], configured: Value): Value[] {
  return listed.length === 0 ? [configured] : [...new Set(listed)];
}
