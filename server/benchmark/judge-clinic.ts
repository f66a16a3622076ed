import type { ClinicReport } from "#server/benchmark/clinic-schema.ts";
import { measureSpeedUp } from "#server/benchmark/compare-rounds.ts";
import { leaveOpen } from "#server/benchmark/leave-open.ts";
import type { Judgement } from "#server/benchmark/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import type { ClinicMetric } from "#server/scaffold/clinic-schema.ts";
import type { Target } from "#server/scaffold/schema.ts";

const say = sayRoom("benchmark");

/** A speed-up against its target, from the rounds alone. */
export function judgeSpeedUp(
  report: ClinicReport,
  metric: ClinicMetric,
  target: Target,
  alpha: number,
): Judgement {
  const { value, low, high, n } = measureSpeedUp(report, metric, alpha);
  if (value === null) return leaveOpen(0, say("reason.formNotRun"));
  if (target.comparison === "lt") return leaveOpen(n, say("reason.speedUpToExceed"));
  const seen = say("reason.speedUpSeen", {
    value: write(value),
    count: n,
    rounds: String(n),
    low: low === null ? "0" : write(low),
    high: high === null ? "∞" : write(high),
    confidence: `${Number(((1 - alpha) * 100).toFixed(1))} %`,
    target: write(target.value),
  });
  if (low !== null && low > target.value) return { verdict: "pass", reason: seen, bound: low, n, needs: {} };
  if (high !== null && high < target.value)
    return { verdict: "fail", reason: seen, bound: high, n, needs: {} };
  return { ...leaveOpen(n, say("reason.neitherSide", { counts: seen })), bound: low };
}

function write(ratio: number): string {
  return ratio < 1000 ? ratio.toPrecision(3) : ratio.toFixed(0);
}
