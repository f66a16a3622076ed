/**
 * Nearest rank: the smallest value with at least `share` of the sample at or under it. No interpolation, so the
 * result is always a value that was seen (numpy's default would answer 9.55 for the p95 of 1 to 10; this answers 10).
 * Infinity stands for a request without an answer.
 */
export function pickPercentile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  // 0.07 * 100 is 7.000000000000001 in binary; without the margin the rank would be 8.
  const rank = Math.max(1, Math.ceil(share * sorted.length - 1e-9));
  return sorted[Math.min(rank, sorted.length) - 1] ?? null;
}
