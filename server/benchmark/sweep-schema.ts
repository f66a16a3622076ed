import * as z from "zod";
import { RunId } from "#server/benchmark/report-schema.ts";
import { SweepId, SweepPoint } from "./job-schema.ts";

const Figure = z.number().min(0).nullable();

/** `sweep.json`: what `bench --preset sweep` writes beside the reports and answers. Unknown is null. */
export const SweepFile = z.strictObject({
  sweepId: SweepId,
  /** In the order they were measured in. */
  points: z.array(
    SweepPoint.extend({
      runId: RunId.nullable(),
      /** Name of the report in the same folder; null when the point failed. */
      report: z.string().nullable(),
      throughputRps: Figure,
      p95Ms: Figure,
      /** Answers under the latency target a second. */
      goodputRps: Figure,
      accuracy: Figure,
      /** Why the load was not the planned one: the times of such a point are no evidence. */
      scheduleMiss: z.string().nullable(),
      /** Why it has no figures. */
      error: z.string().nullable(),
    }),
  ),
  /** One for each search and k. */
  curves: z.array(
    z.strictObject({
      mode: z.string(),
      k: z.int(),
      targetMs: Figure,
      /** The arrival rate where latency starts to grow faster than load. */
      kneePerSecond: Figure,
      /** The highest arrival rate up to which the latency target held. */
      capacityPerSecond: Figure,
      accuracy: z
        .strictObject({ value: z.number(), low: z.number(), high: z.number(), outOf: z.int() })
        .nullable(),
      machineSecondsPer1k: Figure,
      usdPer1k: Figure,
    }),
  ),
});
export type SweepFile = z.infer<typeof SweepFile>;
