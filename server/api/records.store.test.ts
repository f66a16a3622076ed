import { expect, test } from "vitest";
import { loadMadr } from "#server/api/load-madr.ts";
import { newId } from "#server/new-id.ts";
import { callAs } from "#server/testing/call-as.ts";
import { onBothDatabases } from "#server/testing/open-test-database.ts";

onBothDatabases("what people do with a decision", (database) => {
  const setUp = async () => {
    const { db, owner } = database();
    const clock = { at: Date.UTC(2026, 10, 20, 12) };
    const now = () => new Date(clock.at);
    const api = callAs(db, owner, now);
    const project = await api.brief.createProject({ name: `Desk ${newId("prj")}`, presetId: "rag_support" });
    return { api, projectId: project.id, context: { db, session: owner, now }, clock };
  };
  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => "accepted",
      (error) => error.cause?.code ?? error.code,
    );

  test("an override is shown with its reason on decision, trace and dossier, and can be taken back", async () => {
    const { api, projectId } = await setUp();
    const choice = {
      projectId,
      layerId: "api",
      option: "go",
      reason: "The platform team runs Go.",
      seenId: null,
    };
    const { id } = await api.records.override(choice);
    const shown = async () => ({
      decision: (await api.decision.read({ projectId })).overrides.api?.label,
      trace: (await api.trace.read({ projectId })).rows.find((row) => row.layer === "api")?.override,
      dossier: (await api.dossier.read({ projectId })).layers.find((one) => one.layer === "api")?.override
        ?.reason,
    });
    expect(await shown()).toEqual({
      decision: "Go service",
      trace: { label: "Go service", reason: "The platform team runs Go." },
      dossier: "The platform team runs Go.",
    });
    await api.records.override({ ...choice, option: null, reason: "Taken back.", seenId: id });
    expect(await shown()).toEqual({ decision: undefined, trace: null, dossier: undefined });
    const history = await api.records.readOverrides({ projectId, layerId: "api" });
    expect(history.map((one) => one.option)).toEqual([null, "go"]);
  });

  test("the team is asked for the skills of what a person chose, not of what the rules would pick", async () => {
    const { api, projectId } = await setUp();
    const asked = async () =>
      (await api.team.read({ projectId })).report?.requirements.some(({ skillId }) => skillId === "S18");
    const before = await asked();
    const choice = { projectId, layerId: "api", option: "go", reason: "House rule.", seenId: null };
    await api.records.override(choice);
    expect([before, await asked()]).toEqual([false, true]);
  });

  test("an override needs a reason, an option of the layer, and eyes on the present one", async () => {
    const { api, projectId } = await setUp();
    const choice = { projectId, layerId: "api", option: "go", reason: "Because.", seenId: null };
    expect(await codeOf(api.records.override({ ...choice, reason: "  " }))).toBe("BAD_REQUEST");
    expect(await codeOf(api.records.override({ ...choice, option: "py_chain" }))).toBe("NOT_FOUND");
    await api.records.override(choice);
    expect(await codeOf(api.records.override({ ...choice, option: "rust" }))).toBe("OVERRIDE_CONFLICT");
  });

  test("a record is superseded, never edited, and two of them can be compared", async () => {
    const { api, projectId } = await setUp();
    expect(await api.records.add({ projectId, after: null })).toMatchObject({ number: 1 });
    expect(await codeOf(api.records.add({ projectId, after: null }))).toBe("RECORD_CONFLICT");
    await api.brief.saveAnswer({ projectId, questionId: "bound", value: "cpu" });
    const choice = { projectId, layerId: "api", option: "go", reason: "House rule.", seenId: null };
    await api.records.override(choice);
    expect((await api.records.list({ projectId })).sinceNewest?.layers.map(({ layer }) => layer)).toEqual([
      "api",
      "hotpath",
    ]);
    await api.records.add({ projectId, after: 1 });
    const { records, sinceNewest } = await api.records.list({ projectId });
    expect(records.map(({ number, supersedes, supersededBy }) => [number, supersedes, supersededBy])).toEqual(
      [
        [2, 1, null],
        [1, null, 2],
      ],
    );
    expect(sinceNewest).toEqual({ ruleSet: null, answers: [], layers: [] });
    const difference = await api.records.compare({ projectId, from: 1, to: 2 });
    expect(difference.answers).toEqual([{ question: "bound", before: "io", after: "cpu" }]);
    expect(difference.layers.find(({ layer }) => layer === "api")).toMatchObject({
      after: ["Go service"],
      byPerson: true,
    });
    expect(await codeOf(api.records.compare({ projectId, from: 1, to: 7 }))).toBe("NOT_FOUND");
  });

  test("the export says whether it is proposed, accepted or superseded", async () => {
    const { api, projectId, context } = await setUp();
    const statusOf = async (number: string | null) =>
      /^status: (.*)$/m.exec((await loadMadr(context, projectId, number)).markdown(null))?.[1];
    expect(await statusOf(null)).toBe('"proposed"');
    await api.records.add({ projectId, after: null });
    expect(await statusOf(null)).toBe('"accepted"');
    await api.records.add({ projectId, after: 1 });
    expect(await statusOf("1")).toBe('"superseded by ADR-0002"');
    expect(await codeOf(statusOf("9"))).toBe("NOT_FOUND");
    const { zip } = await loadMadr(context, projectId, "2");
    expect(Buffer.compare(zip(), zip())).toBe(0);
  });

  test("whoever comes back is told what changed meanwhile, until the visit is over", async () => {
    const { api, projectId, clock } = await setUp();
    expect(await api.records.lookBack({ projectId })).toBeNull();
    clock.at += 24 * 3_600_000;
    await api.brief.saveAnswer({ projectId, questionId: "bound", value: "cpu" });
    const told = {
      since: "2026-11-20T12:00:00.000Z",
      layers: [{ layer: "hotpath", before: "py_asyncio", after: "py_native_libs" }],
    };
    expect(await api.records.lookBack({ projectId })).toMatchObject(told);
    clock.at += 60_000;
    expect(await api.records.lookBack({ projectId })).toMatchObject(told);
    clock.at += 24 * 3_600_000;
    expect((await api.records.lookBack({ projectId }))?.layers).toEqual([]);
  });
});
