import { lowerBound, upperBound } from "#server/benchmark/bound-proportion.ts";
import { failingCount, passingCount, questionsForPower } from "#server/benchmark/plan-sample.ts";
import type { Judgement } from "#server/benchmark/schema.ts";
import { chanceAtLeast, chanceAtMost } from "#server/benchmark/sum-binomial.ts";

export type ProportionSample = { correct: number; outOf: number; target: number };

/**
 * Is the true share above the target? One-sided exact test (Clopper-Pearson), strict: a share equal to the target
 * misses it. `bound` is the one-sided lower bound, for a fail the upper one.
 * `needs.questions`: how many more give an 80 % chance to tell, if the observed share is the truth.
 */
export function judgeProportion({ correct, outOf, target }: ProportionSample, alpha = 0.05): Judgement {
  const observed = correct / outOf;
  if (chanceAtLeast(correct, outOf, target) < alpha) {
    const bound = lowerBound(correct, outOf, alpha);
    const reason = `${correct} of ${outOf} right: the true share is above ${percent(bound)} with ${percent(1 - alpha)} confidence, the target is above ${percent(target)}.`;
    return { verdict: "pass", reason, bound, n: outOf, needs: {} };
  }
  if (chanceAtMost(correct, outOf, target) < alpha) {
    const bound = upperBound(correct, outOf, alpha);
    const reason = `${correct} of ${outOf} right: the true share is under ${percent(bound)} with ${percent(1 - alpha)} confidence, the target is above ${percent(target)}.`;
    return { verdict: "fail", reason, bound, n: outOf, needs: {} };
  }
  const total = questionsForPower(target, observed, 0.8, alpha);
  // The saw teeth can let a smaller set reach 80 % for a while; at least one more is needed in any case.
  const more = total === null ? null : Math.max(1, total - outOf);
  const passAt = passingCount(outOf, target, alpha);
  const failAt = failingCount(outOf, target, alpha);
  const reason = [
    `${correct} of ${outOf} right, which shows neither side of ${percent(target)}:`,
    passAt === null ? "no count would have passed," : `${passAt} would have passed,`,
    failAt === null ? "none would have failed." : `${failAt} would have failed.`,
    more === null
      ? "At this share no number of questions would tell."
      : `${more} more questions tell it four times in five, if ${percent(observed)} is the truth.`,
  ].join(" ");
  return {
    verdict: "inconclusive",
    reason,
    bound: lowerBound(correct, outOf, alpha),
    n: outOf,
    needs: more === null ? {} : { questions: more },
  };
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}
