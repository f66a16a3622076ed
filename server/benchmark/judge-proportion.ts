import { lowerBound, upperBound } from "#server/benchmark/bound-proportion.ts";
import { failingCount, passingCount, questionsForPower } from "#server/benchmark/plan-sample.ts";
import type { Judgement } from "#server/benchmark/schema.ts";
import { chanceAtLeast, chanceAtMost } from "#server/benchmark/sum-binomial.ts";
import { sayRoom } from "#server/messages/say.ts";

const say = sayRoom("benchmark");

export type ProportionSample = { correct: number; outOf: number; target: number };

/**
 * Is the true share above the target? One-sided exact test (Clopper-Pearson), strict: a share equal to the target
 * misses it. `bound` is the one-sided lower bound, for a fail the upper one.
 * `needs.questions`: how many more give an 80 % chance to tell, if the observed share is the truth.
 */
export function judgeProportion({ correct, outOf, target }: ProportionSample, alpha = 0.05): Judgement {
  const observed = correct / outOf;
  const counts = { correct: String(correct), outOf: String(outOf), target: percent(target) };
  const confidence = percent(1 - alpha);
  if (chanceAtLeast(correct, outOf, target) < alpha) {
    const bound = lowerBound(correct, outOf, alpha);
    const reason = say("reason.shareAbove", { ...counts, bound: percent(bound), confidence });
    return { verdict: "pass", reason, bound, n: outOf, needs: {} };
  }
  if (chanceAtMost(correct, outOf, target) < alpha) {
    const bound = upperBound(correct, outOf, alpha);
    const reason = say("reason.shareUnder", { ...counts, bound: percent(bound), confidence });
    return { verdict: "fail", reason, bound, n: outOf, needs: {} };
  }
  const total = questionsForPower(target, observed, 0.8, alpha);
  // The saw teeth can let a smaller set reach 80 % for a while; at least one more is needed in any case.
  const more = total === null ? null : Math.max(1, total - outOf);
  const passAt = passingCount(outOf, target, alpha);
  const failAt = failingCount(outOf, target, alpha);
  const reason = say("reason.shareOpen", {
    ...counts,
    passes: passAt === null ? say("reason.nonePasses") : say("reason.passes", { at: String(passAt) }),
    fails: failAt === null ? say("reason.noneFails") : say("reason.fails", { at: String(failAt) }),
    needed:
      more === null
        ? say("reason.noneTells")
        : say("reason.tells", { more: String(more), observed: percent(observed) }),
  });
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
