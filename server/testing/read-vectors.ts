import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

const Vector = z.object({
  id: z.string(),
  kind: z.string(),
  input: z.record(z.string(), z.unknown()),
  expected: z.record(z.string(), z.unknown()),
  tol: z.number(),
});
export type Vector = z.infer<typeof Vector>;

/**
 * Reference values computed outside this repository. Where the folder is not given, `skipReason` says so and the
 * tables in the tests themselves still pin the same rules.
 */
export function readVectors(kind: string): { vectors: Vector[]; skipReason: string | null } {
  const folder = process.env.PILOTAGE_VECTORS;
  if (folder === undefined || folder === "")
    return { vectors: [], skipReason: "PILOTAGE_VECTORS is not set" };
  const path = join(folder, "stat_vectors.json");
  if (!existsSync(path)) return { vectors: [], skipReason: `${path} does not exist` };
  const all = z.object({ vectors: z.array(Vector) }).parse(JSON.parse(readFileSync(path, "utf8"))).vectors;
  return { vectors: all.filter((vector) => vector.kind === kind), skipReason: null };
}
