import { quantileOfStudent } from "#server/benchmark/quantile-of-student.ts";

export type RunBounds = {
  mean: number;
  sd: number;
  standardError: number;
  cv: number;
  low: number;
  high: number;
};

/**
 * Student's interval of the mean over runs, one-sided at `alpha` on each side: of figures that are themselves means of
 * many requests, such as throughput. It is no interval of a quantile. Null under two runs.
 */
export function boundRuns(runs: readonly number[], alpha: number): RunBounds | null {
  if (runs.length < 2) return null;
  const mean = runs.reduce((sum, value) => sum + value, 0) / runs.length;
  const sd = Math.sqrt(runs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (runs.length - 1));
  const standardError = sd / Math.sqrt(runs.length);
  const reach = quantileOfStudent(1 - alpha, runs.length - 1) * standardError;
  return { mean, sd, standardError, cv: sd / mean, low: mean - reach, high: mean + reach };
}
