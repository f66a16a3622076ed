import { sayRoom } from "#server/messages/say.ts";
import type { RoomId, RoomState } from "./trace-rooms.ts";

const say = sayRoom("trace");

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
    return step("benchmark", say("step.measured.action"), say("step.measured.sentence"), "#offers");
  }
  if (brief.state === "untouched" || (decision.state !== "done" && brief.state === "in_progress")) {
    return step("brief", say("step.answer.action"), say("step.answer.sentence"), "?q=next");
  }
  if (confirmed === 0) {
    return step("brief", say("step.check.action"), say("step.check.sentence"));
  }
  if (decision.state !== "done") {
    return step("decision", say("step.layers.action"), say("step.layers.sentence", { fact: decision.fact }));
  }
  if (team.state === "untouched") {
    return step("team", say("step.team.action"), say("step.team.sentence"));
  }
  if (plan.state === "untouched") {
    return step("plan", say("step.start.action"), say("step.start.sentence"));
  }
  if (scaffold.state === "untouched") {
    return step("scaffold", say("step.handOut.action"), say("step.handOut.sentence"));
  }
  if (benchmark.state === "untouched") {
    return step("benchmark", say("step.run.action"), say("step.run.sentence"));
  }
  if (benchmark.state === "attention" || benchmark.state === "in_progress") {
    return step(
      "benchmark",
      say("step.verdicts.action"),
      say("step.verdicts.sentence", { fact: benchmark.fact }),
    );
  }
  if (plan.state === "attention")
    return step("plan", say("step.gate.action"), say("step.gate.sentence", { fact: plan.fact }));
  if (dossier.state !== "done") {
    return step("dossier", say("step.decide.action"), say("step.decide.sentence"));
  }
  return step("dossier", say("step.open.action"), say("step.open.sentence", { fact: dossier.fact }));
}

function step(room: RoomId, action: string, sentence: string, at = ""): NextStep {
  return { room, at, action, sentence };
}
