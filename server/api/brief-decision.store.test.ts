import { expect, test } from "vitest";
import { newId } from "#server/new-id.ts";
import { callAs } from "#server/testing/call-as.ts";
import { onBothDatabases } from "#server/testing/open-test-database.ts";

onBothDatabases("brief and decision through their procedures", (database) => {
  const setUp = async () => {
    const { db, owner } = database();
    let minute = 0;
    const api = callAs(db, owner, () => new Date(Date.UTC(2026, 10, 20, 12, minute++)));
    const project = await api.brief.createProject({ name: `Desk ${newId("prj")}`, presetId: "rag_support" });
    return { api, projectId: project.id, db, owner };
  };
  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => "accepted",
      (error) => error.cause?.code ?? error.code,
    );

  test("the support preset is decided as scenario A", async () => {
    const { api, projectId } = await setUp();
    const { decision, leads, teams } = await api.decision.read({ projectId });
    expect(decision.layers.map((layer) => layer.pick)).toEqual([
      "py_fastapi",
      "py_chain",
      "py_asyncio",
      "hosted_api",
      "polars_duckdb",
      "faiss_in_process",
      "containers_python",
      "server_only",
      "hosted_general",
    ]);
    expect(leads.retrieval).toBe(
      "In the process, with FAISS. It leads the next best, Self-hosted database, by 12 points: a margin of 100\u00a0%.",
    );
    expect(teams.retrieval).toMatch(/^They agree/);
  });

  test("a measured answer changes the hot path, and the preview says so before anything is saved", async () => {
    const { api, projectId } = await setUp();
    const { changed } = await api.decision.preview({ projectId, changes: { bound: "cpu" } });
    expect(changed.map(({ layer, before, after }) => [layer, before.pick, after.pick])).toEqual([
      ["hotpath", "py_asyncio", "py_native_libs"],
    ]);
    expect((await api.decision.read({ projectId })).read.bound).toMatchObject({ source: "preset" });
  });

  test("an answer is saved as the person's, and can be taken back with its old source", async () => {
    const { api, projectId } = await setUp();
    await api.brief.saveAnswer({ projectId, questionId: "bound", value: "cpu" });
    const { items } = await api.brief.readAnswers({ projectId });
    expect(items.find((item) => item.question.id === "bound")).toMatchObject({
      answer: { source: "user" },
      words: "Computing on the processor",
    });
    expect(await api.brief.undoAnswer({ projectId, questionId: "bound" })).toMatchObject({
      value: "io",
      source: "preset",
    });
    const history = await api.brief.answerHistory({ projectId, questionId: "bound" });
    expect(history.map((one) => one.value)).toEqual(["io", "cpu", "io"]);
  });

  test.each([
    ["an option that isn't there", "bound", "cpuu", "ANSWER_INVALID"],
    ["a question that isn't there", "bond", "io", "UNKNOWN_QUESTION"],
    ["a measurement typed by hand", "p95_over_target", 0.5, "MEASURED_ONLY"],
    ["nothing at all", "bound", undefined, "ANSWER_INVALID"],
  ])("%s is refused", async (_title, questionId, value, code) => {
    const { api, projectId } = await setUp();
    expect(await codeOf(api.brief.saveAnswer({ projectId, questionId, value }))).toBe(code);
  });

  test.each([
    ["with a direction character", "desk\u202etxt", "NAME_CHARACTERS"],
    ["of ten thousand letters", "x".repeat(10_000), "NAME_LENGTH"],
    ["of blanks", "   ", "NAME_LENGTH"],
  ])("a name %s is refused", async (_title, name, code) => {
    const { api } = await setUp();
    const refused = await api.brief.createProject({ name, presetId: "blank" }).catch((error) => error.cause);
    expect(refused.issues[0].params.code).toBe(code);
  });

  test("a deleted project comes back by undo with everything in it", async () => {
    const { api, projectId } = await setUp();
    await api.brief.deleteProject({ projectId });
    expect(await codeOf(api.decision.read({ projectId }))).toBe("NOT_FOUND");
    await api.brief.restoreProject({ projectId });
    expect((await api.decision.read({ projectId })).decision.layers).toHaveLength(9);
  });

  test("a viewer may look and not change", async () => {
    const { projectId, db, owner } = await setUp();
    const viewer = callAs(db, { ...owner, role: "viewer" });
    expect(await codeOf(viewer.decision.read({ projectId }))).toBe("accepted");
    expect(await codeOf(viewer.brief.saveAnswer({ projectId, questionId: "bound", value: "cpu" }))).toBe(
      "FORBIDDEN",
    );
  });

  test("a workspace decides by its own rule set once it has published one", async () => {
    const { RULE_SET } = await import("#server/decision/read-rule-set.ts");
    const { publishRuleSet, readRuleSet } = await import("#server/decision/store.ts");
    const { db, owner } = database();
    const own = { ...RULE_SET, version: "1.9.0" };
    expect((await readRuleSet(db, owner.workspaceId)).version).toBe(RULE_SET.version);
    await publishRuleSet(db, owner.workspaceId, owner.memberId, own, new Date());
    expect((await readRuleSet(db, owner.workspaceId)).version).toBe("1.9.0");
    expect(await codeOf(publishRuleSet(db, owner.workspaceId, owner.memberId, own, new Date()))).toBe(
      "VERSION_TAKEN",
    );
  });
});
