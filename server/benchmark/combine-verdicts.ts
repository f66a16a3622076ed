import { judgeReport } from "#server/benchmark/judge-report.ts";
import type { Outcome, Report, Verdict } from "#server/benchmark/schema.ts";
import type { Target } from "#server/scaffold/schema.ts";

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
    return { outcome: "pass", reason: "Every target is shown to be met.", verdicts };
  }
  const failedStrictly = judgeReport(report, targets, targets.length).some(
    (verdict) => verdict.verdict === "fail",
  );
  if (failedStrictly) return { outcome: "fail", reason: sayFailed(failed.length, targets.length), verdicts };
  if (failed.length > 0) {
    return {
      outcome: "inconclusive",
      reason: `${sayFailed(failed.length, targets.length)} With ${targets.length} targets at once that can still be chance.`,
      verdicts,
    };
  }
  return {
    outcome: "inconclusive",
    reason: `${targets.length - passed} of ${targets.length} targets cannot be told from this sample.`,
    verdicts,
  };
}

function sayFailed(failed: number, of: number): string {
  return `${failed} of ${of} targets ${failed === 1 ? "is" : "are"} shown to be missed.`;
}
