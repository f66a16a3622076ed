import { allowOver } from "#server/benchmark/rank-quantile.ts";
import { chanceAtLeast, chanceAtMost } from "#server/benchmark/sum-binomial.ts";

/** One run of the load, in order of arrival: was the request over? An error is over. */
export type OverSeries = readonly boolean[];

export type OverJudgement = {
  verdict: "pass" | "fail" | "inconclusive";
  requests: number;
  over: number;
  /** By how much requests depend on each other; the sample counts as `requests / dependence`. */
  dependence: number;
  designEffect: number;
  autocorrelationTime: number;
  /** The sample after the correction. */
  effectiveRequests: number;
  effectiveOver: number;
  /** How many of `requests` may be over and still pass, after the correction; -1 = not even none. */
  allowedOver: number;
};

/**
 * Is the share of requests over the limit shown to be under `overShare`? Requests of one run wait for each other, so
 * they are not independent: at 70 % utilisation the plain binomial test passes a system on its limit four times in
 * ten. The counts are therefore divided by D, the largest of the design effect (how much the runs differ), the
 * autocorrelation time (how long being late lasts) and `leastDependence` (what a queue this busy must show, and short
 * runs cannot), before the exact test: over rounded up, requests rounded down.
 */
export function judgeOverShare(
  runs: readonly OverSeries[],
  overShare: number,
  alpha: number,
  leastDependence = 1,
): OverJudgement {
  const requests = runs.reduce((sum, run) => sum + run.length, 0);
  const counts = runs.map((run) => run.filter(Boolean).length);
  const over = counts.reduce((sum, count) => sum + count, 0);
  const designEffect = measureDesignEffect(counts, requests, overShare);
  const autocorrelationTime = measureAutocorrelationTime(runs);
  const dependence = Math.max(designEffect, autocorrelationTime, leastDependence);
  return {
    ...judgeOverCount({ requests, over, dependence }, overShare, alpha),
    designEffect,
    autocorrelationTime,
  };
}

/** The exact test on counts whose dependence is known. */
export function judgeOverCount(
  { requests, over, dependence }: Pick<OverJudgement, "requests" | "over" | "dependence">,
  overShare: number,
  alpha: number,
): Omit<OverJudgement, "designEffect" | "autocorrelationTime"> {
  const effectiveRequests = Math.floor(requests / dependence);
  // Rounding apart (one down, the other up) must not leave more late requests than requests.
  const effectiveOver = Math.min(Math.ceil(over / dependence), effectiveRequests);
  const allowed = allowOver(effectiveRequests, overShare, alpha);
  const passes = chanceAtMost(effectiveOver, effectiveRequests, overShare) <= alpha;
  const fails = chanceAtLeast(effectiveOver, effectiveRequests, overShare) <= alpha;
  return {
    verdict: passes ? "pass" : fails ? "fail" : "inconclusive",
    requests,
    over,
    dependence,
    effectiveRequests,
    effectiveOver,
    allowedOver: allowed < 0 ? -1 : Math.floor(allowed * dependence),
  };
}

/** Variance of the counts between runs against what independent requests would show; never under 1. */
export function measureDesignEffect(counts: readonly number[], requests: number, overShare: number): number {
  if (counts.length < 2) return 1;
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (counts.length - 1);
  const perRun = requests / counts.length;
  return Math.max(1, variance / (perRun * overShare * (1 - overShare)));
}

/**
 * 1 + 2 sum of the autocorrelations of "over", pooled over runs around the mean of all requests. The sum ends at the
 * first correlation that is not positive, and at a quarter of the shortest run, past which it is noise.
 */
export function measureAutocorrelationTime(runs: readonly OverSeries[]): number {
  const requests = runs.reduce((sum, run) => sum + run.length, 0);
  const mean = runs.reduce((sum, run) => sum + run.filter(Boolean).length, 0) / requests;
  const variance = mean * (1 - mean);
  if (variance === 0) return 1;
  const lastLag = Math.floor(Math.min(...runs.map((run) => run.length)) / 4);
  const indexed = runs.map(indexRun);
  let tau = 1;
  for (let lag = 1; lag <= lastLag; lag += 1) {
    const correlation = indexed.reduce((sum, run) => sum + covary(run, lag, mean), 0) / requests / variance;
    if (correlation <= 0) break;
    tau += 2 * correlation;
  }
  return tau;
}

/** Late requests are few: counting their pairs takes a twentieth of the time of multiplying every pair. */
type IndexedRun = { late: Uint8Array; at: number[]; before: Uint32Array };

function indexRun(run: OverSeries): IndexedRun {
  const late = Uint8Array.from(run, Number);
  const before = new Uint32Array(run.length + 1);
  const at: number[] = [];
  late.forEach((value, index) => {
    before[index + 1] = (before[index] ?? 0) + value;
    if (value === 1) at.push(index);
  });
  return { late, at, before };
}

/** Sum over t of (x_t - mean)(x_t+lag - mean), multiplied out so that only late requests are visited. */
function covary({ late, at, before }: IndexedRun, lag: number, mean: number): number {
  const pairs = late.length - lag;
  let both = 0;
  for (const index of at) both += late[index + lag] ?? 0;
  const first = before[pairs] ?? 0;
  const second = at.length - (before[lag] ?? 0);
  return both - mean * (first + second) + pairs * mean * mean;
}
