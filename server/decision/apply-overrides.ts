import type { Override } from "./record-schema.ts";
import type { LayerResult } from "./schema.ts";

type Chosen = Pick<LayerResult, "layer" | "pick" | "status">;

/** The layers as they will be built: a person's choice takes the place of the rules' pick. */
export function applyOverrides<Layer extends Chosen>(
  layers: readonly Layer[],
  overrides: ReadonlyMap<string, Pick<Override, "option">> | undefined,
): Layer[] {
  return layers.map((layer) => {
    const option = overrides?.get(layer.layer)?.option;
    return option && layer.status !== "not_applicable"
      ? { ...layer, pick: option, status: "decided" }
      : layer;
  });
}
