import * as z from "zod";
import { Isolation, JobErrorCode } from "./job-schema.ts";

/** Every line that `run-on-ray.py` prints begins so; what else stands in a job's log is Ray's own. */
export const rayMark = "@pilotage ";

/** What `run-on-ray.py` says on the node, one JSON object a line. */
export const RayLine = z.union([
  z.strictObject({ line: z.string() }),
  z.strictObject({ isolation: Isolation }),
  z.strictObject({ part: z.string().max(100_000) }),
  z.strictObject({
    end: z.strictObject({
      exitCode: z.int().nullable(),
      signal: z.string().max(40).nullable(),
      timedOut: z.boolean(),
      /** Why it never got to the pilot. */
      code: JobErrorCode.nullable(),
      reportBytes: z.int().min(0).nullable(),
      reportSha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .nullable(),
      tooLarge: z.boolean(),
    }),
  }),
]);
export type RayLine = z.infer<typeof RayLine>;

/** Null for a line that is not ours, or is cut. */
export function readRayLine(line: string): RayLine | null {
  if (!line.startsWith(rayMark)) return null;
  try {
    return RayLine.safeParse(JSON.parse(line.slice(rayMark.length))).data ?? null;
  } catch {
    return null;
  }
}
