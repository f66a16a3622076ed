import { chanceAtMost } from "#server/benchmark/sum-binomial.ts";

/**
 * How many of `n` independent requests may be over when the share over is to be shown under `overShare`:
 * the largest K with P(Bin(n, overShare) <= K) <= alpha. -1 = even none is too few to show it.
 */
export function allowOver(n: number, overShare: number, alpha: number): number {
  let low = -1;
  let high = n;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (chanceAtMost(middle, n, overShare) <= alpha) low = middle;
    else high = middle;
  }
  return low;
}

/** One-sided upper bound of a quantile as the 1-based rank of the ascending sample; null when none exists. */
export function upperRank(n: number, quantile: number, alpha: number): number | null {
  const allowed = allowOver(n, 1 - quantile, alpha);
  return allowed < 0 ? null : n - allowed;
}

/** One-sided lower bound: the largest rank whose value is under the quantile with confidence 1 - alpha. */
export function lowerRank(n: number, quantile: number, alpha: number): number | null {
  let low = 0;
  let high = n + 1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (chanceAtMost(middle - 1, n, quantile) <= alpha) low = middle;
    else high = middle;
  }
  return low === 0 ? null : low;
}
