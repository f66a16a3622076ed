import { expect, test } from "vitest";
import { newId } from "#server/new-id.ts";
import { callAs } from "#server/testing/call-as.ts";
import { onBothDatabases } from "#server/testing/open-test-database.ts";

const now = () => new Date(2026, 10, 20, 12);

onBothDatabases("team and plan through their procedures", (database) => {
  const setUp = async (presetId: "rag_support" | "blank" = "rag_support") => {
    const { db, owner } = database();
    const api = callAs(db, owner, now);
    const { id: projectId } = await api.brief.createProject({ name: `Desk ${newId("prj")}`, presetId });
    return { api, projectId };
  };

  test("rating a person closes a gap, and a start date turns hiring into a contract", async () => {
    const { api, projectId } = await setUp();
    const before = await api.team.read({ projectId });
    expect(before.report?.hiringPlan[0]).toMatchObject({ action: "hire", startBy: null });
    const facts = { alias: "Person A", roleId: "MLE" as const, availabilityPct: 100 };
    const person = await api.team.addPerson({ projectId, ...facts });
    const rating = { skillId: "S05", source: "peer" as const, level: 3, seen: null };
    await api.team.ratePerson({ projectId, personId: person.id, ...rating });
    await api.plan.saveDates({ projectId, startDate: "2026-12-05", holidays: [], version: null });
    const { report, pilotStart, held } = await api.team.read({ projectId });
    expect(report?.gaps.find((gap) => gap.skillId === "S05")).toMatchObject({ gap: 0, holders: [person.id] });
    expect(report?.hiringPlan[0]?.action).toBe("contract");
    expect([pilotStart, held.S05, held.S01]).toEqual(["2026-12-07", 3, null]);
  });

  test("a project without a kind has no team to require, and a plan that waits", async () => {
    const { api, projectId } = await setUp("blank");
    expect((await api.team.read({ projectId })).report).toBe(null);
    expect((await api.plan.read({ projectId })).schedule.dates).toEqual([]);
  });

  test("the plan says the move of its start, the progress and the decided gate", async () => {
    const { api, projectId } = await setUp();
    await api.plan.saveDates({ projectId, startDate: "2026-12-05", holidays: ["2026-12-07"], version: null });
    const state = { status: "done" as const, artefact: "docs/charter.md" };
    await api.plan.saveTask({ projectId, taskId: "RAG-D1-1", state, seen: { status: "todo" } });
    const gate = {
      projectId,
      gate: 2 as const,
      outcome: "go" as const,
      rationale: "Frozen.\nSigned.",
      seenAt: null,
    };
    await api.plan.decideGate(gate);
    const plan = await api.plan.read({ projectId });
    expect(plan.schedule.startMoved).toEqual({ from: "2026-12-05", to: "2026-12-08", reason: "weekend" });
    expect(plan.progress).toMatchObject({ done: 1, outOf: 30 });
    expect(plan.schedule.gates[0]).toMatchObject({ day: 2, outcome: "go" });
  });

  test("what does not fit is refused before anything is written", async () => {
    const { api, projectId } = await setUp();
    const dates = { projectId, holidays: [], version: null };
    await expect(api.plan.saveDates({ ...dates, startDate: "2026-02-31" })).rejects.toThrow(
      /exists on the calendar/,
    );
    await api.plan.saveDates({ ...dates, startDate: "2026-12-01" });
    const unknown = {
      projectId,
      taskId: "RAG-D1-9",
      state: { status: "doing" as const },
      seen: { status: "todo" as const },
    };
    await expect(api.plan.saveTask(unknown)).rejects.toMatchObject({ cause: { code: "NOT_FOUND" } });
    const person = { projectId, alias: "A\u202eB", roleId: null, availabilityPct: 50 };
    await expect(api.team.addPerson(person)).rejects.toThrow(/direction character at position 2/);
    await expect(api.team.addPerson({ ...person, alias: "A", availabilityPct: 3700 })).rejects.toThrow();
    expect((await api.team.read({ projectId })).people).toEqual([]);
  });
});
