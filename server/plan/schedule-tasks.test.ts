import { describe, expect, it } from "vitest";
import { ProjectKind } from "#server/brief/schema.ts";
import { weekdayOf } from "#server/team/shift-date.ts";
import { measureProgress } from "./measure-progress.ts";
import { rateRisks } from "./rate-risks.ts";
import { RISKS } from "./risks.data.ts";
import { listWorkingDays, type ScheduleQuestion, scheduleTasks } from "./schedule-tasks.ts";
import { GateTemplate, Holidays, PilotSchedule, PlanInput, Risk, TaskState, TaskTemplate } from "./schema.ts";
import { PILOTS } from "./tasks.data.ts";

function schedule(over: Partial<ScheduleQuestion> = {}) {
  return scheduleTasks({
    kind: "rag",
    startDate: "2026-12-01",
    holidays: [],
    states: {},
    outcomes: {},
    ...over,
  });
}

describe("ten working days on the calendar", () => {
  it.each([
    ["a Tuesday", "2026-12-01", [], "2026-12-01", "2026-12-14", null],
    ["a Monday", "2026-11-30", [], "2026-11-30", "2026-12-11", null],
    ["a Saturday moves to Monday", "2026-12-05", [], "2026-12-07", "2026-12-18", "weekend"],
    ["a Sunday moves to Monday", "2026-12-06", [], "2026-12-07", "2026-12-18", "weekend"],
    ["a holiday moves on", "2026-12-24", ["2026-12-24", "2026-12-25"], "2026-12-28", "2027-01-08", "holiday"],
    [
      "holidays inside push the end",
      "2026-12-21",
      ["2026-12-24", "2026-12-25", "2027-01-01"],
      "2026-12-21",
      "2027-01-06",
      null,
    ],
    ["a holiday on a Sunday changes nothing", "2026-12-01", ["2026-12-06"], "2026-12-01", "2026-12-14", null],
    ["over a leap day", "2028-02-23", [], "2028-02-23", "2028-03-07", null],
    ["over the change of the clocks", "2027-03-22", [], "2027-03-22", "2027-04-02", null],
    ["over the year", "2026-12-28", [], "2026-12-28", "2027-01-08", null],
  ])("%s", (_title, startDate, holidays, first, last, reason) => {
    const { dates, startMoved } = schedule({ startDate, holidays });
    expect([dates.length, dates[0], dates.at(-1)]).toEqual([10, first, last]);
    expect(startMoved).toEqual(reason === null ? null : { from: startDate, to: first, reason });
  });

  it("never falls on a weekend or a holiday, wherever it begins", () => {
    const holidays = ["2026-12-24", "2026-12-25", "2026-12-28", "2027-01-01"];
    for (let day = 1; day <= 31; day += 1) {
      const startDate = `2026-12-${String(day).padStart(2, "0")}`;
      const dates = listWorkingDays(startDate, holidays, 10);
      expect(dates.filter((date) => weekdayOf(date) > 4 || holidays.includes(date))).toEqual([]);
      expect([...new Set(dates)].sort()).toEqual(dates);
    }
  });

  it("a whole year of holidays only moves the start", () => {
    const holidays = listWorkingDays("2026-12-01", [], 260);
    expect(schedule({ holidays }).dates).toHaveLength(10);
  });

  it("tasks and gates carry their day's date; without a start there is none, and the plan still stands", () => {
    const { tasks, gates } = PilotSchedule.parse({ tasks: schedule().tasks, gates: schedule().gates });
    expect(tasks.find((task) => task.id === "RAG-D4-2")?.date).toBe("2026-12-04");
    expect(gates.map((gate) => [gate.id, gate.day, gate.date])).toEqual([
      ["RAG-D2-G", 2, "2026-12-02"],
      ["RAG-D5-G", 5, "2026-12-07"],
      ["RAG-D10-G", 10, "2026-12-14"],
    ]);
    const undated = schedule({ startDate: null });
    expect(undated.tasks.every((task) => task.date === null)).toBe(true);
    expect(undated.tasks).toHaveLength(tasks.length);
  });

  it.each(ProjectKind.options)("a %s project has ten days of work and its three gates", (kind) => {
    const { tasks, gates, pilot } = schedule({ kind });
    expect(new Set(tasks.map((task) => task.day))).toEqual(new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
    expect(gates.map((gate) => gate.day)).toEqual([2, 5, 10]);
    expect(pilot).toBe(kind === "classification" || kind === "forecast" ? "mlops" : "rag");
  });
});

describe("the catalogues", () => {
  it.each(["rag", "mlops"] as const)(
    "%s: every id is unique and known, every day matches its id, nothing waits in a circle",
    (pilot) => {
      const { tasks, gates } = PILOTS[pilot];
      for (const task of tasks) TaskTemplate.parse(task);
      for (const gate of gates) GateTemplate.parse(gate);
      const ids = [...tasks, ...gates].map((item) => item.id);
      expect(new Set(ids).size).toBe(ids.length);
      const scheduled = schedule({ kind: pilot === "rag" ? "rag" : "forecast" }).tasks;
      const dayOf = new Map(scheduled.map((task) => [task.id, task.day]));
      const settled = new Set<string>();
      for (const task of scheduled) {
        expect(Number(/-D(\d+)-/.exec(task.id)?.[1])).toBe(task.day);
        expect(task.dependsOn.filter((id) => !dayOf.has(id))).toEqual([]);
        // In the order of the table everything that is waited for stands before: so there is no circle.
        expect(task.dependsOn.filter((id) => !settled.has(id))).toEqual([]);
        settled.add(task.id);
      }
    },
  );

  it.each([
    ["RAG-D2-2", ["RAG-D2-1"]],
    ["RAG-D3-2", ["RAG-D3-1"]],
    ["RAG-D3-3", ["RAG-D3-2", "RAG-D2-2"]],
    ["RAG-D5-1", ["RAG-D4-1", "RAG-D4-2", "RAG-D4-3"]],
    ["RAG-D9-3", ["RAG-D6-1", "RAG-D6-2", "RAG-D6-3"]],
    ["RAG-D1-1", []],
  ])("%s waits for %j", (id, dependsOn) => {
    expect(schedule().tasks.find((task) => task.id === id)?.dependsOn).toEqual(dependsOn);
  });

  it("the decision pack waits for every report", () => {
    const { tasks } = schedule();
    const pack = tasks.find((task) => task.id === "RAG-D10-1");
    const reports = tasks.filter((task) => task.artefact.path?.startsWith("reports/")).map((task) => task.id);
    expect(pack?.dependsOn).toEqual(expect.arrayContaining(reports));
  });
});

describe("the state of a task", () => {
  it.each([
    [{ status: "done" }, false],
    [{ status: "done", artefact: "" }, false],
    [{ status: "done", artefact: "   " }, false],
    [{ status: "done", artefact: "docs/charter.md" }, true],
    [{ status: "waived" }, false],
    [{ status: "waived", reason: "no users yet" }, false],
    [{ status: "waived", reason: "no users yet", reviewer: "Ada" }, true],
    [{ status: "blocked" }, false],
    [{ status: "blocked", reason: "waiting for access" }, true],
    [{ status: "done", artefact: "a\u202eb" }, false],
    [{ status: "done", artefact: "x".repeat(301) }, false],
    [{ status: "todo", artefact: "x" }, false],
    [{ status: "finished" }, false],
  ])("%j is accepted: %s", (state, accepted) => {
    expect(TaskState.safeParse(state).success).toBe(accepted);
  });

  it("shows in the schedule, and progress counts done tasks among those not waived", () => {
    const states = {
      "RAG-D1-1": { status: "done" as const, artefact: "docs/charter.md" },
      "RAG-D1-2": { status: "waived" as const, reason: "no history", reviewer: "Ada" },
      "RAG-D1-3": { status: "doing" as const },
    };
    const { tasks } = schedule({ states });
    expect(tasks.slice(0, 4).map((task) => task.status)).toEqual(["done", "waived", "doing", "todo"]);
    expect(measureProgress(tasks)).toEqual({ done: 1, outOf: 29, waived: 1, sharePct: 100 / 29 });
  });

  it("a plan that waived everything has shown nothing", () => {
    expect(measureProgress([{ status: "waived" }])).toEqual({ done: 0, outOf: 0, waived: 1, sharePct: 0 });
  });
});

describe("dates people type", () => {
  it.each(["2026-02-31", "9999-01-01", "1.12.2026", ""])(
    "%j as a start or a holiday is refused by name",
    (date) => {
      const start = PlanInput.safeParse({ startDate: date });
      const holiday = PlanInput.safeParse({ startDate: "2026-12-01", holidays: [date] });
      expect(start.error?.issues[0]).toMatchObject({ path: ["startDate"], params: { code: "DATE_INVALID" } });
      expect(holiday.error?.issues[0]).toMatchObject({
        path: ["holidays", 0],
        params: { code: "DATE_INVALID" },
      });
    },
  );

  it("holidays are kept once, in order", () => {
    expect(Holidays.parse(["2026-12-25", "2026-12-24", "2026-12-25"])).toEqual(["2026-12-24", "2026-12-25"]);
  });
});

describe("the starting risks", () => {
  it("are fifteen, with tasks that exist", () => {
    expect(RISKS).toHaveLength(15);
    const ids = new Set([...PILOTS.rag.tasks, ...PILOTS.mlops.tasks].map((task) => task.id));
    for (const risk of RISKS) expect(Risk.parse(risk).tasks.filter((id) => !ids.has(id))).toEqual([]);
  });

  it("stand worst first, red from 15, amber from 8, and only where they can happen", () => {
    const risks = rateRisks("rag", "RAG");
    expect(risks[0]).toMatchObject({ id: "R-01", score: 16, band: "red", tasks: ["RAG-D4-2", "RAG-D9-2"] });
    expect(risks.map((risk) => risk.score)).toEqual(
      risks.map((risk) => risk.score).toSorted((a, b) => b - a),
    );
    expect(risks.find((risk) => risk.id === "R-05")?.band).toBe("amber");
    expect(risks.find((risk) => risk.id === "R-08")?.band).toBe("green");
    expect(risks.some((risk) => risk.id === "R-04")).toBe(false);
    expect(rateRisks("agent", "RAG").some((risk) => risk.id === "R-04")).toBe(true);
    expect(rateRisks("forecast", "ML").some((risk) => risk.id === "R-02")).toBe(false);
  });
});
