import type { RunPlan } from "#server/benchmark/plan-run.ts";
import type { RagReport } from "#server/benchmark/rag-schema.ts";
import { type SealedPlan, sealPlan } from "#server/benchmark/seal-plan.ts";
import { hashCanonicalJson } from "#server/scaffold/canonical-json.ts";
import type { RagPilotConfig } from "#server/scaffold/rag-schema.ts";
import type { PilotConfig } from "#server/scaffold/schema.ts";

/** The golden questions of the bundled corpus; other sets say how many there are once they were read. */
export const BUNDLED_QUESTIONS = 100;

/** The documents and questions a run takes instead of the pilot's own: the folder's name and how many questions it has. */
export type OtherData = { path: string; questions: number };

/**
 * What a run will be judged by, before it is started: the same bytes, and so the same hash, as the plan that follows
 * from its report. A preset sets runs and requests, another data set its folder; the rest is what was handed out.
 */
export function sealBefore(
  config: RagPilotConfig,
  { preset, runs, requests }: Pick<RunPlan, "preset" | "runs" | "requests">,
  other: OtherData | null = null,
): { plan: SealedPlan; sha256: string } {
  const workload = { ...config.workload, runs, requestsPerRun: requests / runs };
  const data = other === null ? config.data : { ...config.data, path: other.path };
  const measured = { ...config, workload, data };
  const configSha256 = hashCanonicalJson(measured);
  const questions = other === null ? BUNDLED_QUESTIONS : other.questions;
  return sealPlan({ preset, configSha256, config: measured, questions });
}

/** The seal a job is queued with; null for a pilot whose report follows no such plan. */
export function sealJob(config: PilotConfig, ...sample: SealSample): string | null {
  return config.template === "rag" ? sealBefore(config, ...sample).sha256 : null;
}
type SealSample = [size: Pick<RunPlan, "preset" | "runs" | "requests">, other?: OtherData | null];

/**
 * The seal of the plan that a report followed. Over its configuration in today's words, as `sealBefore`: a pilot of an
 * earlier template hashes fewer keys.
 */
export function sealAfter({ preset, config, data }: Pick<RagReport, "preset" | "config" | "data">): string {
  const configSha256 = hashCanonicalJson(config);
  return sealPlan({ preset, configSha256, config, questions: data.questions }).sha256;
}
