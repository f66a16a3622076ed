import type { Outcome } from "#server/benchmark/schema.ts";
import type { AnswerSource } from "#server/brief/schema.ts";
import type { LayerStatus } from "#server/decision/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import type { GateOutcome } from "#server/plan/schema.ts";

const say = sayRoom("trace");

export type RoomId = "brief" | "decision" | "team" | "plan" | "scaffold" | "benchmark" | "dossier";
export type RoomState = { state: "untouched" | "in_progress" | "done" | "attention"; fact: string };

export type RoomsInput = {
  /** What the wizard asks, and what stands there: `unknown` counts as answered. */
  brief: { asked: number; answered: number; unknown: number; sources: readonly AnswerSource[] };
  decision: { statuses: readonly LayerStatus[]; proposals: number };
  team: { people: number; needed: number; short: number };
  plan: {
    startDate: string | null;
    tasks: number;
    done: number;
    nextGate: { id: string; date: string } | null;
  };
  scaffold: { template: string; templateVersion: string; configSha256: string } | null;
  /** `running` while a job waits or works. */
  benchmark: { running: boolean; runs: number; outcomes: readonly Outcome[] };
  gateOutcome: GateOutcome | null;
  /** Calendar day, YYYY-MM-DD. */
  today: string;
};

/** Each room's state and its one fact, as the spine shows them. */
export function traceRooms(input: RoomsInput): Record<RoomId, RoomState> {
  return {
    brief: stateBrief(input.brief),
    decision: stateDecision(input.decision),
    team: stateTeam(input.team),
    plan: statePlan(input.plan, input.today),
    scaffold: stateScaffold(input.scaffold),
    benchmark: stateBenchmark(input.benchmark),
    dossier: stateDossier(input),
  };
}

function stateBrief({ asked, answered, unknown, sources }: RoomsInput["brief"]): RoomState {
  if (answered === 0) return { state: "untouched", fact: say("fact.nothingAnswered") };
  const counts = { answered: String(answered), asked: String(asked), unknown: String(unknown) };
  const fact = say("fact.answered", counts);
  if (answered < asked) return { state: "in_progress", fact };
  const unconfirmed = sources.filter((source) => source === "preset").length;
  return {
    state: "done",
    fact: unconfirmed > 0 ? say("fact.withPreset", { ...counts, preset: String(unconfirmed) }) : fact,
  };
}

function stateDecision({ statuses, proposals }: RoomsInput["decision"]): RoomState {
  const asked = statuses.filter((status) => status !== "not_applicable");
  const open = asked.filter(
    (status) => status === "undecided" || status === "tie" || status === "blocked",
  ).length;
  const picked = asked.length - open;
  if (proposals > 0) {
    return { state: "attention", fact: say("fact.proposals", { count: proposals }) };
  }
  if (picked === 0) return { state: "untouched", fact: say("fact.answersMissing") };
  const layers = String(asked.length);
  if (open > 0)
    return { state: "in_progress", fact: say("fact.someDecided", { picked: String(picked), layers }) };
  return { state: "done", fact: say("fact.allDecided", { layers }) };
}

function stateTeam({ people, needed, short }: RoomsInput["team"]): RoomState {
  if (people === 0) return { state: "untouched", fact: say("fact.nobodyAssessed", { count: needed }) };
  if (short > 0)
    return { state: "in_progress", fact: say("fact.skillsShort", { count: needed, short: String(short) }) };
  return { state: "done", fact: say("fact.skillsCovered", { count: needed }) };
}

function statePlan({ startDate, tasks, done, nextGate }: RoomsInput["plan"], today: string): RoomState {
  if (startDate === null) return { state: "untouched", fact: say("fact.noStart") };
  const fact = say("fact.tasksDone", { count: tasks, done: String(done) });
  if (tasks > 0 && done === tasks) return { state: "done", fact };
  if (nextGate !== null && nextGate.date < today) {
    return { state: "attention", fact: say("fact.gatePastDue", { gate: nextGate.id }) };
  }
  return { state: "in_progress", fact };
}

function stateScaffold(scaffold: RoomsInput["scaffold"]): RoomState {
  if (scaffold === null) return { state: "untouched", fact: say("fact.notHandedOut") };
  return {
    state: "done",
    fact: `${scaffold.template} ${scaffold.templateVersion}, ${scaffold.configSha256.slice(0, 7)}`,
  };
}

function stateBenchmark({ running, runs, outcomes }: RoomsInput["benchmark"]): RoomState {
  if (running) return { state: "in_progress", fact: say("fact.running") };
  if (runs === 0) return { state: "untouched", fact: say("fact.notRun") };
  const of = (outcome: Outcome) => outcomes.filter((one) => one === outcome).length;
  if (of("fail") > 0) return { state: "attention", fact: say("fact.fails", { count: of("fail") }) };
  if (of("inconclusive") > 0)
    return {
      state: "in_progress",
      fact: say("fact.open", { pass: String(of("pass")), inconclusive: String(of("inconclusive")) }),
    };
  return { state: "done", fact: say("fact.passes", { count: of("pass") }) };
}

function stateDossier({ gateOutcome, benchmark }: RoomsInput): RoomState {
  if (gateOutcome !== null) return { state: "done", fact: say(`outcome.${gateOutcome}`) };
  if (benchmark.runs > 0) return { state: "in_progress", fact: say("fact.waitsAtGate") };
  return { state: "untouched", fact: say("fact.opensLater") };
}
