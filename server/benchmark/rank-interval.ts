import { chanceAtMost } from "#server/benchmark/sum-binomial.ts";

/** 1-based ranks of the ascending sample, null where no finite bound exists at this size. */
export type RankInterval = { lower: number | null; upper: number | null; coverage: number };

/**
 * Two-sided interval of a quantile by order statistics, alpha / 2 on each side, whatever the distribution is.
 * `coverage` is exact for independent values; without an upper rank it is that of the one-sided interval.
 */
export function rankInterval(n: number, quantile: number, alpha: number): RankInterval {
  const lower = findLast(n, (rank) => chanceAtMost(rank - 1, n, quantile) <= alpha / 2);
  const last = findLast(n, (rank) => chanceAtMost(rank - 1, n, quantile) < 1 - alpha / 2);
  const upper = last === n ? null : last + 1;
  const above = upper === null ? 1 : chanceAtMost(upper - 1, n, quantile);
  const below = lower === 0 ? 0 : chanceAtMost(lower - 1, n, quantile);
  return { lower: lower === 0 ? null : lower, upper, coverage: above - below };
}

/** The largest rank for which `holds` is still true; 0 = none. */
function findLast(n: number, holds: (rank: number) => boolean): number {
  let [low, high] = [0, n + 1];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}
