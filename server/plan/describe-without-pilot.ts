import type { ProjectKind } from "#server/brief/schema.ts";
import { sayRoom } from "#server/messages/say.ts";

const say = sayRoom("plan");

/** Said plainly where the ten days stand and no pilot is handed out. Null where one is. */
export function describeWithoutPilot(kind: ProjectKind | null, onDevice: boolean): string | null {
  if (onDevice) return say("without.onDevice");
  if (kind === "engine") return say("without.engine");
  return kind === "classification" || kind === "forecast" ? say("without.mlops") : null;
}
