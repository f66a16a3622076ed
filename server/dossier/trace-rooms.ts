import type { Outcome } from "#server/benchmark/schema.ts";
import type { AnswerSource } from "#server/brief/schema.ts";
import type { LayerStatus } from "#server/decision/schema.ts";

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
  gateOutcome: string | null;
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
  if (answered === 0) return { state: "untouched", fact: "nothing answered yet" };
  const fact = `${answered} of ${asked}, ${unknown} unknown`;
  if (answered < asked) return { state: "in_progress", fact };
  const unconfirmed = sources.filter((source) => source === "preset").length;
  return { state: "done", fact: unconfirmed > 0 ? `${fact}, ${unconfirmed} preset` : fact };
}

function stateDecision({ statuses, proposals }: RoomsInput["decision"]): RoomState {
  const asked = statuses.filter((status) => status !== "not_applicable");
  const open = asked.filter(
    (status) => status === "undecided" || status === "tie" || status === "blocked",
  ).length;
  const picked = asked.length - open;
  if (proposals > 0) {
    return {
      state: "attention",
      fact: `${count(proposals, "measured answer waits", "measured answers wait")}`,
    };
  }
  if (picked === 0) return { state: "untouched", fact: "answers missing" };
  if (open > 0) return { state: "in_progress", fact: `${picked} of ${asked.length} layers decided` };
  return { state: "done", fact: `${asked.length} layers decided` };
}

function stateTeam({ people, needed, short }: RoomsInput["team"]): RoomState {
  if (people === 0) return { state: "untouched", fact: `${count(needed, "skill")} needed, nobody assessed` };
  if (short > 0) return { state: "in_progress", fact: `${short} of ${count(needed, "skill")} short` };
  return { state: "done", fact: `${count(needed, "skill")} covered` };
}

function statePlan({ startDate, tasks, done, nextGate }: RoomsInput["plan"], today: string): RoomState {
  if (startDate === null) return { state: "untouched", fact: "no start date" };
  const fact = `${done} of ${count(tasks, "task")} done`;
  if (tasks > 0 && done === tasks) return { state: "done", fact };
  if (nextGate !== null && nextGate.date < today) {
    return { state: "attention", fact: `gate ${nextGate.id} is past due` };
  }
  return { state: "in_progress", fact };
}

function stateScaffold(scaffold: RoomsInput["scaffold"]): RoomState {
  if (scaffold === null) return { state: "untouched", fact: "not handed out" };
  return {
    state: "done",
    fact: `${scaffold.template} ${scaffold.templateVersion}, ${scaffold.configSha256.slice(0, 7)}`,
  };
}

function stateBenchmark({ running, runs, outcomes }: RoomsInput["benchmark"]): RoomState {
  if (running) return { state: "in_progress", fact: "a run is under way" };
  if (runs === 0) return { state: "untouched", fact: "not run" };
  const of = (outcome: Outcome) => outcomes.filter((one) => one === outcome).length;
  if (of("fail") > 0) return { state: "attention", fact: count(of("fail"), "target fails", "targets fail") };
  if (of("inconclusive") > 0)
    return { state: "in_progress", fact: `${of("pass")} pass, ${of("inconclusive")} inconclusive` };
  return { state: "done", fact: count(of("pass"), "target passes", "targets pass") };
}

function stateDossier({ gateOutcome, benchmark }: RoomsInput): RoomState {
  if (gateOutcome !== null) return { state: "done", fact: gateOutcome.replaceAll("_", " ") };
  if (benchmark.runs > 0) return { state: "in_progress", fact: "waits for a person at gate D10" };
  return { state: "untouched", fact: "opens with the first run" };
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
