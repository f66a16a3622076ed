import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { PRESETS } from "#server/brief/presets.data.ts";
import { PilotSchedule } from "#server/plan/schema.ts";
import { TeamReport } from "#server/team/schema.ts";
import type { Command } from "./command.ts";
import { plan } from "./plan.ts";
import { exitCodeOf, sayError } from "./say-error.ts";
import { team } from "./team.ts";

const folder = mkdtempSync(join(tmpdir(), "pilotage-team-"));
const answers = PRESETS.find((preset) => preset.id === "rag_support")?.answers ?? {};
const SUPPORT = {
  schemaVersion: 1,
  project: { name: "Claims desk", kind: "rag", presetId: "rag_support" },
  answers,
};

async function call(command: Command, document: unknown, ...args: string[]) {
  const path = join(folder, "project.json");
  writeFileSync(path, typeof document === "string" ? document : JSON.stringify(document));
  let answer: unknown = null;
  let progress = "";
  try {
    const io = {
      answer: (value: unknown) => (answer = value),
      progress: (line: string) => (progress += line),
    };
    const exit = await command.run([path, ...args], io);
    return { exit, answer, progress, said: "" };
  } catch (error) {
    return { exit: exitCodeOf(error), answer, progress, said: sayError(error, false).split("\n")[0] ?? "" };
  }
}

describe("team", () => {
  test("says roles, requirements, gaps and hiring plan of a project file, and nothing else", async () => {
    const { exit, answer } = await call(team, SUPPORT);
    expect(exit).toBe(0);
    const report = TeamReport.parse(answer);
    expect(Object.keys(answer as object)).toEqual(["roles", "requirements", "gaps", "hiringPlan"]);
    const engineer = report.roles.find((role) => role.id === "MLE");
    expect(engineer?.requirements.find((r) => r.skillId === "S03")).toMatchObject({
      level: 3,
      importance: "must",
    });
    expect(report.hiringPlan[0]).toMatchObject({ action: "hire", roleId: "AIPE" });
  });

  test("measures the gaps of the people in the file", async () => {
    const ratings = [{ skillId: "S05", level: 3, source: "evidence", at: "2026-01-05" }];
    const people = [{ id: "a", alias: "Person A", roleId: "MLE", availabilityPct: 100, ratings }];
    const gapOf = async (asOf: string) => {
      const { answer } = await call(team, { ...SUPPORT, people }, "--as-of", asOf);
      return TeamReport.parse(answer).gaps.find((gap) => gap.skillId === "S05");
    };
    expect(await gapOf("2026-02-01")).toMatchObject({
      covered: 3,
      gap: 0,
      busFactor: 1,
      holders: ["a"],
      stale: false,
    });
    expect(await gapOf("2026-12-01")).toMatchObject({ stale: true });
  });

  test("with a start date close by, the same gaps are contracted", async () => {
    const dated = { ...SUPPORT, plan: { startDate: "2026-12-01" } };
    const { answer } = await call(team, dated, "--as-of", "2026-11-10");
    expect(TeamReport.parse(answer).hiringPlan[0]).toMatchObject({
      action: "contract",
      startBy: "2026-11-17",
    });
  });
});

