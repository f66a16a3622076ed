import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "#server/db.ts";
import { WorkspaceId } from "#server/identity/schema.ts";
import { newId } from "#server/new-id.ts";
import { callAs } from "#server/testing/call-as.ts";
import { makeJob, makeScaffoldRow } from "#server/testing/make-job.ts";
import { makeConfig, makeQuestion, makeReport } from "#server/testing/make-report.ts";
import { keepTinyEnvironment, makeTinyPilot } from "#server/testing/make-tiny-pilot.ts";
import { onBothDatabases } from "#server/testing/open-test-database.ts";
import { countJobsBefore, enqueueJob } from "./job-store.ts";
import * as leases from "./lease-store.ts";
import { makeLocalExecutor } from "./local-executor.ts";
import { listUnread, noticeFailed } from "./notice-store.ts";
import { runQueue } from "./run-queue.ts";
import { BUNDLED_QUESTIONS } from "./seal-before.ts";
import { listNewestRuns } from "./store.ts";
import { listSweeps, readSweep } from "./sweep-store.ts";

const dataDir = mkdtempSync(join(tmpdir(), "pilotage-sweep-"));
beforeAll(() => keepTinyEnvironment(dataDir));
afterAll(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }));

const axes = { arrivalsPerSecond: [20, 10, 20], k: [5], modes: ["hybrid", "bm25"] };
const pilotError = { code: "PILOT_FAILED" as const, message: "It ended with 70.", lastLines: [] };

