import { drawSeeded } from "#server/benchmark/draw-seeded.ts";

export type PairedComparison = {
  meanDifference: number;
  /** Two-sided. */
  p: number;
  /** Every sign was tried; else `p` comes from a seeded draw of signs. */
  exact: boolean;
  pairs: number;
};

/** 2^20 sign patterns take a few milliseconds; past it they are drawn. */
const MOST_EXACT_PAIRS = 20;
const DRAWS = 20_000;

/**
 * Paired randomisation test: did the same questions score differently under two systems? If not, each difference could
 * as well have had the other sign. p is the share of sign patterns whose sum is at least as far from 0 as the seen one
 * (drawn: (1 + hits) / (1 + draws), so that it is never 0).
 */
export function comparePaired(a: readonly number[], b: readonly number[], seed = 1): PairedComparison {
  const differences = a.map((value, at) => value - (b[at] ?? Number.NaN));
  const sum = differences.reduce((total, difference) => total + difference, 0);
  // Sums of the same numbers in another order differ in the last digits and must still count as equal.
  const seen = Math.abs(sum) - 1e-9 * differences.reduce((total, value) => total + Math.abs(value), 0);
  const pairs = differences.length;
  const exact = pairs <= MOST_EXACT_PAIRS;
  const p = exact ? tryAllSigns(differences, seen) : drawSigns(differences, seen, seed);
  return { meanDifference: pairs === 0 ? 0 : sum / pairs, p, exact, pairs };
}

/** Gray code: each pattern differs from the one before in one sign. */
function tryAllSigns(differences: readonly number[], seen: number): number {
  const patterns = 2 ** differences.length;
  const signs = differences.map(() => 1);
  let sum = differences.reduce((total, difference) => total + difference, 0);
  let hits = Math.abs(sum) >= seen ? 1 : 0;
  for (let pattern = 1; pattern < patterns; pattern += 1) {
    const at = 31 - Math.clz32(pattern & -pattern);
    const sign = -(signs[at] ?? 1);
    signs[at] = sign;
    sum += 2 * sign * (differences[at] ?? 0);
    if (Math.abs(sum) >= seen) hits += 1;
  }
  return hits / patterns;
}

function drawSigns(differences: readonly number[], seen: number, seed: number): number {
  const draw = drawSeeded(seed);
  let hits = 0;
  for (let round = 0; round < DRAWS; round += 1) {
    let sum = 0;
    let bits = 0;
    differences.forEach((difference, at) => {
      if (at % 32 === 0) bits = draw();
      sum += (bits >>> (at % 32)) & 1 ? difference : -difference;
    });
    if (Math.abs(sum) >= seen) hits += 1;
  }
  return (1 + hits) / (1 + DRAWS);
}
