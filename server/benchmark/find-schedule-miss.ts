import { groupByRun } from "#server/benchmark/group-requests.ts";
import { pickPercentile } from "#server/benchmark/pick-percentile.ts";
import type { RequestRecord } from "#server/benchmark/report-schema.ts";
import { sayRoom } from "#server/messages/say.ts";

const say = sayRoom("benchmark");

/** A generator that is late by more than this share of the target measures itself. */
const MOST_DISPATCH_DELAY_OF_TARGET = 0.01;
const LEAST_ACHIEVED_RATE = 0.98;

type Sent = Pick<RequestRecord, "run" | "index" | "scheduledMs" | "sentMs">;

/** Why a load shows nothing about the pilot, in words; null when it went as planned. */
export function findScheduleMiss(requests: readonly Sent[], targetMs: number): string | null {
  const delay = pickPercentile(
    requests.map((request) => request.sentMs - request.scheduledMs),
    0.99,
  );
  if (delay !== null && delay > targetMs * MOST_DISPATCH_DELAY_OF_TARGET) {
    return say("reason.leftLate", { delayMs: delay.toFixed(1) });
  }
  // Against the drawn schedule, not the nominal rate: a short Poisson run may itself be slower by chance.
  let scheduled = 0;
  let sent = 0;
  for (const run of groupByRun(requests)) {
    scheduled += Math.max(...run.map((request) => request.scheduledMs));
    sent += Math.max(...run.map((request) => request.sentMs));
  }
  if (sent > 0 && scheduled / sent < LEAST_ACHIEVED_RATE) {
    return say("reason.sentSlowly", { rate: percent(scheduled / sent) });
  }
  return null;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
