import type { GateOutcome, TaskStatus } from "#server/plan/schema.ts";

/** In the order in which they are offered. */
export const TASK_STATUSES = [
  "todo",
  "doing",
  "blocked",
  "done",
  "waived",
] as const satisfies readonly TaskStatus[];

export const GATE_OUTCOMES = [
  "go",
  "go_with_conditions",
  "pivot",
  "stop",
] as const satisfies readonly GateOutcome[];
