import { expect, test } from "vitest";
import { MemberId, WorkspaceId } from "#server/identity/schema.ts";
import { readChanges } from "#server/identity/store.ts";
import { newId } from "#server/new-id.ts";
import { onBothDatabases } from "#server/testing/open-test-database.ts";
import { collectAnswers } from "./collect-answers.ts";
import { deleteProject, restoreProject } from "./lifecycle-store.ts";
import { PRESETS } from "./presets.data.ts";
import {
  createProject,
  listProjects,
  readAnswerHistory,
  readAnswers,
  readProject,
  renameProject,
  saveAnswer,
  saveAnswers,
} from "./store.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 12, minute));

onBothDatabases("projects and answers", (database) => {
  const setUp = async (presetId: "rag_support" | "blank" = "rag_support") => {
    const { db, owner } = database();
    const name = `Desk ${newId("prj")}`;
    const project = await createProject(db, owner.workspaceId, owner.memberId, { name, presetId }, at(0));
    return { db, ws: owner.workspaceId, me: owner.memberId, project, name };
  };

  test("a new project holds the answers of its preset, marked as such", async () => {
    const { db, ws, project } = await setUp();
    const answers = await readAnswers(db, ws, project.id);
    expect(collectAnswers(answers)).toEqual(PRESETS[0]?.answers);
    expect(new Set(answers.map((answer) => answer.source))).toEqual(new Set(["preset"]));
    expect(project).toMatchObject({ kind: "rag", presetId: "rag_support", version: 1 });
  });

  test("a blank project has no kind until somebody answers it", async () => {
    const { db, ws, me, project } = await setUp("blank");
    expect(project.kind).toBe(null);
    await saveAnswer(
      db,
      ws,
      me,
      { projectId: project.id, questionId: "project", value: "forecast", source: "user" },
      at(1),
    );
    expect((await readProject(db, ws, project.id)).kind).toBe("forecast");
  });

  test("the newest answer counts and every older one stays", async () => {
    const { db, ws, me, project } = await setUp();
    const answer = { projectId: project.id, questionId: "bound" };
    await saveAnswer(db, ws, me, { ...answer, value: "mixed", source: "user", note: "Ada said so" }, at(1));
    await saveAnswer(db, ws, me, { ...answer, value: "cpu", source: "measured", runId: "run_1" }, at(2));
    const newest = (await readAnswers(db, ws, project.id)).find((one) => one.questionId === "bound");
    expect(newest).toMatchObject({ value: "cpu", source: "measured", runId: "run_1", answeredBy: me });
    const history = await readAnswerHistory(db, ws, project.id, { questionId: "bound", take: 10 });
    expect(history.map((one) => one.value)).toEqual(["cpu", "mixed", "io"]);
  });

  test("whoever answers what somebody else answered meanwhile sees both", async () => {
    const { db, ws, me, project } = await setUp();
    const answer = { projectId: project.id, questionId: "bound", source: "user" as const };
    const seen = at(0).toISOString();
    const first = await saveAnswer(db, ws, me, { ...answer, value: "gpu", seenAt: seen }, at(1));
    await expect(
      saveAnswer(db, ws, me, { ...answer, value: "cpu", seenAt: seen }, at(2)),
    ).rejects.toMatchObject({
      code: "ANSWER_CONFLICT",
      detail: { data: { yours: "cpu", theirs: "gpu", answeredAt: first.answeredAt } },
    });
    await saveAnswer(db, ws, me, { ...answer, value: "cpu", seenAt: first.answeredAt }, at(3));
    await expect(
      saveAnswer(db, ws, me, { ...answer, questionId: "labelled", value: 4, seenAt: null }, at(3)),
    ).resolves.toMatchObject({ value: 4 });
  });

  test("two people answering at once both leave a trace, and one of them is told", async () => {
    const { db, ws, me, project } = await setUp();
    const seenAt = at(0).toISOString();
    const answers = ["cpu", "gpu"].map((value, index) =>
      saveAnswer(
        db,
        ws,
        me,
        { projectId: project.id, questionId: "bound", value, source: "user", seenAt },
        at(1 + index),
      ),
    );
    const settled = await Promise.allSettled(answers);
    expect(settled.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test("several answers are saved together or not at all", async () => {
    const { db, ws, me, project } = await setUp();
    const measured = { projectId: project.id, source: "measured" as const, runId: "run_1" };
    const bad = { ...measured, questionId: "steps", value: 3, seenAt: at(59).toISOString() };
    const good = { ...measured, questionId: "bound", value: "cpu" };
    await expect(saveAnswers(db, ws, me, [good, bad], at(1))).rejects.toMatchObject({
      code: "ANSWER_CONFLICT",
    });
    expect(collectAnswers(await readAnswers(db, ws, project.id)).bound).toBe("io");
    expect(await saveAnswers(db, ws, me, [good], at(2))).toHaveLength(1);
  });

  test("a name is taken whatever its case, and free again once its project is deleted", async () => {
    const { db, ws, me, project, name } = await setUp();
    const again = () => createProject(db, ws, me, { name: name.toUpperCase(), presetId: "blank" }, at(1));
    await expect(again()).rejects.toMatchObject({ kind: "conflict", code: "NAME_TAKEN" });
    await deleteProject(db, ws, me, project.id, at(2));
    const other = await again();
    await expect(restoreProject(db, ws, me, project.id, at(3))).rejects.toMatchObject({ code: "NAME_TAKEN" });
    await deleteProject(db, ws, me, other.id, at(4));
    expect(await restoreProject(db, ws, me, project.id, at(5))).toMatchObject({ name });
    expect((await readAnswers(db, ws, project.id)).length).toBeGreaterThan(20);
  });

  test("two projects of one name created at once end as one", async () => {
    const { db, ws, me } = await setUp();
    const name = `Race ${newId("prj")}`;
    const both = [0, 1].map(() => createProject(db, ws, me, { name, presetId: "blank" }, at(1)));
    const settled = await Promise.allSettled(both);
    expect(settled.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    expect(settled.find((one) => one.status === "rejected")).toMatchObject({
      reason: { code: "NAME_TAKEN" },
    });
  });

  test("a stale rename shows both names", async () => {
    const { db, ws, me, project, name } = await setUp();
    await renameProject(db, ws, me, { projectId: project.id, name: `${name} B`, version: 1 }, at(1));
    await expect(
      renameProject(db, ws, me, { projectId: project.id, name: `${name} C`, version: 1 }, at(2)),
    ).rejects.toMatchObject({
      code: "VERSION_CONFLICT",
      detail: { data: { yours: `${name} C`, theirs: `${name} B`, version: 2 } },
    });
  });

  test("a deleted project is absent everywhere and can't be changed", async () => {
    const { db, ws, me, project } = await setUp();
    await deleteProject(db, ws, me, project.id, at(1));
    const absent = { kind: "absent", code: "NOT_FOUND" };
    const answer = { projectId: project.id, questionId: "bound", value: "cpu", source: "user" as const };
    await expect(readProject(db, ws, project.id)).rejects.toMatchObject(absent);
    await expect(saveAnswer(db, ws, me, answer, at(2))).rejects.toMatchObject(absent);
    await expect(deleteProject(db, ws, me, project.id, at(2))).rejects.toMatchObject(absent);
  });

  test("a stranger is told the project doesn't exist", async () => {
    const { db, me, project } = await setUp();
    const stranger = WorkspaceId.parse(newId("wsp"));
    const absent = { kind: "absent", code: "NOT_FOUND" };
    const answer = { projectId: project.id, questionId: "bound", value: "cpu", source: "user" as const };
    await expect(readProject(db, stranger, project.id)).rejects.toMatchObject(absent);
    await expect(saveAnswer(db, stranger, MemberId.parse(me), answer, at(1))).rejects.toMatchObject(absent);
    expect(await readAnswers(db, stranger, project.id)).toEqual([]);
    expect(await listProjects(db, stranger, { skip: 0, take: 10 })).toEqual({ projects: [], total: 0 });
  });

  test("every change leaves who, what, before and after", async () => {
    const { db, ws, me, project, name } = await setUp();
    await saveAnswer(
      db,
      ws,
      me,
      { projectId: project.id, questionId: "bound", value: "cpu", source: "user" },
      at(1),
    );
    await renameProject(db, ws, me, { projectId: project.id, name: `${name} B`, version: 1 }, at(2));
    await deleteProject(db, ws, me, project.id, at(3));
    await restoreProject(db, ws, me, project.id, at(4));
    const changes = await readChanges(db, ws, project.id, 10);
    expect(changes.map((change) => [change.entity, change.action])).toEqual([
      ["project", "restore"],
      ["project", "delete"],
      ["project", "update"],
      ["answer", "update"],
      ["project", "create"],
    ]);
    expect(changes[3]).toMatchObject({ memberId: me, before: { value: "io" }, after: { value: "cpu" } });
  });

  test("a page of a list of a thousand comes quickly and in order", async () => {
    const { db, owner } = database();
    const ws = WorkspaceId.parse(newId("wsp"));
    const times = { createdAt: at(0), updatedAt: at(0) };
    await db.workspace.create({ data: { id: ws, name: "Big", locale: "en", currency: "EUR", ...times } });
    await db.project.createMany({
      data: Array.from({ length: 1000 }, (_, i) => ({
        id: newId("prj"),
        workspaceId: ws,
        name: `P ${i}`,
        nameKey: `p ${i}`,
        kind: "rag",
        presetId: "blank",
        createdAt: at(0),
        updatedAt: new Date(at(0).getTime() + i),
      })),
    });
    const started = performance.now();
    const page = await listProjects(db, ws, { skip: 20, take: 20 });
    expect(performance.now() - started).toBeLessThan(200);
    expect(page.total).toBe(1000);
    expect(page.projects.map((project) => project.name)).toEqual(
      Array.from({ length: 20 }, (_, i) => `P ${979 - i}`),
    );
    expect(owner.workspaceId).not.toBe(ws);
  });

  test.each([
    "'; DROP TABLE Project; --",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the metacharacters of a workflow file are the point
    "${{ secrets.X }}",
    "a: [1, 2]",
    '= cmd|"/c calc"',
    "naïve café 漢字",
  ])("the name %s comes back as it was typed", async (text) => {
    const { db, ws, me } = await setUp();
    const name = `${text} ${newId("prj")}`;
    const made = await createProject(db, ws, me, { name, presetId: "blank" }, at(0));
    expect((await readProject(db, ws, made.id)).name).toBe(name);
  });
});
