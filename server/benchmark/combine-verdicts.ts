import { judgeReport } from "#server/benchmark/judge-report.ts";
import type { Outcome, Report, Verdict } from "#server/benchmark/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import type { Target } from "#server/scaffold/schema.ts";

const say = sayRoom("benchmark");

export type Combined = { outcome: Outcome; reason: string; verdicts: Verdict[] };

/**
 * One outcome of several targets. Pass: every one passes, each at its own level (all must hold, so no correction is
 * needed). Fail: at least one fails at its level divided by the number of targets; of many targets one fails by
 * chance. Anything else is inconclusive. What follows from it is a person's decision, not this rule's.
 */
export function combineVerdicts(
  report: Report,
  targets: readonly Target[] = report.config.targets,
): Combined {
  const verdicts = judgeReport(report, targets);
  const failed = verdicts.filter((verdict) => verdict.verdict === "fail");
  const passed = verdicts.filter((verdict) => verdict.verdict === "pass").length;
  if (targets.length > 0 && passed === targets.length) {
    return { outcome: "pass", reason: say("combined.pass"), verdicts };
  }
  const of = String(targets.length);
  const counts = { count: failed.length, failed: String(failed.length), of };
  // What fails at the stricter level fails at the usual one: without a fail there is nothing to judge again.
  const failedStrictly =
    failed.length > 0 &&
    judgeReport(report, targets, targets.length).some((verdict) => verdict.verdict === "fail");
  if (failedStrictly) return { outcome: "fail", reason: say("combined.fail", counts), verdicts };
  if (failed.length > 0) {
    return {
      outcome: "inconclusive",
      reason: say("combined.failByChance", counts),
      verdicts,
    };
  }
  return {
    outcome: "inconclusive",
    reason: say("combined.inconclusive", { open: String(targets.length - passed), of }),
    verdicts,
  };
}
