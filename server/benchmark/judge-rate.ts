import { boundRate, type RateBounds, type RateRun } from "#server/benchmark/bound-rate.ts";

export type RateJudgement = RateBounds & {
  verdict: "pass" | "fail" | "inconclusive";
  /** Requests per second that the drawn schedule really offered. */
  offered: number;
  /** The load itself did not offer more than the target, so nothing about a limit could show. */
  tooLittleLoad: boolean;
};

export type OfferedRun = RateRun & { requests: number; scheduledSeconds: number };

/**
 * Are more answers a second shown than the target? An open load is served at the rate it arrives, so a rate under the
 * target is the server's fault only where the load offered more. Null where no bound exists.
 */
export function judgeRate(runs: readonly OfferedRun[], target: number, alpha: number): RateJudgement | null {
  const bounds = boundRate(runs, alpha);
  if (bounds === null) return null;
  const scheduled = runs.reduce((sum, run) => sum + run.scheduledSeconds, 0);
  const requests = runs.reduce((sum, run) => sum + run.requests, 0);
  const offered = scheduled > 0 ? requests / scheduled : 0;
  const tooLittleLoad = offered <= target;
  const passes = bounds.low > target;
  const fails = bounds.high < target && !tooLittleLoad;
  return {
    ...bounds,
    verdict: passes ? "pass" : fails ? "fail" : "inconclusive",
    offered,
    tooLittleLoad,
  };
}
