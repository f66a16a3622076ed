import { quantileOfNormal } from "#server/benchmark/quantile-of-normal.ts";

/**
 * Wilson's score bounds of a share, one-sided at `alpha`. Shown beside the exact ones and never judged by: one-sided
 * they pass 821 of 1,000 against 80 %, which the exact test does not.
 */
export function boundWilson(correct: number, outOf: number, alpha: number): { low: number; high: number } {
  const z = quantileOfNormal(1 - alpha);
  const share = correct / outOf;
  const spread = 1 + (z * z) / outOf;
  const centre = (share + (z * z) / (2 * outOf)) / spread;
  const half = (z / spread) * Math.sqrt((share * (1 - share)) / outOf + (z * z) / (4 * outOf * outOf));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
