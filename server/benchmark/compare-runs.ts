import { chanceOfU, compareRanks } from "#server/benchmark/compare-ranks.ts";

export type RunComparison = {
  /** Of all pairs of a run after and a run before, the median ratio; above 1 = larger after. */
  ratio: number;
  /** 90 % two-sided: each end is a one-sided 95 % bound. Null where so few runs have none. */
  low: number | null;
  high: number | null;
  pTwoSided: number;
  change: "larger" | "smaller" | "none" | "untold";
};

/** Three against three can show nothing: their smallest two-sided p is 0.1. */
export const LEAST_RUNS_TO_COMPARE = 5;
/** Smaller changes are real at times and matter to nobody. */
export const PRACTICAL_CHANGE = 0.05;

/**
 * Did a figure of the runs (their p95, their throughput) change? The interval is the one that belongs to the exact rank
 * test (Hodges and Lehmann, on ratios), because a bootstrap of five medians is too narrow. "larger" or "smaller" when
 * the whole interval lies beyond 5 % of 1, "none" when it lies within, else "untold".
 * Runs are to be measured in turn, before and after interleaved: a machine that warms up would else look like a change.
 */
export function compareRuns(
  before: readonly number[],
  after: readonly number[],
  alpha = 0.05,
): RunComparison | null {
  if (before.length === 0 || after.length === 0 || before.some((value) => !(value > 0))) return null;
  const ratios = before.flatMap((one) => after.map((other) => other / one)).sort((a, b) => a - b);
  const cut = countCut(before.length, after.length, alpha);
  const { pTwoSided } = compareRanks(before, after);
  return boundRatio(ratios, cut, pTwoSided, Math.min(before.length, after.length));
}

/** Sorted ratios of pairs -> their middle, and the interval that leaves `cut` of them out at either end. */
export function boundRatio(
  ratios: readonly number[],
  cut: number,
  pTwoSided: number,
  runs: number,
): RunComparison {
  const low = cut === 0 ? null : (ratios[cut - 1] ?? null);
  const high = cut === 0 ? null : (ratios[ratios.length - cut] ?? null);
  const middle = [ratios[Math.ceil(ratios.length / 2) - 1] ?? 0, ratios[Math.floor(ratios.length / 2)] ?? 0];
  const change = runs < LEAST_RUNS_TO_COMPARE ? "untold" : nameChange(low, high);
  return { ratio: ((middle[0] ?? 0) + (middle[1] ?? 0)) / 2, low, high, pTwoSided, change };
}

/** How many of the smallest and of the largest ratios lie outside of the interval. */
function countCut(before: number, after: number, alpha: number): number {
  let cut = 0;
  while (chanceOfU(cut, before, after) <= alpha) cut += 1;
  return cut;
}

function nameChange(low: number | null, high: number | null): RunComparison["change"] {
  if (low === null || high === null) return "untold";
  if (low > 1 + PRACTICAL_CHANGE) return "larger";
  if (high < 1 - PRACTICAL_CHANGE) return "smaller";
  return low >= 1 - PRACTICAL_CHANGE && high <= 1 + PRACTICAL_CHANGE ? "none" : "untold";
}
