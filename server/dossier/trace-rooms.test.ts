import { describe, expect, test } from "vitest";
import { traceNext } from "./trace-next.ts";
import { type RoomsInput, traceRooms } from "./trace-rooms.ts";

const fresh: RoomsInput = {
  brief: { asked: 29, answered: 21, unknown: 0, sources: ["preset"] },
  decision: { statuses: ["decided", "decided", "not_applicable"], proposals: 0 },
  team: { people: 0, needed: 11, short: 11 },
  plan: { startDate: null, tasks: 33, done: 0, nextGate: null },
  scaffold: null,
  benchmark: { running: false, runs: 0, outcomes: [] },
  gateOutcome: null,
  today: "2026-12-10",
};
const plan = { startDate: "2026-11-30", tasks: 33, done: 28, nextGate: { id: "D10", date: "2026-12-11" } };
const scaffold = { template: "rag", templateVersion: "1.0.3", configSha256: "7c41e9abcdef" };
const staffed = { people: 3, needed: 11, short: 0 };

describe("each room says its state and one fact", () => {
  const cases: [string, keyof ReturnType<typeof traceRooms>, Partial<RoomsInput>, string, string][] = [
    ["a half answered brief", "brief", {}, "in_progress", "21 of 29, 0 unknown"],
    [
      "an empty brief",
      "brief",
      { brief: { asked: 29, answered: 0, unknown: 0, sources: [] } },
      "untouched",
      "nothing answered yet",
    ],
    [
      "a full brief",
      "brief",
      { brief: { asked: 29, answered: 29, unknown: 3, sources: ["user"] } },
      "done",
      "29 of 29, 3 unknown",
    ],
    ["every layer decided", "decision", {}, "done", "2 layers decided"],
    [
      "a tie",
      "decision",
      { decision: { statuses: ["decided", "tie"], proposals: 0 } },
      "in_progress",
      "1 of 2 layers decided",
    ],
    [
      "a measured answer",
      "decision",
      { decision: { statuses: ["decided"], proposals: 1 } },
      "attention",
      "1 measured answer waits",
    ],
    ["nobody on the team", "team", {}, "untouched", "11 skills needed, nobody assessed"],
    [
      "a short team",
      "team",
      { team: { people: 2, needed: 11, short: 3 } },
      "in_progress",
      "3 of 11 skills short",
    ],
    ["a covered team", "team", { team: staffed }, "done", "11 skills covered"],
    ["a plan without dates", "plan", {}, "untouched", "no start date"],
    ["a plan under way", "plan", { plan }, "in_progress", "28 of 33 tasks done"],
    [
      "a gate that passed undecided",
      "plan",
      { plan, today: "2026-12-12" },
      "attention",
      "gate D10 is past due",
    ],
    ["a pilot handed out", "scaffold", { scaffold }, "done", "rag 1.0.3, 7c41e9a"],
    [
      "a run under way",
      "benchmark",
      { benchmark: { running: true, runs: 0, outcomes: [] } },
      "in_progress",
      "a run is under way",
    ],
    [
      "a failed target",
      "benchmark",
      { benchmark: { running: false, runs: 1, outcomes: ["pass", "fail"] } },
      "attention",
      "1 target fails",
    ],
    [
      "an open verdict",
      "benchmark",
      { benchmark: { running: false, runs: 1, outcomes: ["pass", "inconclusive"] } },
      "in_progress",
      "1 pass, 1 inconclusive",
    ],
    ["a decided gate", "dossier", { gateOutcome: "go_with_conditions" }, "done", "go with conditions"],
  ];
  test.each(cases)("%s", (_, room, change, state, fact) => {
    expect(traceRooms({ ...fresh, ...change })[room]).toEqual({ state, fact });
  });
});

describe("there is always one next step", () => {
  const passed = { running: false, runs: 1, outcomes: ["pass" as const] };
  const cases: [string, Partial<RoomsInput>, number, string, string][] = [
    ["a preset nobody looked at is checked first", {}, 0, "brief", "Check the answers"],
    [
      "open layers ask for answers",
      { decision: { statuses: ["tie"], proposals: 0 } },
      1,
      "brief",
      "Answer the next question",
    ],
    ["a decided project needs people", {}, 1, "team", "Say who is on the team"],
    ["people need a date", { team: staffed }, 1, "plan", "Set the start date"],
    ["a plan needs a pilot", { team: staffed, plan }, 1, "scaffold", "Hand out the pilot"],
    ["a pilot is measured", { team: staffed, plan, scaffold }, 1, "benchmark", "Run the benchmark"],
    [
      "a measured answer waits before everything else",
      { decision: { statuses: ["decided"], proposals: 2 } },
      1,
      "benchmark",
      "Look at the measured answers",
    ],
    [
      "clear verdicts go to the gate",
      { team: staffed, plan, scaffold, benchmark: passed },
      1,
      "dossier",
      "Decide at the gate",
    ],
    [
      "a decided gate opens the dossier",
      { team: staffed, plan, scaffold, benchmark: passed, gateOutcome: "go" },
      1,
      "dossier",
      "Open the dossier",
    ],
  ];
  test.each(cases)("%s", (_, change, confirmed, room, action) => {
    expect(traceNext(traceRooms({ ...fresh, ...change }), confirmed)).toMatchObject({ room, action });
  });
});
