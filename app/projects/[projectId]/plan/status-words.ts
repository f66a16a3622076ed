import type { GateOutcome, TaskStatus } from "#server/plan/schema.ts";

export const STATUS_WORDS: Record<TaskStatus, string> = {
  todo: "to do",
  doing: "doing",
  blocked: "blocked",
  done: "done",
  waived: "waived",
};

export const OUTCOME_WORDS: Record<GateOutcome, string> = {
  go: "go",
  go_with_conditions: "go with conditions",
  pivot: "pivot",
  stop: "stop",
};
