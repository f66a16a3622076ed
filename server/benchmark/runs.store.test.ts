import { expect, test } from "vitest";
import { createProject } from "#server/brief/store.ts";
import { WorkspaceId } from "#server/identity/schema.ts";
import { newId } from "#server/new-id.ts";
import { callAs } from "#server/testing/call-as.ts";
import { makeJob } from "#server/testing/make-job.ts";
import { makeConfig, makeReport, type ReportRecipe } from "#server/testing/make-report.ts";
import { onBothDatabases } from "#server/testing/open-test-database.ts";
import { claimNext, failJob } from "./lease-store.ts";
import { listUnread, noticeFailed } from "./notice-store.ts";
import { readRun, storeReport } from "./store.ts";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 12, minute));
const freshReport = (recipe: ReportRecipe = {}) =>
  makeReport({ ...recipe, overrides: { runId: newId("run"), ...recipe.overrides } });

onBothDatabases("stored runs", (database) => {
  const setUp = async () => {
    const { db, owner } = database();
    const named = { name: `Desk ${newId("prj")}`, presetId: "rag_support" as const };
    const { id: projectId } = await createProject(db, owner.workspaceId, owner.memberId, named, at(0));
    const store = async (recipe: ReportRecipe = {}, more: { sweepId?: string; jobId?: string } = {}) => {
      const report = freshReport(recipe);
      const { run } = await storeReport(db, owner.workspaceId, {
        projectId,
        jobId: null,
        scaffoldId: null,
        source: "local",
        isolation: null,
        modified: false,
        report,
        createdBy: owner.memberId,
        at: at(1),
        ...more,
      });
      return { run, report, seen: { projectId, runId: run.runId, version: run.version } };
    };
    return { db, ws: owner.workspaceId, projectId, store, api: callAs(db, owner, () => at(30)) };
  };

  test("a note is kept, and of two people the second sees both", async () => {
    const { api, store } = await setUp();
    const { seen } = await store();
    const noted = await api.runs.saveNote({ ...seen, note: "  the machine was busy " });
    expect(noted).toMatchObject({ note: "the machine was busy", version: 2 });
    await expect(api.runs.saveNote({ ...seen, note: "quiet" })).rejects.toMatchObject({
      cause: {
        code: "VERSION_CONFLICT",
        detail: { data: { yours: "quiet", theirs: "the machine was busy", version: 2 } },
      },
    });
    expect(await api.runs.saveNote({ ...seen, version: 2, note: "" })).toMatchObject({ note: null });
  });

  test("kept records are judged by other targets, and the run's own verdicts stay", async () => {
    const { api, store, projectId } = await setUp();
    const { run } = await store();
    const target = { comparison: "lt" as const, value: 300, confidence: 0.95 };
    const targets = [{ ...target, metric: "latency_p95_ms" as const }];
    const judged = await api.runs.judgeAgain({ projectId, runId: run.runId, targets });
    expect(judged).toMatchObject({ outcome: "fail", verdicts: [{ verdict: "fail", value: 400 }] });
    const beside = await api.runs.beside({ projectId, runId: run.runId });
    expect(beside.judgements).toEqual([judged]);
    expect((await api.reports.read({ projectId, runId: run.runId })).run).toEqual(run);
  });

  test("thinned out, the requests are gone and the verdicts stay; deleted, the answers too", async () => {
    const { db, ws, api, store, projectId } = await setUp();
    const { run, report, seen } = await store();
    const thinned = await api.runs.takeOutRecords({ ...seen, records: "thinned" });
    expect(thinned).toEqual({ ...run, records: "thinned", version: 2 });
    expect((await readRun(db, ws, projectId, run.runId)).report).toEqual({ ...report, requests: [] });
    const { picture } = await api.reports.read({ projectId, runId: run.runId });
    expect(picture.intervals[1]).toEqual({ low: null, high: run.verdicts[1]?.bound });
    const again = { projectId, runId: run.runId, targets: report.config.targets };
    await expect(api.runs.judgeAgain(again)).rejects.toMatchObject({ cause: { code: "RECORDS_GONE" } });

    await api.runs.takeOutRecords({ ...seen, version: 2, records: "deleted" });
    const bare = await readRun(db, ws, projectId, run.runId);
    expect(bare).toMatchObject({ run: { records: "deleted" }, report: { questions: [], requests: [] } });
    expect(bare.run.verdicts).toEqual(run.verdicts);
    await expect(api.runs.takeOutRecords({ ...seen, version: 3, records: "thinned" })).rejects.toMatchObject({
      cause: { code: "RECORDS_GONE" },
    });
  });

  test("a report whose records were deleted is still known when it is sent again", async () => {
    const { db, ws, api, store, projectId } = await setUp();
    const { run, report, seen } = await store();
    await api.runs.takeOutRecords({ ...seen, records: "deleted" });
    const again = { projectId, jobId: null, scaffoldId: null, source: "upload" as const, isolation: null };
    const sent = { ...again, modified: false, report, createdBy: database().owner.memberId, at: at(2) };
    expect(await storeReport(db, ws, sent)).toMatchObject({
      outcome: "already_stored",
      run: { runId: run.runId },
    });
  });

  test("two runs are set beside each other, a stranger sees neither", async () => {
    const { db, api, store, projectId } = await setUp();
    const [first, second] = [await store(), await store({ latencyMs: () => 440 })];
    const runIds = [first.run.runId, second.run.runId];
    const compared = await api.runs.compare({ projectId, runIds });
    expect(compared?.others[0]?.comparison.runs[0]).toMatchObject({ isPaired: true, change: "worse" });
    const stranger = { ...database().owner, workspaceId: WorkspaceId.parse(newId("wsp")) };
    await expect(callAs(db, stranger).runs.compare({ projectId, runIds })).rejects.toMatchObject({
      cause: { code: "NOT_FOUND" },
    });
  });

  test("the runs of a sweep make a capacity curve, priced by what held the target", async () => {
    const { api, store, projectId } = await setUp();
    const { workload } = makeConfig();
    const point = (arrivalsPerSecond: number, ms: number) =>
      store(
        { config: { workload: { ...workload, arrivalsPerSecond } }, latencyMs: () => ms },
        { sweepId: "s" },
      );
    const [first] = [await point(1, 300), await point(2, 320), await point(4, 3000)];
    const of = { projectId, runId: first?.run.runId ?? "" };
    const points = await api.runs.points(of);
    expect(points.curve.map(({ arrivalsPerSecond }) => arrivalsPerSecond).sort()).toEqual([1, 2, 4]);
    expect(points).toMatchObject({ targetMs: 2000, knee: { arrivalsPerSecond: 2 } });
    const price = { usdPerHour: 3.6, asOf: "2026-11-20", source: "list price" };
    const { goodput } = await api.runs.beside(of);
    expect((await api.runs.price({ ...of, ...price }))?.usdPer1k).toBeCloseTo(1 / (goodput?.rps ?? 0), 9);
  });

  test("a run that ends is said once, a failed one with its reason, until somebody reads it", async () => {
    const { db, ws, projectId, store, api } = await setUp();
    const { run } = await store({}, { jobId: newId("job") });
    const mine = async () => (await listUnread(db, ws)).filter((notice) => notice.projectId === projectId);
    expect(await mine()).toMatchObject([
      { kind: "run_finished", body: { runId: run.runId, outcome: "pass" } },
    ]);
    expect(await api.notices.markRead({ projectId })).toEqual({ read: 1 });
    expect(await mine()).toEqual([]);

    const job = await makeJob(db, database().owner, at(2));
    const claimed = await claimNext(db, at(2));
    if (claimed === null) throw new Error("nothing waits");
    const error = { code: "PILOT_FAILED" as const, message: "The pilot ended with 65.", lastLines: [] };
    await failJob(db, claimed.lease, error, at(3));
    expect([await noticeFailed(db, at(4)), await noticeFailed(db, at(5))]).toEqual([1, 0]);
    const unread = (await listUnread(db, ws)).filter((notice) => notice.projectId === job.projectId);
    expect(unread).toMatchObject([{ kind: "run_failed", body: { reason: "The pilot ended with 65." } }]);
  });
});
