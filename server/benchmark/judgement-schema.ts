import * as z from "zod";
import { RunId } from "#server/benchmark/report-schema.ts";
import { Outcome, Verdict } from "#server/benchmark/schema.ts";
import { Target } from "#server/scaffold/schema.ts";

/** Kept records judged again by other targets. It stands beside the run's own verdicts and never replaces them. */
export const StoredJudgement = z.strictObject({
  id: z.string().regex(/^jdg_[0-9A-HJKMNP-TV-Z]{26}$/),
  runId: RunId,
  targets: z.array(Target).min(1).max(12),
  verdicts: z.array(Verdict),
  outcome: Outcome,
  at: z.iso.datetime(),
});
export type StoredJudgement = z.infer<typeof StoredJudgement>;
