import { describe, expect, test } from "vitest";
import { newId } from "#server/new-id.ts";
import { callAs } from "#server/testing/call-as.ts";
import { onBothDatabases } from "#server/testing/open-test-database.ts";

onBothDatabases("a project's life through its procedures", (database) => {
  const setUp = async (presetId: "rag_support" | "forecast" | "blank" = "rag_support") => {
    const { db, owner } = database();
    let minute = 0;
    const api = callAs(db, owner, () => new Date(Date.UTC(2026, 10, 20, 12, minute++)));
    const { id: projectId, name } = await api.brief.createProject({ name: `Desk ${newId("prj")}`, presetId });
    return { api, projectId, name };
  };

  test("an archived project leaves the list, keeps its name, and comes back", async () => {
    const { api, projectId, name } = await setUp();
    const listed = async (archived: boolean) =>
      (await api.trace.listProjects({ archived })).projects.some(({ id }) => id === projectId);
    await api.projects.archive({ projectId, archived: true });
    expect([await listed(false), await listed(true)]).toEqual([false, true]);
    await expect(api.brief.createProject({ name, presetId: "blank" })).rejects.toMatchObject({
      cause: { code: "NAME_TAKEN" },
    });
    expect((await api.projects.archive({ projectId, archived: true })).version).toBe(2);
    expect((await api.projects.archive({ projectId, archived: false })).archivedAt).toBe(null);
    expect([await listed(false), await listed(true)]).toEqual([true, false]);
  });

  test("a deleted project is listed until it comes back, under another name where its own was given away", async () => {
    const { api, projectId, name } = await setUp();
    await api.brief.deleteProject({ projectId });
    expect((await api.projects.listDeleted({})).projects).toContainEqual(
      expect.objectContaining({ id: projectId, name }),
    );
    await api.brief.createProject({ name: name.toUpperCase(), presetId: "blank" });
    await expect(api.brief.restoreProject({ projectId })).rejects.toMatchObject({
      cause: { code: "NAME_TAKEN", detail: { path: "name" } },
    });
    const restored = await api.brief.restoreProject({ projectId, name: `${name} again` });
    expect(restored.name).toBe(`${name} again`);
    expect((await api.projects.listDeleted({})).projects.map(({ id }) => id)).not.toContain(projectId);
  });

  test("a copy and its model agree on everything until one answer is changed", async () => {
    const { api, projectId, name } = await setUp();
    const copy = await api.projects.duplicate({
      projectId,
      name: `${name} (copy)`,
      withPeople: false,
      withPlan: false,
    });
    const same = await api.projects.compare({ a: projectId, b: copy.id });
    expect([...same.answers, ...same.layers].filter(({ differs }) => differs)).toEqual([]);
    await api.brief.saveAnswer({ projectId: copy.id, questionId: "corpus", value: 5_000_000 });
    const parted = await api.projects.compare({ a: projectId, b: copy.id });
    expect(parted.answers[0]).toMatchObject({
      id: "corpus",
      differs: true,
      a: { source: "preset" },
      b: { source: "user" },
    });
    const differing = parted.layers.map(({ differs }) => differs);
    expect(differing[0]).toBe(true);
    expect(differing).toEqual([...differing].sort((a, b) => Number(b) - Number(a)));
    await expect(
      api.projects.duplicate({ projectId, name, withPeople: false, withPlan: false }),
    ).rejects.toMatchObject({ cause: { code: "NAME_TAKEN" } });
  });

  describe("a file is imported whole or not at all, and says what is wrong", () => {
    test.each([
      ["nothing", "", "FILE_EMPTY", /empty/],
      ["no JSON", "{", "BODY_NOT_JSON", /line 1|JSON/],
      ["a key that is not allowed", '{"__proto__": {}}', "KEY_NOT_ALLOWED", /__proto__/],
      ["something nested too deep", "[".repeat(40) + "]".repeat(40), "BODY_TOO_DEEP", /32/],
      ["another file of ours", '{"runId": "run_1"}', "PROJECT_FOREIGN", /report/],
      ["a newer file", '{"schemaVersion": 9, "project": {}}', "PROJECT_NEWER", /version 9/],
    ])("%s", async (_title, text, code, said) => {
      const { api } = await setUp("blank");
      const before = (await api.projects.names()).length;
      const attempt = api.projects.importFile({ text });
      await expect(attempt).rejects.toMatchObject({ cause: { code } });
      await expect(attempt).rejects.toThrow(said);
      expect((await api.projects.names()).length).toBe(before);
    });
  });

  test("a file whose name is taken is imported under another", async () => {
    const { api, name } = await setUp("blank");
    const file = { schemaVersion: 1, project: { name, kind: null, presetId: "blank" }, answers: {} };
    const text = `\uFEFF${JSON.stringify(file)}`;
    await expect(api.projects.importFile({ text })).rejects.toMatchObject({ cause: { code: "NAME_TAKEN" } });
    expect((await api.projects.importFile({ text, name: `${name} 2` })).name).toBe(`${name} 2`);
  });

  test("the chosen candidate reaches the dossier, and none of it does before", async () => {
    const { api, projectId } = await setUp();
    expect((await api.dossier.read({ projectId })).entryPoint).toBe(null);
    const { entries } = await api.entryPoints.list({ projectId });
    await api.entryPoints.choose({ projectId, entryPointId: entries[0]?.id ?? null, seenChosenId: null });
    expect((await api.dossier.read({ projectId })).entryPoint).toMatchObject({ title: "Support assistant" });
  });

  test("candidates come from a preset, blank, or a file; a file brings none that is chosen", async () => {
    const { api, projectId } = await setUp("blank");
    await api.entryPoints.add({ projectId, title: "Forecast", presetId: "forecast" });
    await api.entryPoints.add({ projectId, title: "Own idea", presetId: null });
    const { entries } = await api.entryPoints.list({ projectId });
    expect(entries.map(({ title, problem }) => [title, problem === ""])).toEqual([
      ["Forecast", false],
      ["Own idea", true],
    ]);
    const drafts = entries.map(({ id: _, version: __, updatedAt: ___, judged: ____, missing, ...draft }) => ({
      ...draft,
      title: `${draft.title} of ${missing.length}`,
      chosen: draft.title === "Forecast",
    }));
    const text = JSON.stringify({ schemaVersion: 1, entryPoints: drafts });
    await api.entryPoints.importFile({ projectId, text });
    const after = (await api.entryPoints.list({ projectId })).entries;
    expect([after.length, after.filter(({ chosen }) => chosen).length]).toEqual([4, 0]);
    await expect(api.entryPoints.importFile({ projectId, text })).rejects.toMatchObject({
      cause: { code: "ENTRY_TAKEN" },
    });
  });
});
