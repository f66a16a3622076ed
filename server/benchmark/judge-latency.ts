import { judgeOverShare, type OverJudgement } from "#server/benchmark/judge-over-share.ts";
import { questionsForPower } from "#server/benchmark/plan-sample.ts";
import type { Judgement, Needs } from "#server/benchmark/schema.ts";
import { sayRoom } from "#server/messages/say.ts";

const say = sayRoom("benchmark");

/** Under ten runs nothing can show that runs agree with each other, however many requests each of them has. */
export const LEAST_RUNS = 10;

export type LatencySample = {
  quantile: number;
  targetMs: number;
  /** Latency from the scheduled arrival, one list a run in order of arrival; null = no complete answer. */
  runs: readonly (readonly (number | null)[])[];
  /** What a queue as busy as this one must show; 1 = unknown, only what the runs show counts. */
  leastDependence?: number;
};

/**
 * Is the quantile under the target? A request is over when it took the target or longer, or failed. `bound` is the
 * one-sided upper bound of the quantile in ms, at the rank that the dependence between requests leaves; a pass is
 * exactly "bound under target". Null where the sample is too small or the rank falls on an error.
 */
export function judgeLatency(
  { quantile, targetMs, runs, leastDependence = 1 }: LatencySample,
  alpha = 0.05,
): Judgement {
  const overShare = 1 - quantile;
  const judged = judgeOverShare(
    runs.map((run) => run.map((ms) => ms === null || !(ms < targetMs))),
    overShare,
    alpha,
    leastDependence,
  );
  const bound = boundQuantile(runs, judged.allowedOver);
  const counts = describeOver(judged, runs.length, targetMs);
  if (runs.length < LEAST_RUNS) return { ...tooFewRuns(runs.length, counts), bound, n: judged.requests };
  return {
    verdict: judged.verdict,
    reason: judged.verdict === "inconclusive" ? say("reason.neitherSide", { counts }) : counts,
    bound,
    n: judged.requests,
    needs: judged.verdict === "inconclusive" ? needRequests(judged, overShare, alpha) : {},
  };
}

/** The same test for a share of requests, for example errors under 1 %. `bound` stays null: it would be a share. */
export function judgeErrorShare(
  runs: readonly (readonly boolean[])[],
  overShare: number,
  alpha = 0.05,
): Judgement {
  const judged = judgeOverShare(runs, overShare, alpha);
  const counts = describeOver(judged, runs.length, null);
  if (runs.length < LEAST_RUNS)
    return { ...tooFewRuns(runs.length, counts), bound: null, n: judged.requests };
  return {
    verdict: judged.verdict,
    reason: judged.verdict === "inconclusive" ? say("reason.neitherSide", { counts }) : counts,
    bound: null,
    n: judged.requests,
    needs: judged.verdict === "inconclusive" ? needRequests(judged, overShare, alpha) : {},
  };
}

function tooFewRuns(runs: number, counts: string): Pick<Judgement, "verdict" | "reason" | "needs"> {
  return {
    verdict: "inconclusive",
    reason: say("reason.tooFewRuns", {
      count: runs,
      runs: String(runs),
      least: String(LEAST_RUNS),
      counts,
    }),
    needs: { runs: LEAST_RUNS - runs },
  };
}

/** `targetMs` null counts what got no complete answer instead of what was late. */
function describeOver(judged: OverJudgement, runs: number, targetMs: number | null): string {
  const { dependence, effectiveRequests, allowedOver } = judged;
  return say(targetMs === null ? "reason.unanswered" : "reason.late", {
    requests: String(judged.requests),
    count: runs,
    runs: String(runs),
    dependence:
      dependence > 1
        ? say("reason.dependence", {
            effective: String(effectiveRequests),
            dependence: dependence.toFixed(2),
          })
        : "",
    over: String(judged.over),
    targetMs: String(targetMs),
    allowed:
      allowedOver < 0 ? say("reason.noneAllowed") : say("reason.allowed", { most: String(allowedOver) }),
  });
}

function boundQuantile(runs: readonly (readonly (number | null)[])[], allowedOver: number): number | null {
  if (allowedOver < 0) return null;
  const sorted = Float64Array.from(runs.flat(), (ms) => ms ?? Number.POSITIVE_INFINITY).sort();
  const bound = sorted[sorted.length - allowedOver - 1];
  return bound === undefined || !Number.isFinite(bound) ? null : bound;
}

/** So many more tell it four times in five, if the observed share over is the truth; empty where none would. */
function needRequests(judged: OverJudgement, overShare: number, alpha: number): Needs {
  const observed = judged.over / judged.requests;
  const total = questionsForPower(1 - overShare, 1 - observed, 0.8, alpha);
  if (total === null) return {};
  return { requests: Math.max(1, Math.ceil(total * judged.dependence) - judged.requests) };
}
