import { quantileOfNormal } from "#server/benchmark/quantile-of-normal.ts";
import { chanceAtLeast, chanceAtMost } from "#server/benchmark/sum-binomial.ts";

export type ProportionPlan = {
  questions: number;
  target: number;
  /** So many right and the target is shown; null = even all right would not do. */
  passAt: number | null;
  /** So many right or fewer and the miss is shown; null = even none right would not do. */
  failAt: number | null;
  /** Under the truth in the first column, how often a sample of this size passes. */
  power: { truth: number; passChance: number; neededFor80Pct: number | null }[];
};

/** What a sample of this size can prove about "more than `target`", before anything is run. */
export function planSample(
  questions: number,
  target: number,
  truths: readonly number[] = [0.85, 0.88, 0.9, 0.95],
  alpha = 0.05,
): ProportionPlan {
  const passAt = passingCount(questions, target, alpha);
  return {
    questions,
    target,
    passAt,
    failAt: failingCount(questions, target, alpha),
    power: truths
      .filter((truth) => truth > target)
      .map((truth) => ({
        truth,
        passChance: passAt === null ? 0 : chanceAtLeast(passAt, questions, truth),
        neededFor80Pct: questionsForPower(target, truth, 0.8, alpha),
      })),
  };
}

/** The fewest right answers of `n` that show a share strictly above the target. */
export function passingCount(n: number, target: number, alpha: number): number | null {
  let low = -1;
  let high = n + 1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (chanceAtLeast(middle, n, target) < alpha) high = middle;
    else low = middle;
  }
  return high > n ? null : high;
}

/** The most right answers of `n` that show a share strictly below the target. */
export function failingCount(n: number, target: number, alpha: number): number | null {
  let low = -1;
  let high = n + 1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (chanceAtMost(middle, n, target) < alpha) low = middle;
    else high = middle;
  }
  return low < 0 ? null : low;
}

/**
 * The smallest sample from which the chance to show `truth` apart from `target` stays at `power`: 26 sizes in a row,
 * because the exact test's power runs in saw teeth. Works both ways: truth above the target is a pass, below a fail.
 * Null when they are equal, or so near that a million would not do.
 */
export function questionsForPower(target: number, truth: number, power = 0.8, alpha = 0.05): number | null {
  if (truth === target) return null;
  const [p0, p1] = truth > target ? [target, truth] : [1 - target, 1 - truth];
  const near = approximateQuestions(p0, p1, power, alpha);
  if (near > 1e6) return null;
  // Past this the saw teeth are under a tenth of a percent and the search would take seconds.
  if (near > 20_000) return Math.ceil(near);
  let streak = 0;
  // The approximation is too small, and by little where it is large; only small samples are searched from far below.
  const start = Math.max(1, Math.floor(near * (near < 500 ? 0.6 : 0.9)) - 40);
  let needed = passingCount(start, p0, alpha) ?? start + 1;
  for (let n = start; n < near * 3 + 500; n += 1) {
    // One more question moves the count that passes by none or one.
    if (n > start && !(chanceAtLeast(needed, n, p0) < alpha)) needed += 1;
    streak = needed <= n && chanceAtLeast(needed, n, p1) >= power ? streak + 1 : 0;
    if (streak === 26) return n - 25;
  }
  return null;
}

/** The normal approximation, to start the search for the exact size; alone it is too small by a tenth. */
export function approximateQuestions(p0: number, p1: number, power: number, alpha: number): number {
  const top =
    quantileOfNormal(1 - alpha) * Math.sqrt(p0 * (1 - p0)) +
    quantileOfNormal(power) * Math.sqrt(p1 * (1 - p1));
  return (top / (p1 - p0)) ** 2;
}
