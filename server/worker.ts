import type { Executor } from "#server/benchmark/executor.ts";
import { makeLocalExecutor } from "#server/benchmark/local-executor.ts";
import { measureIsolation } from "#server/benchmark/measure-isolation.ts";
import { makeRayExecutor } from "#server/benchmark/ray-executor.ts";
import { identifyProcess } from "#server/benchmark/read-process.ts";
import { writeWorkerBeat } from "#server/benchmark/read-worker.ts";
import { every, queueTimes, recoverRuns, runQueue } from "#server/benchmark/run-queue.ts";
import { openDatabase } from "#server/db.ts";
import { readSettings } from "#server/env.ts";
import { keepMachine } from "#server/hardware/keep-machine.ts";
import { toolsDir } from "#server/scaffold/read-template.ts";
import { eraseExpiredScorecards } from "#server/team/scorecard-store.ts";

const HOUR_MS = 60 * 60 * 1000;

/** The third door beside web and terminal: owns jobs, leases and clean-up, runs one benchmark at a time. */
async function main(): Promise<void> {
  const settings = readSettings();
  const { dataDir, evalDataDir, ray } = settings;
  const db = openDatabase(settings);
  const now = () => new Date();
  const halt = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => halt.abort());

  const isolation = await measureIsolation();
  const local = makeLocalExecutor({ dataDir, toolsDir, evalDataDir, isolation });
  const cluster = ray === null ? null : makeRayExecutor({ dataDir, evalDataDir, settings: ray });
  const executor: Executor = cluster ?? local;
  const identity = await identifyProcess(process.pid);
  const tools = {
    db,
    dataDir,
    executor,
    worker: { pid: process.pid, identity: identity ?? "unknown" },
    now,
    times: queueTimes,
    shutdown: halt.signal,
    say,
  };
  // The operator may have changed the executor since the last worker died.
  await recoverRuns(tools, cluster === null ? [local] : [local, cluster]);
  const startedAt = now().toISOString();
  const beat = every(queueTimes.beatMs, note, () =>
    writeWorkerBeat(dataDir, { pid: process.pid, startedAt, beatAt: now().toISOString(), isolation }),
  );
  // Before the first job, because the two would disturb each other.
  await keepMachine(dataDir, now()).catch(note);
  // What may no longer be kept goes, also while nobody looks.
  const timer = every(HOUR_MS, note, () => eraseExpiredScorecards(db, now()));
  await runQueue(tools);
  await Promise.all([timer.end(), beat.end()]);
  await db.$disconnect();
}

function note(thrown: unknown): undefined {
  say({ error: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) });
}

function say(line: Record<string, unknown>): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), worker: process.pid, ...line })}\n`);
}

await main();
