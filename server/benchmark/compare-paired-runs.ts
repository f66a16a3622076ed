import { comparePaired } from "#server/benchmark/compare-paired.ts";
import { boundRatio, type RunComparison } from "#server/benchmark/compare-runs.ts";

/**
 * Runs that had the same arrivals and the same questions, each against its twin: what the schedule does to a figure
 * cancels out. The interval is the one that belongs to the exact signed-rank test (means of all pairs of log ratios,
 * Hodges and Lehmann); `pTwoSided` tries every sign.
 */
export function comparePairedRuns(
  before: readonly number[],
  after: readonly number[],
  alpha = 0.05,
): RunComparison | null {
  if (before.length === 0 || before.length !== after.length) return null;
  if ([...before, ...after].some((value) => !(value > 0) || !Number.isFinite(value))) return null;
  const logs = after.map((value, at) => Math.log(value / (before[at] ?? 1)));
  const means = logs
    .flatMap((one, at) => logs.slice(at).map((other) => Math.exp((one + other) / 2)))
    .sort((a, b) => a - b);
  const zeros = logs.map(() => 0);
  return boundRatio(means, countCut(logs.length, alpha), comparePaired(logs, zeros).p, logs.length);
}

/** How many of the smallest and of the largest pair means lie outside of the interval. */
function countCut(pairs: number, alpha: number): number {
  const ways = countRankSums(pairs);
  const all = 2 ** pairs;
  let cut = 0;
  let below = 0;
  while (cut < ways.length) {
    below += ways[cut] ?? 0;
    if (below / all > alpha) break;
    cut += 1;
  }
  return cut;
}

/** In how many ways some of the ranks 1 to n add up to each sum. */
function countRankSums(n: number): number[] {
  const ways = new Array<number>((n * (n + 1)) / 2 + 1).fill(0);
  ways[0] = 1;
  for (let rank = 1; rank <= n; rank += 1) {
    for (let sum = ways.length - 1; sum >= rank; sum -= 1) {
      ways[sum] = (ways[sum] ?? 0) + (ways[sum - rank] ?? 0);
    }
  }
  return ways;
}
