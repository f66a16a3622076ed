import { expect, test } from "vitest";
import { createProject, readAnswers } from "#server/brief/store.ts";
import { WorkspaceId } from "#server/identity/schema.ts";
import { readChanges } from "#server/identity/store.ts";
import { newId } from "#server/new-id.ts";
import { callAs } from "#server/testing/call-as.ts";
import { makeScaffoldRow } from "#server/testing/make-job.ts";
import { makeReport, type ReportRecipe } from "#server/testing/make-report.ts";
import { onBothDatabases } from "#server/testing/open-test-database.ts";
import { listRuns, readRun, storeReport } from "./store.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 12, minute));
const freshReport = (recipe: ReportRecipe = {}) =>
  makeReport({ ...recipe, overrides: { runId: newId("run"), ...recipe.overrides } });

onBothDatabases("reports and measured answers", (database) => {
  const setUp = async () => {
    const { db, owner } = database();
    const named = { name: `Desk ${newId("prj")}`, presetId: "rag_support" as const };
    const project = await createProject(db, owner.workspaceId, owner.memberId, named, at(0));
    const api = callAs(db, owner, () => at(30));
    const run = (report = freshReport()) => ({
      projectId: project.id,
      jobId: null,
      scaffoldId: null,
      source: "local" as const,
      isolation: { level: 1, network: "none", limits: true },
      modified: false,
      report,
      createdBy: owner.memberId,
      at: at(1),
    });
    return { db, ws: owner.workspaceId, projectId: project.id, api, run };
  };
  const upload = (projectId: string, report = freshReport()) => ({ projectId, text: JSON.stringify(report) });

  test("a report is stored with its verdicts and read back whole", async () => {
    const { db, ws, projectId, run } = await setUp();
    const report = freshReport();
    const stored = await storeReport(db, ws, run(report));
    expect(stored).toMatchObject({ outcome: "stored", run: { outcome: "pass", modified: false } });
    expect(await readRun(db, ws, projectId, report.runId)).toEqual({ run: stored.run, report });
    expect(await listRuns(db, ws, projectId)).toEqual([stored.run]);
    expect((await readChanges(db, ws, projectId, 1))[0]).toMatchObject({ entity: "run", action: "create" });
  });

  test("the same report again is the same run; other content under its id is a conflict", async () => {
    const { db, ws, run } = await setUp();
    const report = freshReport();
    await storeReport(db, ws, run(report));
    expect((await storeReport(db, ws, run(report))).outcome).toBe("already_stored");
    const other = { ...report, finishedAt: "2026-11-20T10:06:00Z" };
    await expect(storeReport(db, ws, run(other))).rejects.toMatchObject({ code: "REPORT_CONFLICT" });
  });

  test("the newest run stands first", async () => {
    const { db, ws, projectId, run } = await setUp();
    const [first, second] = [freshReport(), freshReport()];
    await storeReport(db, ws, run(first));
    await storeReport(db, ws, { ...run(second), at: at(2) });
    expect((await listRuns(db, ws, projectId)).map((one) => one.runId)).toEqual([second.runId, first.runId]);
  });

  test("a stranger finds no run and stores none", async () => {
    const { db, ws, projectId, run } = await setUp();
    const stranger = WorkspaceId.parse(newId("wsp"));
    const report = freshReport();
    await storeReport(db, ws, run(report));
    const absent = { kind: "absent", code: "NOT_FOUND" };
    await expect(readRun(db, stranger, projectId, report.runId)).rejects.toMatchObject(absent);
    await expect(storeReport(db, stranger, run(freshReport()))).rejects.toMatchObject(absent);
    expect(await listRuns(db, stranger, projectId)).toEqual([]);
  });

  test("an uploaded report is checked, judged and kept once, also when it is sent twice at once", async () => {
    const { api, projectId } = await setUp();
    const report = freshReport();
    const both = await Promise.all([0, 1].map(() => api.reports.upload(upload(projectId, report))));
    expect(both.map((one) => one.outcome).sort()).toEqual(["already_stored", "stored"]);
    expect(await api.reports.list({ projectId })).toMatchObject([
      { source: "upload", outcome: "pass", modified: true },
    ]);
  });

  test("an upload made with a hand-out of the project is known as such, whatever its load and data", async () => {
    const { db, owner } = database();
    const { projectId, scaffoldId, config } = await makeScaffoldRow(db, owner);
    const api = callAs(db, owner, () => at(30));
    const sized = { workload: { ...config.workload, requestsPerRun: 8 }, data: { path: "/srv/own" } };
    const same = await api.reports.upload(
      upload(projectId, freshReport({ config: { ...config, ...sized } })),
    );
    expect(same.run).toMatchObject({ scaffoldId, modified: false });
    const tuned = { ...config, retrieval: { ...config.retrieval, k: 10 } };
    const changed = await api.reports.upload(upload(projectId, freshReport({ config: tuned })));
    expect(changed.run).toMatchObject({ scaffoldId: null, modified: true });
  });

  test.each([
    ["was modified, stays modified", true, true],
    ["was not, is the hand-out", false, false],
    ["was compared by nobody, is taken for the hand-out it is configured as", null, false],
  ])("an upload of a pilot that %s", async (_title, said, modified) => {
    const { db, owner } = database();
    const { projectId, config } = await makeScaffoldRow(db, owner);
    const report = freshReport({ config, overrides: { modified: said } });
    const { run } = await callAs(db, owner, () => at(30)).reports.upload(upload(projectId, report));
    expect(run.modified).toBe(modified);
  });

  test("a report that was touched up, or is of another project, is refused and nothing is stored", async () => {
    const { api, projectId } = await setUp();
    const touched = freshReport();
    const accuracy = touched.metrics[0];
    if (accuracy) accuracy.value = 0.99;
    await expect(api.reports.upload(upload(projectId, touched))).rejects.toMatchObject({
      cause: { code: "METRIC_DISAGREES", kind: "invalid" },
    });
    const foreign = freshReport({ config: { projectId: newId("prj") } });
    await expect(api.reports.upload(upload(projectId, foreign))).rejects.toMatchObject({
      cause: { code: "REPORT_SPEC_MISMATCH", kind: "conflict" },
    });
    await expect(
      api.reports.upload({ projectId, text: '{"schemaVersion": 1, "x": NaN}' }),
    ).rejects.toMatchObject({ cause: { code: "METRIC_NOT_FINITE", detail: { path: "/x" } } });
    expect(await api.reports.list({ projectId })).toEqual([]);
  });

  test("the page gets a picture of the run without its raw records", async () => {
    const { api, projectId } = await setUp();
    const report = freshReport();
    await api.reports.upload(upload(projectId, report));
    const { picture } = await api.reports.read({ projectId, runId: report.runId });
    expect(picture).toMatchObject({
      kind: "rag",
      load: { requests: 60, failed: 0, slowestMs: 400, dispatchP99Ms: 0 },
      tags: [{ tag: "common", correct: 50, outOf: 50, high: 1 }],
    });
    expect(picture.intervals).toHaveLength(2);
    expect(picture).not.toHaveProperty("requests");
  });

  test("accepting that the work is computing moves the hot path to native libraries, and undo moves it back", async () => {
    const { db, ws, api, projectId } = await setUp();
    const report = freshReport();
    const run = { projectId, runId: report.runId };
    await api.reports.upload(upload(projectId, report));
    const { offers } = await api.reports.offers(run);
    const bound = offers.find((offer) => offer.questionId === "bound");
    expect(bound).toMatchObject({
      words: "Computing on the processor",
      currentWords: "Waiting for network or disk",
      changes: [{ layer: "hotpath", before: "asyncio", after: "Native libraries" }],
    });
    const { changes } = await api.reports.acceptOffers({ ...run, questionIds: ["bound"] });
    expect(changes).toEqual(bound?.changes);
    const answered = (await readAnswers(db, ws, projectId)).find((one) => one.questionId === "bound");
    expect(answered).toMatchObject({ value: "cpu", source: "measured", runId: report.runId });
    const after = await api.reports.offers(run);
    expect(after.offers.map((offer) => offer.questionId)).not.toContain("bound");
    expect(after.accepted).toMatchObject([{ questionId: "bound" }]);

    expect(await api.reports.undoAccepted({ ...run, questionIds: ["bound"] })).toEqual({ restored: 1 });
    const undone = (await readAnswers(db, ws, projectId)).find((one) => one.questionId === "bound");
    expect(undone).toMatchObject({ value: "io", source: "preset", runId: null });
  });

  test("a refused offer stays away until it is wanted again", async () => {
    const { api, projectId } = await setUp();
    const report = freshReport();
    const run = { projectId, runId: report.runId };
    await api.reports.upload(upload(projectId, report));
    await api.reports.refuseOffer({ ...run, questionId: "bound" });
    const refused = await api.reports.offers(run);
    expect(refused.offers.map((offer) => offer.questionId)).not.toContain("bound");
    expect(refused.refused).toMatchObject([{ questionId: "bound" }]);
    await api.reports.restoreOffer({ ...run, questionId: "bound" });
    expect((await api.reports.offers(run)).offers.map((offer) => offer.questionId)).toContain("bound");
  });

  test("an offer that the brief has overtaken cannot be accepted", async () => {
    const { api, projectId } = await setUp();
    const report = freshReport();
    await api.reports.upload(upload(projectId, report));
    const gone = { projectId, runId: report.runId, questionIds: ["usd_per_1k"] };
    await expect(api.reports.acceptOffers(gone)).rejects.toMatchObject({ cause: { code: "OFFER_GONE" } });
  });

  test("before a run the page says what it could prove, once a pilot was handed out", async () => {
    const { db, owner } = database();
    const { projectId, scaffoldId } = await makeScaffoldRow(db, owner);
    const plan = await callAs(db, owner).reports.plan({ projectId });
    expect(plan).toMatchObject({
      scaffoldId,
      quick: { requests: 600, runs: 10, accuracy: { passAt: 87 }, latency: { allowedOver: 20 } },
      standard: { requests: 2400, loadSeconds: 1200 },
    });
    const { api, projectId: empty } = await setUp();
    expect(await api.reports.plan({ projectId: empty })).toBeNull();
  });
});
