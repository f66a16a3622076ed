import { chanceMeanAtMost, type ScoreGroup } from "#server/benchmark/chance-of-mean.ts";

/** What a score can be at worst and at best; a score outside of it would make the bound a guess. */
export type ScoreRange = { least: number; most: number };

/**
 * One-sided bounds of the true mean score, each at `alpha`: the lower one as if the next group had the least score
 * possible, the upper one as if it had the most. Over single questions with scores of 0 and 1 these are the exact
 * (Clopper-Pearson) bounds.
 */
export function boundMean(
  groups: readonly ScoreGroup[],
  { least, most }: ScoreRange,
  alpha: number,
): { low: number; high: number } {
  if (groups.length === 0) return { low: least, high: most };
  return {
    low: solve(least, most, (mean) => chanceMeanAtMost(groups, mean, least) - alpha),
    high: solve(least, most, (mean) => chanceMeanAtMost(groups, mean, most) - (1 - alpha)),
  };
}

/**
 * Where a rising function crosses zero, to ten digits: false position with the Illinois step and a halving now and then.
 * It takes a dozen calls where halving alone takes forty, and each call visits every group.
 */
function solve(least: number, most: number, rising: (at: number) => number): number {
  let [low, high] = [least, most];
  let [below, above] = [rising(low), rising(high)];
  if (below >= 0) return low;
  if (above <= 0) return high;
  let side = 0;
  for (let step = 0; step < 60 && high - low > 1e-11 * (most - least); step += 1) {
    const at = step < 2 || step % 5 === 4 ? (low + high) / 2 : (low * above - high * below) / (above - below);
    const value = rising(at);
    if (Math.abs(value) < 1e-12) return at;
    if (value < 0) {
      [low, below] = [at, value];
      if (side === -1) above /= 2;
      side = -1;
    } else {
      [high, above] = [at, value];
      if (side === 1) below /= 2;
      side = 1;
    }
  }
  return (low + high) / 2;
}
