import { expect, test } from "vitest";
import { newId } from "#server/new-id.ts";
import { callAs } from "#server/testing/call-as.ts";
import { onBothDatabases } from "#server/testing/open-test-database.ts";

const NOW = () => new Date("2026-11-20T12:00:00Z");

onBothDatabases("the trace looks at every room", (database) => {
  const setUp = async () => {
    const { db, owner } = database();
    const api = callAs(db, owner, NOW);
    const name = `Desk ${newId("prj")}`;
    const project = await api.brief.createProject({ name, presetId: "rag_support" });
    return { api, db, owner, name, projectId: project.id };
  };

  test("a new project from a preset has its picks, no dates, and one next step", async () => {
    const { api, projectId } = await setUp();
    const trace = await api.trace.read({ projectId });
    expect(trace.rows).toHaveLength(9);
    expect(trace.days).toEqual([]);
    expect(trace.next).toMatchObject({ room: "brief", action: "Check the answers" });
    expect(trace.rows.find((row) => row.layer === "hotpath")).toMatchObject({
      answer: { said: "bound = io", source: "preset" },
      pick: { id: "py_asyncio" },
      measured: { kind: "not_run" },
    });
  });

  test("an answer that a person gives shows in the trace and in the spine", async () => {
    const { api, projectId } = await setUp();
    await api.brief.saveAnswer({ projectId, questionId: "bound", value: "cpu" });
    const { rows, next } = await api.trace.read({ projectId });
    expect(rows.find((row) => row.layer === "hotpath")).toMatchObject({
      answer: { said: "bound = cpu", source: "user" },
      pick: { id: "py_native_libs" },
    });
    expect(next).toMatchObject({ room: "team" });
    const { rooms } = await api.trace.readRooms({ projectId });
    expect(rooms.plan).toEqual({ state: "untouched", fact: "no start date" });
    expect(rooms.decision.state).toBe("done");
  });

  test("a blank project leaves what hangs on answers open and asks for the first one", async () => {
    const { api } = await setUp();
    const blank = await api.brief.createProject({ name: `Blank ${newId("prj")}`, presetId: "blank" });
    const { rows, next, lead } = await api.trace.read({ projectId: blank.id });
    expect(rows.find((row) => row.layer === "hotpath")).toMatchObject({ pick: null, answer: null, gaps: [] });
    expect(next).toMatchObject({ room: "brief", at: "?q=next" });
    expect(lead).toMatch(/layers are decided. Nothing is measured yet.$/);
  });

  test("the list shows stage, next step and verdict, a page at a time, without deleted projects", async () => {
    const { api, name, projectId } = await setUp();
    const { projects, page } = await api.trace.listProjects({});
    expect(page).toBe(1);
    expect(projects.find((project) => project.id === projectId)).toMatchObject({
      name,
      verdicts: null,
      next: { room: "brief" },
      rooms: { benchmark: { state: "untouched", fact: "not run" } },
    });
    await api.brief.deleteProject({ projectId });
    const after = await api.trace.listProjects({});
    expect(after.projects.map((project) => project.id)).not.toContain(projectId);
    expect((await api.trace.listProjects({ page: 9_999 })).projects).toEqual([]);
  });

  test("a stranger is told the project doesn't exist", async () => {
    const { db, owner, projectId } = await setUp();
    const stranger = callAs(db, { ...owner, workspaceId: newId("wsp") as typeof owner.workspaceId }, NOW);
    for (const read of [stranger.trace.read, stranger.trace.readRooms]) {
      await expect(read({ projectId })).rejects.toMatchObject({ cause: { code: "NOT_FOUND" } });
    }
  });
});
