import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isTerminal } from "#server/benchmark/advance-job.ts";
import { readJob } from "#server/benchmark/job-store.ts";
import { readRun } from "#server/benchmark/store.ts";
import { type DrivenWorker, startShortWorker } from "./drive-workers.ts";
import { keepTinyEnvironment, makeTinyPilot } from "./make-tiny-pilot.ts";
import { onBothDatabases } from "./open-test-database.ts";

/** Long enough to be stopped in its middle, short enough for twenty of them. */
const slowPilot =
  'for step in range(5):\n        say({"phase": "load", "done": step, "total": 5})\n        print("line", step, flush=True)\n        time.sleep(0.04)\n    write()';

/** Workers that are killed or stopped at random moments, and two at once: real processes, signals and executor. */
export function testWorkerDeaths({ points, jobs }: { points: number; jobs: number }): void {
  const dataDir = mkdtempSync(join(tmpdir(), "pilotage-deaths-"));
  beforeAll(() => {
    mkdirSync(dataDir, { recursive: true });
    keepTinyEnvironment(dataDir);
  });
  afterAll(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }));

  onBothDatabases("workers that die", (database) => {
    const alive = new Set<DrivenWorker>();
    afterAll(async () => {
      for (const worker of alive) await worker.kill();
    });
    const start = async () => {
      const worker = await startShortWorker(database().settings, dataDir);
      alive.add(worker);
      return worker;
    };
    const kill = async (worker: DrivenWorker) => {
      alive.delete(worker);
      await worker.kill();
    };
    const begin = async (body = slowPilot) => {
      const { db, owner } = database();
      const pilot = await makeTinyPilot({ db, owner, dataDir }, body);
      const { id } = await pilot.enqueue();
      // On a busy machine a short lease is lost also without a death; what is tested here is what follows.
      await db.job.update({ where: { id }, data: { maxAttempts: 50 } });
      const read = () => readJob(db, owner.workspaceId, id);
      const ended = async () => {
        for (const until = Date.now() + 60_000; Date.now() < until; await wait(15)) {
          const job = await read();
          if (isTerminal(job.state)) return job;
        }
        throw new Error(`did not end: ${JSON.stringify(await read())}`);
      };
      const picture = async () =>
        JSON.stringify([
          await db.job.findUnique({ where: { id } }),
          await db.jobEvent.findMany({ where: { jobId: id }, orderBy: { seq: "asc" } }),
          await db.benchmarkRun.findMany({ where: { projectId: pilot.projectId } }),
        ]);
      const runs = () => db.benchmarkRun.findMany({ where: { projectId: pilot.projectId } });
      return { ...pilot, id, read, ended, picture, runs, db, ws: owner.workspaceId };
    };

    test("kill -9 around the verdict loses no acknowledged result and leaves none half-written", async () => {
      let next = start();
      let acknowledged = 0;
      for (let point = 0; point < points; point++) {
        const worker = await next;
        const { id, projectId, read, ended, runs, db, ws } = await begin(
          'say({"phase": "load", "done": 1, "total": 1})\n    write()',
        );
        worker.begin();
        // The next one starts while this one works.
        next = start();
        await worker.hear((line) => line.computed === id);
        await wait(Math.random() * 40);
        await kill(worker);
        const said = worker.lines.some((line) => line.job === id && line.end === "succeeded");
        const job = await read();
        const stored = await runs();
        // The result and the end of the job are one write: both, or neither.
        expect(stored.length).toBe(job.state === "succeeded" ? 1 : 0);
        if (said) {
          acknowledged += 1;
          expect(job.state).toBe("succeeded");
          const { report } = await readRun(db, ws, projectId, job.runId ?? "");
          expect(report.runId).toBe(stored[0]?.runId);
        }
        const successor = await next;
        successor.begin();
        const last = await ended();
        expect(last).toMatchObject({ state: "succeeded", error: null });
        expect(await runs()).toHaveLength(1);
        if (job.state === "succeeded") expect(last).toEqual(job);
        await expect.poll(() => readdirSync(join(dataDir, "runs")), { timeout: 10_000 }).toEqual([]);
        next = Promise.resolve(successor);
      }
      await kill(await next);
      expect(acknowledged).toBeLessThanOrEqual(points);
    }, 900_000);

    test("a worker that was stopped for longer than its lease changes nothing when it wakes", async () => {
      const workers = await Promise.all([start(), start()]);
      for (const worker of workers) worker.begin();
      let replaced = 0;
      for (let point = 0; point < points; point++) {
        const { id, ended, picture, runs } = await begin();
        const started = (worker: DrivenWorker) => worker.lines.some((line) => line.started === id);
        while (!workers.some(started)) await wait(2);
        const sleeper = workers.find(started);
        if (!sleeper) throw new Error("nobody started it");
        await wait(Math.random() * 350);
        sleeper.signal("SIGSTOP");
        // A worker stopped inside a transaction holds the database until it wakes; all others wait for it.
        const waiting = setTimeout(() => sleeper.signal("SIGCONT"), 15_000);
        const job = await ended();
        clearTimeout(waiting);
        await wait(30);
        const before = await picture();
        sleeper.signal("SIGCONT");
        await sleeper.hear((line) => line.job === id && line.end !== undefined);
        if (sleeper.lines.some((line) => line.job === id && line.end === "lost")) replaced += 1;
        await wait(50);
        expect(await picture()).toBe(before);
        expect(job).toMatchObject({ state: "succeeded" });
        expect(await runs()).toHaveLength(1);
      }
      // Else nothing was tried.
      expect(replaced).toBeGreaterThan(points / 4);
      for (const worker of workers) await kill(worker);
    }, 900_000);

    test("two replicas share the jobs, and none is run, judged or told twice", async () => {
      const all = [];
      for (let job = 0; job < jobs; job++) all.push(await begin());
      const workers = await Promise.all([start(), start()]);
      for (const worker of workers) worker.begin();
      for (const { id, ended, runs, db } of all) {
        const { attempt, state } = await ended();
        expect(state).toBe("succeeded");
        expect(await runs()).toHaveLength(1);
        const said = workers.flatMap((worker) => worker.lines.filter((line) => line.job === id));
        expect(said.filter((line) => line.end === "succeeded").length).toBeLessThanOrEqual(1);
        const starts = workers.flatMap((worker) => worker.lines.filter((line) => line.started === id));
        expect(starts.map((line) => line.attempt).sort()).toEqual(
          Array.from({ length: attempt }, (_, at) => at + 1),
        );
        const events = await db.jobEvent.findMany({ where: { jobId: id }, orderBy: { seq: "asc" } });
        expect(events.map((event) => event.seq)).toEqual(events.map((_, at) => at + 1));
        const told = events.filter((event) => event.attempt === attempt && event.kind === "log");
        expect(told.map((event) => JSON.parse(event.body).line)).toEqual(
          [0, 1, 2, 3, 4].map((n) => `line ${n}`),
        );
      }
      for (const worker of workers) await kill(worker);
    }, 900_000);
  });
}
