/**
 * The percentile numpy and most tools print (linear between neighbours, "type 7"). To read their figures beside ours;
 * a verdict uses the nearest rank, which is always a value that was seen: p95 of 1 to 10 is 10 there and 9.55 here.
 */
export function interpolatePercentile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? low;
  return low + (high - low) * (at - Math.floor(at));
}