describe("plan", () => {
  test("puts tasks and gates on real dates", async () => {
    const { exit, answer, progress } = await call(plan, SUPPORT, "--start", "2026-12-01");
    expect([exit, progress]).toEqual([0, ""]);
    const { tasks, gates } = PilotSchedule.parse(answer);
    expect(tasks[0]).toMatchObject({ id: "RAG-D1-1", day: 1, date: "2026-12-01", status: "todo" });
    expect(gates.map((gate) => gate.date)).toEqual(["2026-12-02", "2026-12-07", "2026-12-14"]);
  });

  test("a start on a Saturday moves to Monday and says so, beside the answer", async () => {
    const { answer, progress } = await call(plan, SUPPORT, "--start", "2026-12-05");
    expect(PilotSchedule.parse(answer).tasks[0]?.date).toBe("2026-12-07");
    expect(progress).toBe("2026-12-05 is a weekend; day 1 is 2026-12-07.");
  });

  test("reads date, holidays and states of the file; --start wins", async () => {
    const tasks = { "RAG-D1-1": { status: "done", artefact: "docs/charter.md" } };
    const file = { ...SUPPORT, plan: { startDate: "2026-12-01", holidays: ["2026-12-02"], tasks } };
    const own = PilotSchedule.parse((await call(plan, file)).answer);
    expect([own.tasks[0]?.status, own.gates[0]?.date]).toEqual(["done", "2026-12-03"]);
    const other = PilotSchedule.parse((await call(plan, file, "--start", "2027-01-04")).answer);
    expect(other.tasks[0]?.date).toBe("2027-01-04");
  });
});

describe("a bad project file", () => {
  const at = ["--start", "2026-12-01"];
  test.each([
    ["a misspelt key", { ...SUPPORT, anwsers: {} }, at, 65, "error[UNKNOWN_FIELD]"],
    [
      "a misspelt key inside",
      { ...SUPPORT, project: { ...SUPPORT.project, knd: "rag" } },
      at,
      65,
      "error[UNKNOWN_FIELD]",
    ],
    ["no version", { project: SUPPORT.project, answers }, at, 65, "error["],
    ["no answers", { schemaVersion: 1, project: SUPPORT.project }, at, 65, "error[REQUIRED]"],
    ["an unknown question", { ...SUPPORT, answers: { bond: "io" } }, at, 65, "error[UNKNOWN_QUESTION]"],
    ["an answer that isn't one", { ...SUPPORT, answers: { bound: "ioo" } }, at, 65, "error[ANSWER_INVALID]"],
    [
      "31 February in the file",
      { ...SUPPORT, plan: { startDate: "2026-02-31" } },
      [],
      65,
      "error[DATE_INVALID]",
    ],
    ["31 February as an option", SUPPORT, ["--start", "2026-02-31"], 2, "error[DATE_INVALID]"],
    ["no start date at all", SUPPORT, [], 2, "error[ARGUMENT_MISSING]"],
    [
      "no kind",
      { ...SUPPORT, project: { ...SUPPORT.project, kind: null }, answers: {} },
      at,
      65,
      "error[KIND_UNKNOWN]",
    ],
    [
      "a name of 10,000 characters",
      { ...SUPPORT, project: { ...SUPPORT.project, name: "x".repeat(10_000) } },
      at,
      65,
      "error[NAME_LENGTH]",
    ],
    [
      "an availability of 3700",
      { ...SUPPORT, people: [{ id: "a", alias: "A", roleId: null, availabilityPct: 3700, ratings: [] }] },
      at,
      65,
      "error[INVALID]",
    ],
    [
      "the same rating twice",
      {
        ...SUPPORT,
        people: [
          {
            id: "a",
            alias: "A",
            roleId: null,
            availabilityPct: 50,
            ratings: Array(2).fill({ skillId: "S05", level: 3, source: "peer", at: "2026-11-01" }),
          },
        ],
      },
      at,
      65,
      "error[RATING_TWICE]",
    ],
    ["not JSON", "{", at, 65, "error[BODY_NOT_JSON]"],
    ["an unknown option", SUPPORT, ["--strat", "2026-12-01"], 2, "error[USAGE]"],
    ["a second file", SUPPORT, [...at, "other.json"], 2, "error[ARGUMENT_UNKNOWN]"],
  ] as [string, unknown, string[], number, string][])(
    "%s is refused by name",
    async (_title, document, args, exit, said) => {
      const result = await call(plan, document, ...args);
      expect([result.exit, result.answer]).toEqual([exit, null]);
      expect(result.said).toContain(said);
    },
  );
});
