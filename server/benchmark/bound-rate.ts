import { quantileOfStudent } from "#server/benchmark/quantile-of-student.ts";

/** One drained run: how many were answered, and the seconds until the last answer was in. */
export type RateRun = { answered: number; seconds: number };

export type RateBounds = { rate: number; low: number; high: number };

/**
 * One-sided bounds of answers per second over runs, as the ratio of two sums (Fieller 1954): a mean of the runs' own
 * rates is too high, because short runs count as much as long ones. Runs are drained, so they are independent.
 * Null under two runs, or when the runs' lengths differ so much that no bound exists.
 */
export function boundRate(runs: readonly RateRun[], alpha: number): RateBounds | null {
  const count = runs.length;
  if (count < 2) return null;
  const answered = runs.reduce((sum, run) => sum + run.answered, 0) / count;
  const seconds = runs.reduce((sum, run) => sum + run.seconds, 0) / count;
  if (!(seconds > 0)) return null;
  const t = quantileOfStudent(1 - alpha, count - 1);
  const scale = (t * t) / count / (count - 1);
  const over = (pick: (run: RateRun) => number) => scale * runs.reduce((sum, run) => sum + pick(run), 0);
  const varAnswered = over((run) => (run.answered - answered) ** 2);
  const varSeconds = over((run) => (run.seconds - seconds) ** 2);
  const together = over((run) => (run.answered - answered) * (run.seconds - seconds));
  const square = seconds * seconds - varSeconds;
  if (square <= 0) return null;
  const middle = (answered * seconds - together) / square;
  const inner = middle * middle - (answered * answered - varAnswered) / square;
  const half = Math.sqrt(Math.max(0, inner));
  return { rate: answered / seconds, low: Math.max(0, middle - half), high: middle + half };
}
