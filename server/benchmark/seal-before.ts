import type { RunPlan } from "#server/benchmark/plan-run.ts";
import { type SealedPlan, sealPlan } from "#server/benchmark/seal-plan.ts";
import { hashCanonicalJson } from "#server/scaffold/canonical-json.ts";
import type { RagPilotConfig } from "#server/scaffold/schema.ts";

/** The golden questions of the bundled corpus; other sets say how many there are once they were read. */
export const BUNDLED_QUESTIONS = 100;

/**
 * What a run of the bundled corpus will be judged by, before it is started: the same bytes, and so the same hash, as
 * the plan that follows from its report. A preset sets runs and requests; the rest is what was handed out.
 */
export function sealBefore(
  config: RagPilotConfig,
  { preset, runs, requests }: Pick<RunPlan, "preset" | "runs" | "requests">,
): { plan: SealedPlan; sha256: string } {
  const workload = { ...config.workload, runs, requestsPerRun: requests / runs };
  const measured = { ...config, workload };
  const configSha256 = hashCanonicalJson(measured);
  return sealPlan({ preset, configSha256, config: measured, questions: BUNDLED_QUESTIONS });
}
