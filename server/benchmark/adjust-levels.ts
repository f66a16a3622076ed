/**
 * Holm's step-down adjustment: p-values that may each be compared with the one level of the whole family. Never weaker
 * than Bonferroni. In the order they came in.
 */
export function adjustHolm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, at) => at).sort((a, b) => (pValues[a] ?? 0) - (pValues[b] ?? 0));
  const adjusted = new Array<number>(pValues.length).fill(1);
  let highest = 0;
  order.forEach((at, rank) => {
    highest = Math.max(highest, Math.min(1, (pValues[at] ?? 1) * (pValues.length - rank)));
    adjusted[at] = highest;
  });
  return adjusted;
}

/** The level of each of `tests` when any single rejection counts. Gates that must all pass keep `alpha` each. */
export function splitAlpha(alpha: number, tests: number): number {
  return alpha / Math.max(1, tests);
}
