import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "#server/api/root.ts";
import type { LayerResult } from "#server/decision/schema.ts";

export type DecisionData = inferRouterOutputs<AppRouter>["decision"]["read"];
export type ReadAnswer = DecisionData["read"][string];

/** The label of an option; the id where a rule set no longer has it. */
export function labelOf({ ruleSet }: DecisionData, layerId: string, optionId: string | null): string {
  const layer = ruleSet.layers.find((one) => one.id === layerId);
  return layer?.options.find((option) => option.id === optionId)?.label ?? optionId ?? "";
}

/** What stands where the pick would be. */
export function sayPick(data: DecisionData, result: LayerResult): string {
  if (result.pick !== null) return labelOf(data, result.layer, result.pick);
  if (result.status === "tie")
    return result.tied.map((option) => labelOf(data, result.layer, option)).join(" or ");
  return STATUS_WORDS[result.status];
}

export const STATUS_WORDS: Record<LayerResult["status"], string> = {
  decided: "decided",
  fragile: "no clear winner",
  tie: "tie",
  undecided: "undecided",
  blocked: "blocked",
  not_applicable: "does not apply",
};

/** "39 %, close": the figure and what to think of it. Nothing where nothing was compared. */
export function sayMargin({ status, margin, close }: LayerResult): string {
  if (status === "not_applicable" || status === "undecided" || status === "blocked")
    return STATUS_WORDS[status];
  if (status === "tie") return "tie";
  const figure = `${Math.round(margin * 100)}\u00a0%`;
  if (status === "fragile") return `${figure}, no clear winner`;
  return close ? `${figure}, close` : figure;
}
