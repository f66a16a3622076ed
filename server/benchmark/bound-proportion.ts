import { chanceAtLeast, chanceAtMost } from "#server/benchmark/sum-binomial.ts";

/** One-sided exact (Clopper-Pearson) bounds of a share: what the sample leaves possible at `alpha`. */
export function lowerBound(k: number, n: number, alpha: number): number {
  return k <= 0 ? 0 : solve((p) => chanceAtLeast(k, n, p) < alpha);
}

export function upperBound(k: number, n: number, alpha: number): number {
  return k >= n ? 1 : solve((p) => chanceAtMost(k, n, p) > alpha);
}

/** The largest share for which `holds` is still true; 60 halvings are past the last binary digit. */
function solve(holds: (p: number) => boolean): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
