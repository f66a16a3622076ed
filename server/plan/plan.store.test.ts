import { expect, test } from "vitest";
import { createProject } from "#server/brief/store.ts";
import { WorkspaceId } from "#server/identity/schema.ts";
import { readChanges } from "#server/identity/store.ts";
import { newId } from "#server/new-id.ts";
import { onBothDatabases } from "#server/testing/open-test-database.ts";
import type { TaskState } from "./schema.ts";
import {
  decideGate,
  readGateDecisions,
  readPlan,
  replacePlan,
  savePlanDates,
  saveTaskState,
} from "./store.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 12, minute));
const TODO: TaskState = { status: "todo" };
const DONE: TaskState = { status: "done", artefact: "docs/charter.md" };

onBothDatabases("plans", (database) => {
  const setUp = async () => {
    const { db, owner } = database();
    const ws = owner.workspaceId;
    const me = owner.memberId;
    const name = `Desk ${newId("prj")}`;
    const { id: projectId } = await createProject(db, ws, me, { name, presetId: "rag_support" }, at(0));
    const dates = (startDate: string, version: number | null, holidays: string[] = []) =>
      savePlanDates(db, ws, me, { projectId, startDate, holidays, version }, at(1));
    const state = (taskId: string, next: TaskState, seen: TaskState) =>
      saveTaskState(db, ws, me, { projectId, taskId, state: next, seen }, at(2));
    return { db, ws, me, projectId, dates, state };
  };

  test("there is no plan until a start date is chosen", async () => {
    const { db, ws, projectId, dates, state } = await setUp();
    expect(await readPlan(db, ws, projectId)).toBe(null);
    await expect(state("RAG-D1-1", DONE, TODO)).rejects.toMatchObject({ code: "PLAN_WITHOUT_START" });
    expect(await dates("2026-12-01", null, ["2026-12-08"])).toMatchObject({
      startDate: "2026-12-01",
      holidays: ["2026-12-08"],
      tasks: {},
      version: 1,
    });
  });

  test("a stale change of dates is refused with both values", async () => {
    const { dates } = await setUp();
    await dates("2026-12-01", null);
    await dates("2026-12-02", 1);
    const data = { yours: { startDate: "2026-12-03" }, theirs: { startDate: "2026-12-02" } };
    await expect(dates("2026-12-03", 1)).rejects.toMatchObject({
      code: "VERSION_CONFLICT",
      detail: { data },
    });
    await expect(dates("2026-12-03", null)).rejects.toMatchObject({ code: "VERSION_CONFLICT" });
  });

  test("of two first starts at the same moment one wins and the other is told", async () => {
    const { db, ws, projectId, dates } = await setUp();
    const results = await Promise.allSettled([dates("2026-12-01", null), dates("2026-12-02", null)]);
    const lost = results.filter((result) => result.status === "rejected");
    expect(lost).toHaveLength(1);
    expect(lost[0]?.reason).toMatchObject({ code: "VERSION_CONFLICT" });
    expect((await readPlan(db, ws, projectId))?.version).toBe(1);
  });

  test("a task's state is kept, taken back, and survives a change of dates", async () => {
    const { db, ws, projectId, dates, state } = await setUp();
    await dates("2026-12-01", null);
    await state("RAG-D1-1", DONE, TODO);
    await state("RAG-D1-2", { status: "doing" }, TODO);
    await state("RAG-D1-2", TODO, { status: "doing" });
    await dates("2026-12-07", 4);
    expect((await readPlan(db, ws, projectId))?.tasks).toEqual({ "RAG-D1-1": DONE });
  });

  test("two people on different tasks do not disturb each other; on the same task the second sees both states", async () => {
    const { dates, state } = await setUp();
    await dates("2026-12-01", null);
    await state("RAG-D1-1", DONE, TODO);
    await state("RAG-D1-2", { status: "doing" }, TODO);
    const late = state("RAG-D1-1", { status: "doing" }, TODO);
    const data = { yours: { status: "doing" }, theirs: DONE };
    await expect(late).rejects.toMatchObject({ code: "VERSION_CONFLICT", detail: { data } });
  });

  test("every change is in the history with before and after", async () => {
    const { db, ws, projectId, dates, state } = await setUp();
    await dates("2026-12-01", null);
    await state("RAG-D1-1", DONE, TODO);
    const [second, first] = (await readChanges(db, ws, projectId, 10)).filter(
      (change) => change.entity === "plan",
    );
    expect([first?.action, second?.action]).toEqual(["create", "update"]);
    expect(second).toMatchObject({ before: { tasks: {} }, after: { tasks: { "RAG-D1-1": DONE } } });
  });

  test("a file replaces dates and states in one go", async () => {
    const { db, ws, me, projectId } = await setUp();
    const file = { projectId, startDate: "2027-01-04", holidays: [], tasks: { "RAG-D1-1": DONE } };
    await replacePlan(db, ws, me, file, at(1));
    expect(await replacePlan(db, ws, me, { ...file, tasks: {} }, at(2))).toMatchObject({
      tasks: {},
      version: 2,
    });
  });

  test("a gate's decision is a person's, and an older one stays in the record", async () => {
    const { db, ws, me, projectId } = await setUp();
    const gate = { projectId, gate: 2 as const, rationale: "Set frozen.", runId: null };
    const first = await decideGate(db, ws, me, { ...gate, outcome: "go", seenAt: null }, at(1));
    const blind = decideGate(db, ws, me, { ...gate, outcome: "stop", seenAt: null }, at(2));
    await expect(blind).rejects.toMatchObject({
      code: "VERSION_CONFLICT",
      detail: { data: { theirs: { outcome: "go" } } },
    });
    await decideGate(db, ws, me, { ...gate, outcome: "pivot", seenAt: first.at }, at(3));
    expect(await readGateDecisions(db, ws, projectId)).toMatchObject([
      { gate: 2, outcome: "pivot", memberId: me },
    ]);
    expect(await db.gateOutcome.count({ where: { projectId } })).toBe(2);
  });

  test("another workspace finds nothing and can change nothing", async () => {
    const { db, me, ws, projectId, dates } = await setUp();
    await dates("2026-12-01", null);
    const stranger = WorkspaceId.parse(newId("wsp"));
    expect(await readPlan(db, stranger, projectId)).toBe(null);
    const theft = { projectId, startDate: "2027-01-04", holidays: [], version: 1 };
    await expect(savePlanDates(db, stranger, me, theft, at(2))).rejects.toMatchObject({ code: "NOT_FOUND" });
    const gate = {
      projectId,
      gate: 2 as const,
      outcome: "go" as const,
      rationale: "x",
      runId: null,
      seenAt: null,
    };
    await expect(decideGate(db, stranger, me, gate, at(2))).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await readGateDecisions(db, ws, projectId)).toEqual([]);
  });
});
