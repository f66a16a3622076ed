import { outcomeOf } from "./find-flips.ts";
import type { Decision, LayerResult } from "./schema.ts";

export type LayerChange = { layer: string; name: string; before: LayerResult; after: LayerResult };

/** The layers that end differently: another pick, another tie, another team pick. Scores alone don't count. */
export function compareDecisions(before: Decision, after: Decision): LayerChange[] {
  return before.layers.flatMap((layer) => {
    const then = after.layers.find((one) => one.layer === layer.layer);
    if (!then || (outcomeOf(layer) === outcomeOf(then) && layer.teamPick === then.teamPick)) return [];
    return [{ layer: layer.layer, name: layer.name, before: layer, after: then }];
  });
}
