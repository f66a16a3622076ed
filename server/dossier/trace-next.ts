import type { RoomId, RoomState } from "./trace-rooms.ts";

export type NextStep = {
  room: RoomId;
  /** Query or fragment inside the room; empty for its first page. */
  at: string;
  action: string;
  sentence: string;
};

/**
 * The one next action. What waits for a person comes first, then the story in its order. `confirmed` counts the answers
 * that a person or a measurement stands behind.
 */
export function traceNext(rooms: Record<RoomId, RoomState>, confirmed: number): NextStep {
  const { brief, decision, team, plan, scaffold, benchmark, dossier } = rooms;
  if (decision.state === "attention") {
    return step(
      "benchmark",
      "Look at the measured answers",
      "The last run answers questions of the brief. Accept or refuse what it measured.",
      "#offers",
    );
  }
  if (brief.state === "untouched" || (decision.state !== "done" && brief.state === "in_progress")) {
    return step(
      "brief",
      "Answer the next question",
      "Questions are ordered by what they would change. “I don’t know” is an answer.",
      "?q=next",
    );
  }
  if (confirmed === 0) {
    return step(
      "brief",
      "Check the answers",
      "Every answer comes from the preset. Confirm or correct the ones that matter.",
    );
  }
  if (decision.state !== "done") {
    return step("decision", "Look at the open layers", `The decision is not complete: ${decision.fact}.`);
  }
  if (team.state === "untouched") {
    return step("team", "Say who is on the team", "Without people every skill counts as missing.");
  }
  if (plan.state === "untouched") {
    return step(
      "plan",
      "Set the start date",
      "Ten working days are laid out from it, around weekends and holidays.",
    );
  }
  if (scaffold.state === "untouched") {
    return step("scaffold", "Hand out the pilot", "The pilot is configured from the brief and the decision.");
  }
  if (benchmark.state === "untouched") {
    return step("benchmark", "Run the benchmark", "The pilot is handed out and has not been measured.");
  }
  if (benchmark.state === "attention" || benchmark.state === "in_progress") {
    return step("benchmark", "Read the verdicts", `The benchmark is not clear: ${benchmark.fact}.`);
  }
  if (plan.state === "attention") return step("plan", "Look at the gate", `In the plan, ${plan.fact}.`);
  if (dossier.state !== "done") {
    return step("dossier", "Decide at the gate", "Every target is judged. The outcome is a person’s.");
  }
  return step("dossier", "Open the dossier", `It was decided: ${dossier.fact}.`);
}

function step(room: RoomId, action: string, sentence: string, at = ""): NextStep {
  return { room, at, action, sentence };
}
