import { leaveOpen } from "#server/benchmark/leave-open.ts";
import { type MetricRule, openReport } from "#server/benchmark/open-report.ts";
import type { Judgement, Report, Verdict } from "#server/benchmark/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import type { Target } from "#server/scaffold/schema.ts";

const say = sayRoom("benchmark");

/**
 * One verdict a target, from the raw records: what the pilot says about itself is not used. `alphaDivisor` splits the
 * error level over several metrics (Bonferroni).
 */
export function judgeReport(
  report: Report,
  targets: readonly Target[] = report.config.targets,
  alphaDivisor = 1,
): Verdict[] {
  const { metrics } = openReport(report);
  return targets.map((target) => {
    const rule = metrics[target.metric];
    const judgement = judgeTarget(report.outcome, rule, target, (1 - target.confidence) / alphaDivisor);
    return { metric: target.metric, target, value: rule?.value ?? null, ...judgement };
  });
}

function judgeTarget(
  outcome: Report["outcome"],
  rule: MetricRule | undefined,
  target: Target,
  alpha: number,
): Judgement {
  if (outcome.status === "failed") {
    const { stage, reason } = outcome;
    return leaveOpen(0, say("reason.runFailed", { stage, reason }));
  }
  // A target of another kind of pilot, for instance from a file of targets.
  if (rule === undefined) return leaveOpen(0, say("reason.notMeasuredHere", { metric: target.metric }));
  return rule.judge(target, alpha);
}
