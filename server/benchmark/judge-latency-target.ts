import { findQueueDependence } from "#server/benchmark/find-queue-dependence.ts";
import { findScheduleMiss } from "#server/benchmark/find-schedule-miss.ts";
import { groupByRun } from "#server/benchmark/group-requests.ts";
import { judgeLatency } from "#server/benchmark/judge-latency.ts";
import { leaveOpen } from "#server/benchmark/leave-open.ts";
import { measureUtilisation, type ServedLoad } from "#server/benchmark/measure-utilisation.ts";
import type { RagReport } from "#server/benchmark/rag-schema.ts";
import { latencyFromScheduleMs } from "#server/benchmark/recompute-metrics.ts";
import type { Judgement } from "#server/benchmark/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import type { Target } from "#server/scaffold/schema.ts";

const say = sayRoom("benchmark");

/** Above it no sample of a length that people wait for shows anything about a quantile (simulated M/M/1 queue). */
const MOST_UTILISATION = 0.8;

/** What a server as busy as this one leaves of the independence of its requests; 1 where that is unknown. */
export function leastDependence(report: ServedLoad, quantile: number): number {
  const utilisation = measureUtilisation(report);
  return utilisation === null
    ? 1
    : findQueueDependence(quantile, report.config.workload.requestsPerRun, utilisation);
}

export function judgeLatencyTarget(
  report: ServedLoad & Pick<RagReport, "requests">,
  target: Target,
  quantile: number,
  alpha: number,
): Judgement {
  if (report.requests.length === 0) return leaveOpen(0, say("reason.noRequest"));
  if (target.comparison === "gt" || target.value <= 0) {
    return leaveOpen(report.requests.length, say("reason.targetTime"));
  }
  const runs = groupByRun(report.requests).map((run) =>
    run.map((request) => {
      const ms = latencyFromScheduleMs(request);
      return Number.isFinite(ms) ? ms : null;
    }),
  );
  const least = leastDependence(report, quantile);
  const judged = judgeLatency({ quantile, targetMs: target.value, runs, leastDependence: least }, alpha);
  const late = findScheduleMiss(report.requests, target.value);
  if (late !== null) return { ...judged, verdict: "inconclusive", reason: late, bound: null, needs: {} };
  return guardUtilisation(judged, measureUtilisation(report), least);
}

function guardUtilisation(judged: Judgement, utilisation: number | null, least: number): Judgement {
  if (utilisation === null) {
    return { ...judged, reason: say("reason.utilisationUnknown", { reason: judged.reason }) };
  }
  const busy = percent(utilisation);
  // At 100 % and more the queue grows for ever: a fail is then no accident of the sample.
  const unfair = utilisation > MOST_UTILISATION && (judged.verdict === "pass" || utilisation < 1);
  if (unfair && judged.verdict !== "inconclusive") {
    const reason = say("reason.tooBusy", { busy, most: percent(MOST_UTILISATION), reason: judged.reason });
    return { ...judged, verdict: "inconclusive", reason, needs: {} };
  }
  if (least === 1) return judged;
  const reason = say("reason.queueDependence", { busy, least: least.toFixed(1), reason: judged.reason });
  return { ...judged, reason };
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
