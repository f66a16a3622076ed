import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Db, openDatabase } from "#server/db.ts";
import { MemberId } from "#server/identity/schema.ts";
import { makeJob } from "#server/testing/make-job.ts";
import { makeReport } from "#server/testing/make-report.ts";
import { keepTinyEnvironment, makeTinyPilot } from "#server/testing/make-tiny-pilot.ts";
import { onBothDatabases } from "#server/testing/open-test-database.ts";
import { drawSeeded } from "./draw-seeded.ts";
import { readEventsAfter, readJob, requestCancel } from "./job-store.ts";
import * as leases from "./lease-store.ts";
import { makeLocalExecutor } from "./local-executor.ts";
import { type QueueTimes, runQueue } from "./run-queue.ts";
import { storeReport } from "./store.ts";

const dataDir = mkdtempSync(join(tmpdir(), "pilotage-invariants-"));
const times: QueueTimes = { leaseMs: 1_500, beatMs: 1_000, sweepMs: 100, lookMs: 20, outageMs: 50 };
beforeAll(() => keepTinyEnvironment(dataDir));
afterAll(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }));

onBothDatabases("what always holds of a job", (database) => {
  const queues: { halt: AbortController; end: Promise<void> }[] = [];
  afterEach(async () => {
    for (const { halt } of queues) halt.abort();
    await Promise.all(queues.splice(0).map(({ end }) => end));
    const { db } = database();
    await db.benchmarkRun.deleteMany();
    await db.job.deleteMany();
  });
  const serve = (db: Db) => {
    const halt = new AbortController();
    const isolation = { level: 0, network: "open", limits: true } as const;
    const executor = makeLocalExecutor({ dataDir, toolsDir: dataDir, evalDataDir: null, isolation });
    const worker = { pid: process.pid, identity: "test" };
    const tools = { db, dataDir, executor, worker, times, now: () => new Date() };
    queues.push({ halt, end: runQueue({ ...tools, shutdown: halt.signal, say: () => undefined }) });
  };
  const claim = async () => {
    const { db, owner } = database();
    const { id } = await makeJob(db, owner);
    const claimed = await leases.claimNext(db, new Date(), { executor: "local", leaseMs: times.leaseMs });
    if (claimed?.lease.jobId !== id) throw new Error("another job was claimed");
    return claimed;
  };

  test("fifty finishes at once, with the same result and with others, leave one verdict", async () => {
    const { db, owner, settings } = database();
    const job = await claim();
    // Two connections of one process to one SQLite file would block its only thread, each waiting for the other.
    const others = settings.provider === "postgres" ? [openDatabase(settings), openDatabase(settings)] : [];
    const clients = [db, ...others];
    const ends = await Promise.allSettled(
      Array.from({ length: 50 }, (_, at) => {
        const runId = `run_01JCXTESTREPRT00000000000${at % 10}`;
        const report = makeReport({ config: { projectId: job.projectId }, overrides: { runId } });
        const client = clients[at % clients.length] ?? db;
        return leases.succeedJob(client, job.lease, runId, new Date(), (tx) =>
          storeReport(tx, owner.workspaceId, {
            projectId: job.projectId,
            jobId: job.lease.jobId,
            scaffoldId: job.scaffoldId,
            source: "local",
            isolation: null,
            modified: false,
            report,
            createdBy: MemberId.parse(owner.memberId),
            at: new Date(),
          }),
        );
      }),
    );
    for (const client of others) await client.$disconnect();
    expect(ends.filter((end) => end.status === "fulfilled" && end.value)).toHaveLength(1);
    const stored = await db.benchmarkRun.findMany({ where: { projectId: job.projectId } });
    expect(stored).toHaveLength(1);
    const { runId } = await readJob(db, owner.workspaceId, job.lease.jobId);
    expect(stored[0]?.runId).toBe(runId);
  }, 60_000);

  test("no verdict comes after a cancel that was acknowledged, in a hundred races", async () => {
    const { db, owner } = database();
    const winners = { cancelled: 0, succeeded: 0 };
    for (let round = 0; round < 100; round++) {
      const { lease } = await claim();
      const acknowledged = wait(round % 3).then(() =>
        requestCancel(db, owner.workspaceId, lease.jobId, new Date()),
      );
      const kept = wait(round % 2).then(() =>
        leases.succeedJob(db, lease, `run_${round}`, new Date(), async () => undefined),
      );
      const [seen] = await Promise.all([acknowledged, kept]);
      await leases.stopJob(db, lease, new Date());
      const job = await readJob(db, owner.workspaceId, lease.jobId);
      if (seen.state !== "succeeded") expect(job).toMatchObject({ state: "cancelled", runId: null });
      else expect(job).toMatchObject({ state: "succeeded", runId: `run_${round}` });
      winners[job.state === "succeeded" ? "succeeded" : "cancelled"] += 1;
    }
    expect(winners.cancelled + winners.succeeded).toBe(100);
  }, 60_000);

  test("the log of an attempt is what the pilot printed, though a third of the writes or their answers got lost", async () => {
    const { db, owner } = database();
    const pilot = await makeTinyPilot(
      { db, owner, dataDir },
      "for n in range(60):\n        print(n, flush=True)\n        time.sleep(0.03)\n    write()",
    );
    const { id } = await pilot.enqueue();
    const bits = drawSeeded(7);
    let lost = 0;
    // A connection that breaks before a transaction, or after it was committed and before its answer came.
    const shaky = new Proxy(db, {
      get: (target, key) => {
        if (key !== "$transaction") return Reflect.get(target, key, target);
        return async (work: Parameters<Db["$transaction"]>[0]) => {
          const luck = bits() / 2 ** 32;
          const break_ = (at: boolean) => {
            if (!at) return;
            lost += 1;
            throw new Error("the connection broke");
          };
          break_(luck < 0.15);
          const done = await target.$transaction(work);
          const job = await readJob(target, owner.workspaceId, id);
          break_(luck > 0.85 && job.state === "running");
          return done;
        };
      },
    });
    // The end itself is tried once: a job whose result could not be stored fails or is tried again as a whole.
    await db.job.update({ where: { id }, data: { maxAttempts: 50 } });
    serve(shaky);
    await expect
      .poll(async () => (await readJob(db, owner.workspaceId, id)).state, { timeout: 30_000 })
      .not.toMatch(/queued|running/);
    const job = await readJob(db, owner.workspaceId, id);
    const events = await readEventsAfter(db, owner.workspaceId, id, 0);
    expect(lost).toBeGreaterThan(0);
    expect(events.map((event) => event.seq)).toEqual(events.map((_, at) => at + 1));
    const lines = events.flatMap(({ attempt, body }) =>
      attempt === job.attempt && body.kind === "log" ? [body.line] : [],
    );
    expect(lines).toEqual(Array.from({ length: 60 }, (_, n) => String(n)));
  }, 60_000);

  test("the same hand-out run twice is judged the same", async () => {
    const { db, owner } = database();
    const pilot = await makeTinyPilot({ db, owner, dataDir });
    serve(db);
    for (const _ of [1, 2]) {
      const { id } = await pilot.enqueue();
      await expect
        .poll(async () => (await readJob(db, owner.workspaceId, id)).state, { timeout: 30_000 })
        .toBe("succeeded");
    }
    const [one, two] = await db.benchmarkRun.findMany({ where: { projectId: pilot.projectId } });
    expect(one?.runId).not.toBe(two?.runId);
    expect(one?.verdicts.length).toBeGreaterThan(10);
    expect(two?.verdicts).toBe(one?.verdicts);
  }, 60_000);

  test("twenty healthy jobs keep their attempt over an outage; the one without a runner is taken back", async () => {
    const { db, owner } = database();
    const held = [];
    for (let job = 0; job < 21; job++) held.push((await claim()).lease);
    const [orphan, ...healthy] = held;
    if (!orphan) throw new Error("nothing was claimed");
    // Nobody could beat for longer than a lease: to the database every one of them looks dead.
    await wait(times.leaseMs + 200);
    serve(db);
    const until = Date.now() + 2 * times.leaseMs;
    while (Date.now() < until) {
      for (const lease of healthy) {
        expect(await leases.beat(db, lease, new Date(), times.leaseMs)).toBe("held");
      }
      await wait(50);
    }
    for (const { jobId } of healthy) {
      expect(await readJob(db, owner.workspaceId, jobId)).toMatchObject({ state: "running", attempt: 1 });
    }
    expect(await leases.beat(db, orphan, new Date(), times.leaseMs)).toBe("lost");
  }, 60_000);
});
