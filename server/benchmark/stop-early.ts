import { chanceAtMost } from "#server/benchmark/sum-binomial.ts";

/** `confidence` 0.99 and `tolerance` 0 are what MLPerf LoadGen uses. */
export type EarlyStopping = { quantile: number; confidence: number; tolerance: number };

/**
 * MLPerf's early stopping for a latency percentile, for comparison with published results. It takes requests for
 * independent, so it is no verdict of ours: at 70 % utilisation it is wrong four times in ten.
 * @returns the fewest requests under the limit that allow `over` requests over it
 */
export function countUnderNeeded(over: number, { quantile, confidence, tolerance }: EarlyStopping): number {
  const overShare = 1 - (quantile - tolerance);
  const enough = (under: number) => chanceAtMost(over, under + over, overShare) < 1 - confidence;
  let high = 1;
  while (!enough(high)) high *= 2;
  let low = 0;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Below this many requests MLPerf prints no estimate. */
export function countLeastRequests(rule: EarlyStopping): number {
  return countUnderNeeded(1, rule) + 1;
}

/** Which of `n` sorted latencies stands for the percentile: the t-th highest. Null under the floor. */
export function pickEarlyRank(n: number, rule: EarlyStopping): { over: number; rank: number } | null {
  if (n < countLeastRequests(rule)) return null;
  let low = 1;
  let high = n;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (n >= countUnderNeeded(middle, rule) + middle) low = middle;
    else high = middle;
  }
  return { over: low, rank: n - low + 1 };
}
