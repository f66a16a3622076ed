import * as z from "zod";
import { Outcome } from "#server/benchmark/schema.ts";

/** Said once, when a job ends; read by a person or swept away with the project. */
export const Notice = z.strictObject({
  id: z.string().regex(/^ntc_/),
  projectId: z.string(),
  kind: z.enum(["run_finished", "run_failed", "sweep_finished"]),
  body: z.strictObject({
    jobId: z.string(),
    /** Of a point of a sweep: there is one notice for all of them. */
    sweepId: z.string().nullable().default(null),
    /** Null when nothing was stored. */
    runId: z.string().nullable(),
    outcome: Outcome.nullable(),
    /** Why it failed, in one sentence. */
    reason: z.string().max(2_000).nullable(),
  }),
  at: z.iso.datetime(),
  readAt: z.iso.datetime().nullable(),
});
export type Notice = z.infer<typeof Notice>;
