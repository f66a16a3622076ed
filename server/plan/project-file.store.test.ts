import { expect, test } from "vitest";
import { createProject, listProjects, saveAnswer } from "#server/brief/store.ts";
import { newId } from "#server/new-id.ts";
import { addPerson, listPeople } from "#server/team/store.ts";
import { onBothDatabases } from "#server/testing/open-test-database.ts";
import { exportProject, importProject } from "./project-file-store.ts";
import { readProjectFile } from "./read-project-file.ts";
import { savePlanDates } from "./store.ts";

const now = new Date("2026-11-20T10:00:00Z");
const hostile = `$(id) \${{ secrets.X }} {{7*7}} --- "quoted" 'n' # & < > 日本`;

onBothDatabases("a project moves as one file", (database) => {
  test("what was exported comes back the same, under a new id", async () => {
    const { db, owner } = database();
    const { workspaceId, memberId } = owner;
    const { id: projectId } = await createProject(
      db,
      workspaceId,
      memberId,
      { name: hostile, presetId: "rag_support" },
      now,
    );
    await saveAnswer(
      db,
      workspaceId,
      memberId,
      { projectId, questionId: "corpus", value: 250_000, source: "user" },
      now,
    );
    const person = { projectId, alias: hostile, roleId: "MLE" as const, availabilityPct: 50, ratings: [] };
    await addPerson(db, workspaceId, memberId, person, now);
    const dates = { projectId, startDate: "2026-12-01", holidays: ["2026-12-08"], version: null };
    await savePlanDates(db, workspaceId, memberId, dates, now);

    const file = await exportProject(db, workspaceId, projectId);
    const copy = readProjectFile(
      JSON.parse(JSON.stringify({ ...file, project: { ...file.project, name: "Copy" } })),
    );
    const imported = await importProject(db, workspaceId, memberId, copy, now);

    expect(imported.id).not.toBe(projectId);
    const again = await exportProject(db, workspaceId, imported.id);
    const withoutIds = ({ people, ...rest }: typeof again) => ({
      ...rest,
      people: people?.map(({ id: _, ...p }) => p),
    });
    expect(withoutIds(again)).toEqual(withoutIds({ ...file, project: { ...file.project, name: "Copy" } }));
    expect(file.project.name).toBe(hostile);
  });

  test("a file whose later part cannot be stored leaves no project behind", async () => {
    const { db, owner } = database();
    const person = { alias: "A", roleId: null, availabilityPct: 100, ratings: [] };
    const people = Array.from({ length: 500 }, () => ({ id: newId("per"), ...person }));
    const file = {
      schemaVersion: 1 as const,
      project: { name: "Too many", kind: "rag" as const, presetId: "blank" as const },
    };
    const before = await listProjects(db, owner.workspaceId, { skip: 0, take: 100 });
    const attempt = importProject(
      db,
      owner.workspaceId,
      owner.memberId,
      { ...file, answers: {}, people },
      now,
    );
    await expect(attempt).rejects.toMatchObject({ code: "PEOPLE_TOO_MANY" });
    expect((await listProjects(db, owner.workspaceId, { skip: 0, take: 100 })).total).toBe(before.total);
  });

  test("somebody else's project reads as absent", async () => {
    const { db, owner } = database();
    await expect(exportProject(db, owner.workspaceId, newId("prj"))).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    expect(await listPeople(db, owner.workspaceId, newId("prj"))).toEqual([]);
  });
});
