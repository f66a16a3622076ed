import { type ChildProcess, spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from "vitest";
import type { JobView } from "#server/api/routers/jobs.ts";
import { isTerminal } from "#server/benchmark/advance-job.ts";
import type { DataSet } from "#server/benchmark/job-schema.ts";
import { findMarked } from "#server/benchmark/read-process.ts";
import { type Db, openDatabase } from "#server/db.ts";
import type { Session } from "#server/identity/schema.ts";
import { ensureLocalOwner } from "#server/identity/store.ts";
import { callAs } from "#server/testing/call-as.ts";

/** The real worker, the real pilot, a database of its own. */
const dataDir = mkdtempSync(join(tmpdir(), "pilotage-worker-"));
const databaseUrl = `file:${join(dataDir, "pilotage.db")}`;
let db: Db;
let owner: Session;
const workers: ChildProcess[] = [];

function startWorker(): ChildProcess {
  const child = spawn(process.execPath, ["--import", "tsx", "server/worker.ts"], {
    env: { ...process.env, PILOTAGE_DATA_DIR: dataDir, DATABASE_URL: databaseUrl },
    stdio: ["ignore", "ignore", "inherit"],
  });
  workers.push(child);
  return child;
}

async function endWorker(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  await ended;
}

beforeAll(async () => {
  copyFileSync(inject("sqliteTemplate"), join(dataDir, "pilotage.db"));
  process.env.PILOTAGE_DATA_DIR = dataDir;
  db = openDatabase({ provider: "sqlite", databaseUrl });
  owner = await ensureLocalOwner(db, new Date());
});
afterEach(async () => {
  for (const child of workers.splice(0)) await endWorker(child, "SIGTERM");
});
afterAll(async () => {
  await db.$disconnect();
  rmSync(dataDir, { recursive: true, force: true });
});

async function startJob(name: string, dataSet: DataSet = "bundled") {
  const api = callAs(db, owner);
  const project = await api.brief.createProject({ name, presetId: "rag_support" });
  await api.scaffold.handOut({ projectId: project.id });
  const { job } = await api.jobs.start({ projectId: project.id, preset: "quick", dataSet });
  return { api, projectId: project.id, jobId: job.id };
}

/** Follows the live stream until `enough` says so; gives back everything it heard. */
async function follow(jobId: string, enough: (view: JobView) => boolean, lastEventId?: string) {
  const heard: JobView[] = [];
  const ids: string[] = [];
  const stream = await callAs(db, owner).jobs.watch({ jobId, ...(lastEventId ? { lastEventId } : {}) });
  for await (const message of stream) {
    const [id, view] = message as unknown as [string, JobView];
    heard.push(view);
    ids.push(id);
    if (enough(view)) break;
  }
  return {
    heard,
    events: heard.flatMap((view) => view.events),
    lastId: ids.at(-1) ?? "0",
    end: heard.at(-1),
  };
}
const ended = (view: JobView) => isTerminal(view.job.state);
const loading = (view: JobView) => view.job.phase === "load" && view.job.done >= 1;

describe("the worker", () => {
  test("runs a queued benchmark to a stored report, told live and without a gap over a cut", async () => {
    const { api, projectId, jobId } = await startJob("Journey");
    startWorker();
    const first = await follow(jobId, loading);
    const rest = await follow(jobId, ended, first.lastId);
    expect(rest.end?.job).toMatchObject({ state: "succeeded", attempt: 1, error: null });
    const seqs = [...first.events, ...rest.events].map((event) => event.seq);
    expect(seqs).toEqual(seqs.map((_, index) => index + 1));
    const phases = [...first.events, ...rest.events].flatMap(({ body }) =>
      body.kind === "phase" ? [body.phase] : [],
    );
    expect(phases).toEqual(
      expect.arrayContaining(["unpack", "environment", "ingest", "load", "report", "verdict"]),
    );

    const [run] = await api.reports.list({ projectId });
    expect(run).toMatchObject({ runId: rest.end?.job.runId, source: "local", modified: false, jobId });
    expect(run?.isolation).toEqual(rest.end?.job.isolation);
    const stored = await db.benchmarkRun.findFirstOrThrow({ where: { runId: run?.runId ?? "" } });
    expect(JSON.parse(stored.report)).toMatchObject({ modified: false });
  });

  test.skipIf(!process.env.PILOTAGE_EVAL_DATA).each(["dev-aws-support100", "dev-xquad-en-a"] as const)(
    "runs the same pilot on the real set %s",
    async (dataSet) => {
      const { api, projectId, jobId } = await startJob(`On ${dataSet}`, dataSet);
      startWorker();
      const { end } = await follow(jobId, ended);
      expect(end?.job).toMatchObject({ state: "succeeded", error: null });
      const [run] = await api.reports.list({ projectId });
      const { picture } = await api.reports.read({ projectId, runId: run?.runId ?? "" });
      expect(picture.header).toMatchObject({ data: { name: dataSet } });
    },
  );

  test("killed in the middle is followed by one that ends the orphan and runs the job again", async () => {
    const { jobId } = await startJob("Killed");
    const victim = startWorker();
    await follow(jobId, loading);
    expect(await findMarked("PILOTAGE_RUN", `${jobId}/1`)).not.toEqual([]);
    await endWorker(victim, "SIGKILL");
    startWorker();
    await expect
      .poll(async () => (await db.job.findUnique({ where: { id: jobId } }))?.attempt, {
        timeout: 60_000,
        interval: 500,
      })
      .toBe(2);
    expect(await findMarked("PILOTAGE_RUN", `${jobId}/1`)).toEqual([]);
    const { end, events } = await follow(jobId, ended);
    expect(end?.job).toMatchObject({ state: "succeeded", attempt: 2 });
    expect(new Set(events.map((event) => event.attempt))).toEqual(new Set([1, 2]));
  });

  test("asked to end gives its job back, and the attempt is not held against it", async () => {
    const { jobId } = await startJob("Restarted");
    const child = startWorker();
    await follow(jobId, loading);
    await endWorker(child, "SIGTERM");
    expect(await db.job.findUnique({ where: { id: jobId } })).toMatchObject({
      state: "queued",
      attempt: 1,
      maxAttempts: 3,
    });
    expect(await findMarked("PILOTAGE_RUN", `${jobId}/1`)).toEqual([]);
    await callAs(db, owner).jobs.cancel({ jobId });
  });

  test("stops a running benchmark when it is cancelled, and stores nothing", async () => {
    const { api, projectId, jobId } = await startJob("Cancelled");
    startWorker();
    await follow(jobId, loading);
    await api.jobs.cancel({ jobId });
    const { end } = await follow(jobId, ended);
    expect(end?.job.state).toBe("cancelled");
    expect(await api.reports.list({ projectId })).toEqual([]);
    expect(await findMarked("PILOTAGE_RUN", `${jobId}/1`)).toEqual([]);
  });

  test("gives a job up when its runner was lost twice, and keeps the log", async () => {
    const { jobId } = await startJob("Poison");
    for (const attempt of [1, 2]) {
      const victim = startWorker();
      await follow(jobId, (view) => view.job.attempt === attempt && loading(view));
      await endWorker(victim, "SIGKILL");
    }
    startWorker();
    const { end, events } = await follow(jobId, ended);
    expect(end?.job).toMatchObject({ state: "failed", attempt: 2, error: { code: "LOST_RUNNER" } });
    expect(events.length).toBeGreaterThan(4);
  });

  test("says what is wrong when the archive was tampered with, and runs nothing of it", async () => {
    const { jobId } = await startJob("Tampered");
    const scaffold = await db.scaffold.findFirst({ orderBy: { id: "desc" } });
    rmSync(join(dataDir, "archives", `${scaffold?.archiveSha256}.zip`));
    copyFileSync("package.json", join(dataDir, "archives", `${scaffold?.archiveSha256}.zip`));
    startWorker();
    const { end } = await follow(jobId, ended);
    expect(end?.job).toMatchObject({ state: "failed", error: { code: "ARCHIVE_DAMAGED" } });
  });
});
