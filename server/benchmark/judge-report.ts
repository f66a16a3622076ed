import { findFalsePass } from "#server/benchmark/find-false-pass.ts";
import { findScheduleMiss } from "#server/benchmark/find-schedule-miss.ts";
import { groupByRun } from "#server/benchmark/group-requests.ts";
import { judgeErrorShare, judgeLatency } from "#server/benchmark/judge-latency.ts";
import { judgeProportion } from "#server/benchmark/judge-proportion.ts";
import { latencyFromScheduleMs, recomputeMetrics } from "#server/benchmark/recompute-metrics.ts";
import type { Judgement, Report, Verdict } from "#server/benchmark/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import type { MetricName, Target } from "#server/scaffold/schema.ts";

const say = sayRoom("benchmark");

/** Above it the corrected test passes a system on its limit up to one time in five (simulated M/M/1 queue). */
const MOST_UTILISATION = 0.8;

/** Above it a pass says so; the goal is one in ten up to 70 % utilisation. */
const MOST_FALSE_PASSES = 0.1;

const QUANTILES: Partial<Record<MetricName, number>> = {
  latency_p50_ms: 0.5,
  latency_p95_ms: 0.95,
  latency_p99_ms: 0.99,
};

/**
 * One verdict a target, from the raw records: what the pilot says about itself is not used. `alphaDivisor` splits the
 * error level over several metrics (Bonferroni).
 */
export function judgeReport(
  report: Report,
  targets: readonly Target[] = report.config.targets,
  alphaDivisor = 1,
): Verdict[] {
  const recomputed = recomputeMetrics(report);
  return targets.map((target) => ({
    metric: target.metric,
    target,
    value: recomputed[target.metric].value,
    ...judgeTarget(report, target, recomputed[target.metric].value, (1 - target.confidence) / alphaDivisor),
  }));
}

function judgeTarget(report: Report, target: Target, value: number | null, alpha: number): Judgement {
  if (report.outcome.status === "failed") {
    const { stage, reason } = report.outcome;
    return untold(0, say("reason.runFailed", { stage, reason }));
  }
  const quantile = QUANTILES[target.metric];
  if (quantile !== undefined) return judgeLatencyTarget(report, target, quantile, alpha);
  switch (target.metric) {
    case "answer_accuracy":
      return judgeShareTarget(
        report.questions.filter((question) => question.correct !== null),
        target,
        alpha,
        say("reason.noneJudged"),
      );
    case "refusal_accuracy":
      return judgeShareTarget(
        report.questions.filter((question) => question.rule === "must_refuse"),
        target,
        alpha,
        say("reason.noneToRefuse"),
      );
    case "error_share":
      return judgeErrorTarget(report, target, alpha);
    case "usd_per_1k":
      return untold(report.usage.answers, value === null ? say("reason.noPrice") : say("reason.oneCost"));
    case "throughput_rps":
      return untold(report.requests.length, say("reason.openLoad"));
    default:
      return untold(recomputeMetrics(report)[target.metric].outOf ?? 0, say("reason.meanOfQuestions"));
  }
}

function judgeShareTarget(
  questions: Report["questions"],
  target: Target,
  alpha: number,
  whenEmpty: string,
): Judgement {
  if (questions.length === 0) return untold(0, whenEmpty);
  if (target.comparison === "lt" || target.value <= 0 || target.value >= 1) {
    return untold(questions.length, say("reason.targetToExceed"));
  }
  const correct = questions.filter((question) => question.correct === true).length;
  return judgeProportion({ correct, outOf: questions.length, target: target.value }, alpha);
}

function judgeErrorTarget(report: Report, target: Target, alpha: number): Judgement {
  if (report.requests.length === 0) return untold(0, say("reason.noRequest"));
  if (target.comparison === "gt" || target.value <= 0 || target.value >= 1) {
    return untold(report.requests.length, say("reason.targetToStayUnder"));
  }
  const runs = groupByRun(report.requests).map((run) => run.map((request) => request.status !== "ok"));
  return judgeErrorShare(runs, target.value, alpha);
}

function judgeLatencyTarget(report: Report, target: Target, quantile: number, alpha: number): Judgement {
  if (report.requests.length === 0) return untold(0, say("reason.noRequest"));
  if (target.comparison === "gt" || target.value <= 0) {
    return untold(report.requests.length, say("reason.targetTime"));
  }
  const runs = groupByRun(report.requests).map((run) =>
    run.map((request) => {
      const ms = latencyFromScheduleMs(request);
      return Number.isFinite(ms) ? ms : null;
    }),
  );
  const judged = judgeLatency({ quantile, targetMs: target.value, runs }, alpha);
  const late = findScheduleMiss(report.requests, target.value);
  if (late !== null) return { ...judged, verdict: "inconclusive", reason: late, bound: null, needs: {} };
  const utilisation = measureUtilisation(report);
  if (utilisation === null) {
    return { ...judged, reason: say("reason.utilisationUnknown", { reason: judged.reason }) };
  }
  // At 100 % and more the queue grows for ever: a fail is then no accident of the sample.
  const unfair = utilisation > MOST_UTILISATION && (judged.verdict === "pass" || utilisation < 1);
  if (unfair && judged.verdict !== "inconclusive") {
    return {
      ...judged,
      verdict: "inconclusive",
      reason: say("reason.tooBusy", {
        busy: percent(utilisation),
        most: percent(MOST_UTILISATION),
        reason: judged.reason,
      }),
      needs: {},
    };
  }
  const falsePass = findFalsePass(report.config.workload.requestsPerRun, utilisation);
  if (judged.verdict === "pass" && falsePass !== null && falsePass > MOST_FALSE_PASSES) {
    return {
      ...judged,
      reason: say("reason.runsShort", {
        reason: judged.reason,
        busy: percent(utilisation),
        falsePass: percent(falsePass),
      }),
    };
  }
  return judged;
}

/** Share of the time that the one server of a pilot works; null without a stage profile. */
export function measureUtilisation(report: Pick<Report, "stages" | "config">): number | null {
  const calls = Math.max(0, ...report.stages.map((stage) => stage.calls));
  if (calls === 0) return null;
  const wallMs = report.stages.reduce((sum, stage) => sum + stage.wallMs, 0);
  // A stage that not every question reaches (the model after a refusal) has fewer calls: the most is the questions.
  return (report.config.workload.arrivalsPerSecond * wallMs) / calls / 1000;
}

function untold(n: number, reason: string): Judgement {
  return { verdict: "inconclusive", reason, bound: null, n, needs: {} };
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
