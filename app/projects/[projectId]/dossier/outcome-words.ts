import type { GateOutcome } from "#server/plan/schema.ts";

export const OUTCOMES: readonly GateOutcome[] = ["go", "go_with_conditions", "pivot", "stop"];

export const OUTCOME_WORDS: Record<GateOutcome, string> = {
  go: "Go",
  go_with_conditions: "Go with conditions",
  pivot: "Pivot",
  stop: "Stop",
};
