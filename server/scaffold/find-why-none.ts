import type { Answers, ProjectKind } from "#server/brief/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import type { NotExercised, PilotConfig } from "./schema.ts";

const say = sayRoom("scaffold");

export type NoScaffold = {
  outcome: "no_scaffold";
  code: "KIND_UNKNOWN" | "ON_DEVICE" | "ENGINE";
  reason: string;
};

export type ConfiguredPilot<Config extends PilotConfig = PilotConfig> =
  | {
      outcome: "configured";
      config: Config;
      /** The same without any choice: what an empty field means. */
      defaults: Config;
      notExercised: NotExercised[];
    }
  | NoScaffold;

/** Why no pilot is handed out for a project; null where one is. */
export function findWhyNone(
  kind: ProjectKind | null,
  answers: Answers,
  decision: { layer: string; pick: string | null }[],
): NoScaffold | null {
  const pickedOnDevice = decision.some(
    (layer) => layer.layer === "retrieval" && layer.pick === "on_device_index",
  );
  if (answers.residency === "on_device" || pickedOnDevice) {
    return { outcome: "no_scaffold", code: "ON_DEVICE", reason: say("none.onDevice") };
  }
  if (kind === null) {
    return { outcome: "no_scaffold", code: "KIND_UNKNOWN", reason: say("none.kindUnknown.text") };
  }
  if (kind === "engine") {
    return { outcome: "no_scaffold", code: "ENGINE", reason: say("none.engine") };
  }
  return null;
}
