import { LEAST_RUNS } from "#server/benchmark/judge-latency.ts";
import { judgeRate, type OfferedRun } from "#server/benchmark/judge-rate.ts";
import { leaveOpen } from "#server/benchmark/leave-open.ts";
import type { RagReport } from "#server/benchmark/rag-schema.ts";
import { rateRuns } from "#server/benchmark/rate-runs.ts";
import type { Judgement } from "#server/benchmark/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import type { Target } from "#server/scaffold/schema.ts";

const say = sayRoom("benchmark");

/** Answers a second over all runs, each counted until its last answer was in. */
export function judgeRateTarget(report: RagReport, target: Target, alpha: number): Judgement {
  const n = report.requests.length;
  if (n === 0) return leaveOpen(0, say("reason.noRequest"));
  if (target.comparison === "lt" || target.value <= 0) return leaveOpen(n, say("reason.targetRate"));
  return tellRate(rateRuns(report), target.value, n, alpha);
}

/** A judged rate in words; `n` is the number of requests. */
export function tellRate(runs: readonly OfferedRun[], target: number, n: number, alpha: number): Judgement {
  const judged = judgeRate(runs, target, alpha);
  if (judged === null) return leaveOpen(n, say("reason.noRate"));
  const seen = say("reason.rateSeen", {
    rate: write(judged.rate),
    count: runs.length,
    runs: String(runs.length),
    low: write(judged.low),
    high: write(judged.high),
    confidence: `${Number(((1 - alpha) * 100).toFixed(1))} %`,
    target: write(target),
  });
  if (runs.length < LEAST_RUNS) {
    const reason = say("reason.tooFewRuns", {
      count: runs.length,
      runs: String(runs.length),
      least: String(LEAST_RUNS),
      counts: seen,
    });
    return { ...leaveOpen(n, reason), bound: judged.low, needs: { runs: LEAST_RUNS - runs.length } };
  }
  const bound = judged.verdict === "fail" ? judged.high : judged.low;
  if (judged.verdict !== "inconclusive")
    return { verdict: judged.verdict, reason: seen, bound, n, needs: {} };
  const offered = say("reason.tooLittleLoad", { seen, offered: write(judged.offered) });
  return {
    ...leaveOpen(n, judged.tooLittleLoad ? offered : say("reason.neitherSide", { counts: seen })),
    bound,
  };
}

function write(rate: number): string {
  return String(Number(rate.toPrecision(4)));
}