onBothDatabases("a sweep", (database) => {
  afterEach(async () => {
    const { db } = database();
    await db.benchmarkRun.deleteMany();
    await db.job.deleteMany();
    await db.notice.deleteMany();
  });
  const open = async () => {
    const { db, owner } = database();
    const { projectId, scaffoldId } = await makeScaffoldRow(db, owner);
    return { db, owner, ws: owner.workspaceId, projectId, scaffoldId, api: callAs(db, owner) };
  };
  const started = async () => {
    const opened = await open();
    const { sweepId } = await opened.api.sweeps.start({
      projectId: opened.projectId,
      dataSet: "bundled",
      axes,
    });
    return { ...opened, sweepId };
  };

  test("is one job a point, in order, each sealed by its own plan before it starts", async () => {
    const { db, ws, projectId, sweepId } = await started();
    const { jobs, runs } = await readSweep(db, ws, projectId, sweepId);
    expect(runs).toEqual([]);
    expect(
      jobs.map(({ spec }) => [
        spec.sweep?.index,
        spec.sweep?.point.mode,
        spec.sweep?.point.arrivalsPerSecond,
      ]),
    ).toEqual([
      [0, "hybrid", 10],
      [1, "hybrid", 20],
      [2, "bm25", 10],
      [3, "bm25", 20],
    ]);
    expect(new Set(jobs.map(({ seal }) => seal)).size).toBe(4);
    for (const { seal } of jobs) expect(seal).toMatch(/^[0-9a-f]{64}$/);
    expect(await listSweeps(db, ws, projectId)).toMatchObject([{ sweepId, points: 0 }]);
  });

  test("is one benchmark: nothing else of the project starts beside it", async () => {
    const { db, ws, owner, api, projectId, scaffoldId } = await started();
    const job = { projectId, scaffoldId, createdBy: owner.memberId, at: new Date() };
    const spec = { kind: "bench" as const, preset: "quick" as const, dataSet: "bundled" as const };
    const refused = { code: "JOB_ACTIVE" };
    await expect(enqueueJob(db, ws, { ...job, spec })).rejects.toMatchObject(refused);
    await expect(api.sweeps.start({ projectId, dataSet: "bundled", axes })).rejects.toMatchObject({
      cause: refused,
    });
    expect(await db.job.count({ where: { projectId } })).toBe(4);
  });

  test("is worked off one point at a time, whatever number of workers there are, and lets a run go first", async () => {
    const { db, owner, ws, projectId, sweepId } = await started();
    const { settings } = database();
    // Two connections of one process to one SQLite file would block its only thread, each waiting for the other.
    const other = settings.provider === "postgres" ? openDatabase(settings) : null;
    const both = await Promise.all([db, other ?? db].map((one) => leases.claimNext(one, new Date())));
    await other?.$disconnect();
    const claimed = both.filter((job) => job !== null);
    expect(claimed.map(({ spec }) => spec.sweep?.index)).toEqual([0]);

    const alone = await makeJob(db, owner);
    const { jobs } = await readSweep(db, ws, projectId, sweepId);
    // The running point alone is before the run; before the next point are both.
    expect(await countJobsBefore(db, ws, alone.id)).toBe(1);
    expect(await countJobsBefore(db, ws, jobs[1]?.id ?? "")).toBe(2);
    const [first] = claimed;
    if (first === undefined) throw new Error("nothing was claimed");
    await leases.failJob(db, first.lease, pilotError, new Date());
    expect((await leases.claimNext(db, new Date()))?.lease.jobId).toBe(alone.id);
    expect((await leases.claimNext(db, new Date()))?.spec.sweep?.index).toBe(1);
    expect(await leases.claimNext(db, new Date())).toBeNull();
  });

  test("goes on with the same point after its worker died", async () => {
    const { db } = await started();
    const now = new Date();
    const first = await leases.claimNext(db, now);
    await leases.sweepLost(db, new Date(now.getTime() + 3_600_000));
    const again = await leases.claimNext(db, now);
    expect(again?.lease).toMatchObject({ jobId: first?.lease.jobId, attempt: 2 });
    expect(again?.seal).toBe(first?.seal);
  });

  test("is cancelled as a whole, the running point with it, and what a stranger asks for is absent", async () => {
    const { db, ws, owner, api, projectId, sweepId } = await started();
    const running = await leases.claimNext(db, new Date());
    if (running === null) throw new Error("nothing was claimed");
    const stranger = callAs(db, { ...owner, workspaceId: WorkspaceId.parse(newId("wsp")) });
    await expect(stranger.sweeps.cancel({ projectId, sweepId })).rejects.toMatchObject({
      cause: { code: "SWEEP_GONE" },
    });
    await api.sweeps.cancel({ projectId, sweepId });
    await api.sweeps.cancel({ projectId, sweepId });
    expect(await leases.beat(db, running.lease, new Date())).toBe("cancel");
    await leases.stopJob(db, running.lease, new Date());
    const { jobs } = await readSweep(db, ws, projectId, sweepId);
    expect(jobs.map(({ state }) => state)).toEqual(Array(4).fill("cancelled"));
    expect(await api.sweeps.read({ projectId, sweepId })).toMatchObject({
      isActive: false,
      pace: { cancelled: 4, current: null, expectedRestMs: null },
    });
  });

  test("shows on the project's page the point that runs, then the one that waits, and no sweep that ended", async () => {
    const { db, api, projectId, sweepId } = await started();
    const shown = async () => (await api.jobs.current({ projectId })).latest?.job.spec.sweep?.index ?? null;
    expect(await shown()).toBe(0);
    const first = await leases.claimNext(db, new Date());
    if (first === null) throw new Error("nothing was claimed");
    await leases.failJob(db, first.lease, pilotError, new Date());
    expect(await shown()).toBe(1);
    const second = await leases.claimNext(db, new Date());
    expect(await shown()).toBe(1);
    await api.sweeps.cancel({ projectId, sweepId });
    if (second !== null) await leases.stopJob(db, second.lease, new Date());
    expect(await shown()).toBeNull();
  });

  describe("with a pilot that runs", () => {
    const runAll = async (body: string) => {
      const { db, owner } = database();
      const { projectId } = await makeTinyPilot({ db, owner, dataDir }, body, {
        config: { workload: { ...makeConfig().workload, requestsPerRun: 60 } },
        report: ({ config }) => makeReport({ config, questions }),
      });
      const api = callAs(db, owner);
      const asked = { arrivalsPerSecond: [1, 2], k: [], modes: [] };
      const { sweepId } = await api.sweeps.start({ projectId, dataSet: "bundled", axes: asked });
      const halt = new AbortController();
      const isolation = { level: 0, network: "open", limits: true } as const;
      const executor = makeLocalExecutor({ dataDir, toolsDir: dataDir, evalDataDir: null, isolation });
      const worker = { pid: process.pid, identity: "test" };
      const times = { leaseMs: 30_000, beatMs: 10_000, sweepMs: 100, lookMs: 20, outageMs: 50 };
      const tools = { db, dataDir, executor, worker, times, now: () => new Date() };
      const end = runQueue({ ...tools, shutdown: halt.signal, say: () => undefined });
      await expect
        .poll(
          async () => (await readSweep(db, owner.workspaceId, projectId, sweepId)).jobs.filter(ended).length,
          {
            timeout: 30_000,
          },
        )
        .toBe(2);
      halt.abort();
      await end;
      return { db, ws: owner.workspaceId, api, projectId, sweepId };
    };

    test("each point runs with its own rate, the runs share the sweep, and one notice tells its end", async () => {
      const { db, ws, api, projectId, sweepId } = await runAll(varying);
      const read = await api.sweeps.read({ projectId, sweepId });
      expect(read.points.map(({ state, error }) => [state, error])).toEqual([
        ["succeeded", null],
        ["succeeded", null],
      ]);
      expect(read.runs.map(({ arrivalsPerSecond }) => arrivalsPerSecond)).toEqual([1, 2]);
      expect(read.curves).toMatchObject([{ k: 5, mode: "hybrid", curve: [{}, {}] }]);
      const notices = (await listUnread(db, ws)).filter((notice) => notice.projectId === projectId);
      expect(notices).toMatchObject([{ kind: "sweep_finished", body: { sweepId } }]);
      // It explores: no gate looks at it, and nothing of it is offered to the brief.
      const runId = read.runs[0]?.runId ?? "";
      expect((await api.reports.offers({ projectId, runId })).offers).toEqual([]);
      expect((await listNewestRuns(db, ws, [projectId])).size).toBe(0);
      expect(await api.runs.list({ projectId, skip: 0 })).toEqual({ runs: [], stored: 0 });
    });

    test("points that fail are said, once for all of them, and nothing of them is stored", async () => {
      const { db, ws, api, projectId, sweepId } = await runAll(moving);
      const read = await api.sweeps.read({ projectId, sweepId });
      expect(read).toMatchObject({ runs: [], curves: [], pace: { failed: 2, of: 2 } });
      expect(read.points[0]?.error).toContain("not about the configuration");
      await noticeFailed(db, new Date());
      const notices = (await listUnread(db, ws)).filter((notice) => notice.projectId === projectId);
      expect(notices).toMatchObject([{ kind: "run_failed", body: { sweepId } }]);
    });
  });
});

const questions = Array.from({ length: BUNDLED_QUESTIONS }, (_, at) => makeQuestion({ id: `q${at}` }));

const change = (more: string) =>
  [
    'config = json.load(open("pilot.json"))',
    "    def told(report):",
    '        sealed = report["config"]',
    '        sealed["workload"] = {**sealed["workload"], "arrivalsPerSecond": config["workload"]["arrivalsPerSecond"]}',
    `        ${more}`,
    '        text = json.dumps(sealed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)',
    '        report["configSha256"] = __import__("hashlib").sha256(text.encode()).hexdigest()',
    "    write(told)",
  ].join("\n");
/** A pilot that measures under the rate its own pilot.json names. */
const varying = change("pass");
/** One that moves its target after the plan was sealed; everything it was configured with stays. */
const moving = change('sealed["workload"]["seed"] = 12');

const ended = ({ state }: { state: string }) => state !== "queued" && state !== "running";
