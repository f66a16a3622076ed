/** What is declared before the first question; after it nothing of it may change. */
export type SprtPlan = { p0: number; p1: number; alpha: number; beta: number };

export type SprtWalk = {
  decision: "accept_p1" | "accept_p0" | "continue";
  /** How many answers were used; null while neither bound is crossed. */
  stoppedAt: number | null;
  logLikelihoodRatio: number;
  upper: number;
  lower: number;
};

/**
 * Wald's sequential test of a share: the one way to look at a sample while it grows and still hold alpha. Looking again
 * and again at a test of fixed size does not.
 */
export function walkSprt(answers: Iterable<boolean>, { p0, p1, alpha, beta }: SprtPlan): SprtWalk {
  const upper = Math.log((1 - beta) / alpha);
  const lower = Math.log(beta / (1 - alpha));
  const forRight = Math.log(p1 / p0);
  const forWrong = Math.log((1 - p1) / (1 - p0));
  let logLikelihoodRatio = 0;
  let used = 0;
  for (const right of answers) {
    logLikelihoodRatio += right ? forRight : forWrong;
    used += 1;
    if (logLikelihoodRatio >= upper)
      return { decision: "accept_p1", stoppedAt: used, logLikelihoodRatio, upper, lower };
    if (logLikelihoodRatio <= lower)
      return { decision: "accept_p0", stoppedAt: used, logLikelihoodRatio, upper, lower };
  }
  return { decision: "continue", stoppedAt: null, logLikelihoodRatio, upper, lower };
}

/** Wald's approximation of how many questions it takes on average when the true share is p0 or p1. */
export function expectSprt({ p0, p1, alpha, beta }: SprtPlan): { atP0: number; atP1: number } {
  const upper = Math.log((1 - beta) / alpha);
  const lower = Math.log(beta / (1 - alpha));
  const drift = (p: number) => p * Math.log(p1 / p0) + (1 - p) * Math.log((1 - p1) / (1 - p0));
  return {
    atP0: (alpha * upper + (1 - alpha) * lower) / drift(p0),
    atP1: ((1 - beta) * upper + beta * lower) / drift(p1),
  };
}
