import * as z from "zod";
import { toPointer } from "#server/benchmark/find-non-finite.ts";
import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import { Target } from "#server/scaffold/schema.ts";
import { readJson } from "./read-input.ts";

const say = sayRoom("errors");

const Targets = z.union([
  z.array(Target).min(1).max(12),
  z.strictObject({ targets: z.array(Target).min(1).max(12) }).transform(({ targets }) => targets),
]);

/**
 * A list of targets, alone or in a file with the key `targets`.
 * @throws PilotageError TARGETS_INVALID, and those of `readJson`
 */
export async function readTargets(path: string): Promise<Target[]> {
  const parsed = Targets.safeParse(await readJson(path, "targets"));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const message = say("TARGETS_INVALID.issue", {
    path,
    issue: issue?.message ?? say("TARGETS_INVALID.notTargets"),
  });
  throw new PilotageError("invalid", "TARGETS_INVALID", message, {
    path: toPointer(issue?.path ?? []),
    hint: '[{"metric":"latency_p95_ms","comparison":"lt","value":2000}]',
  });
}
