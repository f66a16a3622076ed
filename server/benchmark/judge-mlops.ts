import { boundMlops, servedLoad } from "#server/benchmark/bound-mlops.ts";
import { judgeLatencyTarget } from "#server/benchmark/judge-latency-target.ts";
import { leaveOpen } from "#server/benchmark/leave-open.ts";
import { MLOPS_FORMS } from "#server/benchmark/mlops-forms.data.ts";
import type { MlopsReport } from "#server/benchmark/mlops-schema.ts";
import { recomputeMlops } from "#server/benchmark/recompute-mlops.ts";
import type { Judgement } from "#server/benchmark/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import type { MlopsMetric } from "#server/scaffold/mlops-schema.ts";
import type { Target } from "#server/scaffold/schema.ts";

const say = sayRoom("benchmark");

/** One quantity against its target, from the raw records alone. */
export function judgeMlops(
  report: MlopsReport,
  metric: MlopsMetric,
  target: Target,
  alpha: number,
): Judgement {
  const { direction, unit, by } = MLOPS_FORMS[metric];
  const { value, outOf } = recomputeMlops(report)[metric]();
  const n = outOf ?? 0;
  if (unit === "usd") return leaveOpen(n, say("reason.noPrice"));
  if (value === null && n === 0) return leaveOpen(0, say("reason.noneRecorded"));
  if ((target.comparison === "gt") !== (direction === "higher")) {
    return leaveOpen(n, say(direction === "higher" ? "reason.targetToBeat" : "reason.targetToUndercut"));
  }
  if (metric === "p95Ms") return judgeLatencyTarget(servedLoad(report), target, 0.95, alpha);
  const bound = value === null ? null : boundMlops(report, metric, target.value, alpha);
  if (value === null || bound === null)
    return leaveOpen(n, say("reason.noInterval", { by: say(`boundBy.${by}`) }));
  const { low, high } = bound;
  const seen = say("reason.drawnSeen", {
    value: write(value),
    low: low === null ? "?" : write(low),
    high: high === null ? "?" : write(high),
    confidence: `${Number(((1 - alpha) * 100).toFixed(1))} %`,
    by: say(`boundBy.${by}`),
    target: write(target.value),
  });
  const isAbove = low !== null && low > target.value;
  const isUnder = high !== null && high < target.value;
  if (!isAbove && !isUnder) {
    return {
      ...leaveOpen(n, say("reason.neitherSide", { counts: seen })),
      bound: direction === "higher" ? low : high,
    };
  }
  const verdict = isAbove === (direction === "higher") ? "pass" : "fail";
  return { verdict, reason: seen, bound: isAbove ? low : high, n, needs: {} };
}

function write(figure: number): string {
  return String(Number(figure.toPrecision(4)));
}
