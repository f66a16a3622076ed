import { expect, test } from "vitest";
import { BLANK_ENTRY } from "#server/brief/entry-criteria.data.ts";
import { PRESETS } from "#server/brief/presets.data.ts";
import { createProject, saveAnswer } from "#server/brief/store.ts";
import { newId } from "#server/new-id.ts";
import { addPerson, listPeople } from "#server/team/store.ts";
import { onBothDatabases } from "#server/testing/open-test-database.ts";
import type { ProjectFile } from "./project-file-schema.ts";
import { copyProject, exportProject, importProject } from "./project-file-store.ts";
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

  const draft = (title: string) => ({ ...BLANK_ENTRY, title, chosen: false });
  const file = (parts: Partial<ProjectFile>, name = `File ${newId("prj")}`): ProjectFile => ({
    schemaVersion: 1,
    project: { name, kind: "rag", presetId: "rag_support" },
    answers: PRESETS[0]?.answers ?? {},
    ...parts,
  });
  const person = { alias: "A", roleId: null, availabilityPct: 100, ratings: [] };
  const tooMany = Array.from({ length: 201 }, () => ({ id: newId("per"), ...person }));
  const choice = { layer: "retrieval", option: "faiss_in_process", reason: "We run it already." };

  test.each<[string, Partial<ProjectFile>, string]>([
    ["too many people", { people: tooMany }, "PEOPLE_TOO_MANY"],
    ["a choice for a layer nobody knows", { overrides: [{ ...choice, layer: "moon" }] }, "OVERRIDE_UNKNOWN"],
    [
      "a choice of an option nobody knows",
      { overrides: [{ ...choice, option: "moon" }] },
      "OVERRIDE_UNKNOWN",
    ],
    ["two choices for one layer", { overrides: [choice, choice] }, "OVERRIDE_UNKNOWN"],
    ["two candidates of one title", { entryPoints: [draft("A"), draft("a")] }, "ENTRY_TAKEN"],
  ])("a file with %s is refused whole and leaves nothing behind", async (_title, parts, code) => {
    const { db, owner } = database();
    const { workspaceId, memberId } = owner;
    const count = async () =>
      Promise.all([
        db.project.count(),
        db.answer.count(),
        db.entryPoint.count(),
        db.override.count(),
        db.person.count(),
        db.change.count(),
      ]);
    const before = await count();
    const attempt = importProject(db, workspaceId, memberId, file(parts), now);
    await expect(attempt).rejects.toMatchObject({ code });
    expect(await count()).toEqual(before);
  });

  test("candidates and choices travel; a measurement arrives as what a person brought", async () => {
    const { db, owner } = database();
    const { workspaceId, memberId } = owner;
    const { id } = await importProject(
      db,
      workspaceId,
      memberId,
      file({
        answers: { ...PRESETS[0]?.answers, bound: "cpu" },
        origins: { bound: { source: "measured", note: null, runId: "run_1" } },
        entryPoints: [{ ...draft("A"), chosen: true }, draft("B")],
        overrides: [choice],
      }),
      now,
    );
    const again = await exportProject(db, workspaceId, id);
    expect(again.entryPoints?.map(({ title, chosen }) => [title, chosen])).toEqual([
      ["A", true],
      ["B", false],
    ]);
    expect(again.overrides).toEqual([choice]);
    expect(again.origins?.bound).toMatchObject({ source: "user", note: expect.stringContaining("run_1") });
    expect(again.origins?.goal).toMatchObject({ source: "preset" });
  });

  test("a file of a time before there were candidates gets its preset's", async () => {
    const { db, owner } = database();
    const { id } = await importProject(db, owner.workspaceId, owner.memberId, file({}), now);
    const { entryPoints } = await exportProject(db, owner.workspaceId, id);
    expect(entryPoints?.map(({ title }) => title)).toEqual(["Support assistant"]);
    const none = await importProject(db, owner.workspaceId, owner.memberId, file({ entryPoints: [] }), now);
    expect((await exportProject(db, owner.workspaceId, none.id)).entryPoints).toEqual([]);
  });

  test("a copy begins where the first stands, with team and plan only when asked for", async () => {
    const { db, owner } = database();
    const { workspaceId, memberId } = owner;
    const whole = file({
      people: [{ id: newId("per"), ...person }],
      plan: { startDate: "2026-12-01", holidays: [] },
      overrides: [choice],
      entryPoints: [{ ...draft("A"), chosen: true }],
    });
    const { id: projectId, name } = await importProject(db, workspaceId, memberId, whole, now);
    const copy = (title: string, withAll: boolean) =>
      copyProject(
        db,
        workspaceId,
        memberId,
        { projectId, name: title, withPeople: withAll, withPlan: withAll },
        now,
      );
    const [bare, full] = [await copy(`${name} b`, false), await copy(`${name} f`, true)];
    const read = (id: string) => exportProject(db, workspaceId, id);
    expect(await read(bare.id)).toMatchObject({
      people: [],
      overrides: [choice],
      entryPoints: [{ chosen: true }],
    });
    expect((await read(bare.id)).plan).toBeUndefined();
    expect(await read(full.id)).toMatchObject({
      people: [{ alias: "A" }],
      plan: { startDate: "2026-12-01" },
    });
    await expect(copy(name.toUpperCase(), false)).rejects.toMatchObject({ code: "NAME_TAKEN" });
  });

  test("somebody else's project reads as absent", async () => {
    const { db, owner } = database();
    await expect(exportProject(db, owner.workspaceId, newId("prj"))).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    expect(await listPeople(db, owner.workspaceId, newId("prj"))).toEqual([]);
  });
});
