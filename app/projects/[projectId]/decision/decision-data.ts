import type { inferRouterOutputs } from "@trpc/server";
import type { Format } from "#app/_words/format-in.ts";
import type { AppRouter } from "#server/api/root.ts";
import type { LayerResult } from "#server/decision/schema.ts";
import type { SayOf } from "#server/messages/say.ts";

export type DecisionData = inferRouterOutputs<AppRouter>["decision"]["read"];
export type ReadAnswer = DecisionData["read"][string];
export type DecisionWords = { say: SayOf<"decision">; format: Format };

/** The label of an option; the id where a rule set no longer has it. */
export function labelOf({ ruleSet }: DecisionData, layerId: string, optionId: string | null): string {
  const layer = ruleSet.layers.find((one) => one.id === layerId);
  return layer?.options.find((option) => option.id === optionId)?.label ?? optionId ?? "";
}

/** What stands where the pick would be. */
export function sayPick(data: DecisionData, result: LayerResult, say: DecisionWords["say"]): string {
  if (result.pick !== null) return labelOf(data, result.layer, result.pick);
  if (result.status === "tie")
    return result.tied
      .map((option) => labelOf(data, result.layer, option))
      .reduce((first, second) => say("or", { first, second }));
  return say(`status.${result.status}`);
}

/** "39 %, close": the figure and what to think of it. Nothing where nothing was compared. */
export function sayMargin({ status, margin, close }: LayerResult, { say, format }: DecisionWords): string {
  if (status === "not_applicable" || status === "undecided" || status === "blocked")
    return say(`status.${status}`);
  if (status === "tie") return say("status.tie");
  const figure = format.share(margin);
  if (status === "fragile") return say("margin.fragile", { margin: figure });
  return close ? say("margin.close", { margin: figure }) : figure;
}
