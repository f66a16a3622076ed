import { setTimeout as wait } from "node:timers/promises";
import { beatMs, leaseMs } from "#server/benchmark/advance-job.ts";
import { claimNext, loseJob, sweepLost } from "#server/benchmark/lease-store.ts";
import { makeLocalExecutor, markOf } from "#server/benchmark/local-executor.ts";
import { measureIsolation } from "#server/benchmark/measure-isolation.ts";
import { identifyProcess, isSameProcess } from "#server/benchmark/read-process.ts";
import { writeWorkerBeat } from "#server/benchmark/read-worker.ts";
import { endMarked } from "#server/benchmark/run-bench.ts";
import { listRunFolders, type RunState, removeRunFolder } from "#server/benchmark/run-folder.ts";
import { runJob } from "#server/benchmark/run-job.ts";
import { signalGroup } from "#server/benchmark/run-process.ts";
import { storeReport } from "#server/benchmark/store.ts";
import { type Db, openDatabase } from "#server/db.ts";
import { readSettings } from "#server/env.ts";
import { keepMachine } from "#server/hardware/keep-machine.ts";
import { MemberId } from "#server/identity/schema.ts";
import { toolsDir } from "#server/scaffold/read-template.ts";
import { readScaffold } from "#server/scaffold/store.ts";

const sweepMs = 5_000;
const lookMs = 500;
/** A database that does not answer is asked again, not hammered. */
const outageMs = 5_000;

/**
 * The third door beside web and terminal: owns jobs, leases and clean-up, runs one benchmark at a time. Nothing in
 * its memory matters: whoever starts after its death finds everything in the database and in the run folders.
 */
async function main(): Promise<void> {
  const settings = readSettings();
  const db = openDatabase(settings);
  const now = () => new Date();
  const halt = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => halt.abort());

  const identity = await identifyProcess(process.pid);
  const worker = { pid: process.pid, identity: identity ?? "unknown" };
  await recoverRuns(db, settings.dataDir, now);
  const isolation = await measureIsolation();
  const startedAt = now().toISOString();
  const executor = makeLocalExecutor({
    dataDir: settings.dataDir,
    toolsDir,
    evalDataDir: settings.evalDataDir,
    isolation,
  });

  const sweeper = makeSweeper(db, now);
  const beats = [
    every(beatMs, () =>
      writeWorkerBeat(settings.dataDir, {
        pid: process.pid,
        startedAt,
        beatAt: now().toISOString(),
        isolation,
      }),
    ),
    every(sweepMs, sweeper),
  ];
  // Before the first job, because the two would disturb each other.
  await keepMachine(settings.dataDir, now()).catch(note);

  while (!halt.signal.aborted) {
    let pauseMs = lookMs;
    const job = await claimNext(db, now()).catch((thrown) => {
      pauseMs = outageMs;
      return note(thrown);
    });
    if (!job) {
      await wait(pauseMs, undefined, { signal: halt.signal }).catch(() => undefined);
      continue;
    }
    const end = await runJob(
      {
        db,
        dataDir: settings.dataDir,
        executor,
        worker,
        now,
        readScaffold: ({ lease, projectId, scaffoldId }) =>
          readScaffold(db, lease.workspaceId, projectId, scaffoldId),
        keepReport: (tx, { lease, projectId, scaffoldId, createdBy }, report, got) =>
          storeReport(tx, lease.workspaceId, {
            projectId,
            jobId: lease.jobId,
            scaffoldId,
            source: "local",
            isolation: got,
            modified: false,
            report,
            createdBy: MemberId.parse(createdBy),
            at: now(),
          }),
        shutdown: halt.signal,
        report: note,
      },
      job,
    ).catch(note);
    say({ job: job.lease.jobId, attempt: job.lease.attempt, end: end ?? "unknown" });
  }
  for (const beat of beats) beat.end();
  await db.$disconnect();
}

/** What a dead worker left behind: its pilots are ended, its leases given back at once, its folders removed. */
async function recoverRuns(db: Db, dataDir: string, now: () => Date): Promise<void> {
  for (const { folder, state } of await listRunFolders(dataDir)) {
    if (state !== null) {
      if (await isSameProcess(state.worker.pid, state.worker.identity)) continue;
      await endOrphan(state);
      await loseJob(db, state.lease, now());
      say({ job: state.lease.jobId, attempt: state.lease.attempt, end: "lost" });
    }
    await removeRunFolder(folder);
  }
}

async function endOrphan({ pilot, lease }: RunState): Promise<void> {
  if (pilot && (await isSameProcess(pilot.pid, pilot.identity))) signalGroup(pilot.pid, "SIGKILL");
  await endMarked(markOf(lease.jobId, lease.attempt));
}

/**
 * Takes back leases that ran out, but only after this process has watched for a whole lease without a gap: after an
 * outage, or when the machine slept, the other workers get the time to beat first.
 */
function makeSweeper(db: Db, now: () => Date): () => Promise<unknown> {
  let watchedFrom = now().getTime();
  let lastTurn = watchedFrom;
  return async () => {
    const turn = now().getTime();
    if (turn - lastTurn > 4 * sweepMs) watchedFrom = turn;
    lastTurn = turn;
    return turn - watchedFrom >= leaseMs ? sweepLost(db, now()) : 0;
  };
}

function every(ms: number, work: () => Promise<unknown>): { end: () => void } {
  let busy = false;
  const turn = async () => {
    if (busy) return;
    busy = true;
    await work().catch(note);
    busy = false;
  };
  void turn();
  const timer = setInterval(turn, ms);
  return { end: () => clearInterval(timer) };
}

function note(thrown: unknown): undefined {
  say({ error: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) });
}

function say(line: Record<string, unknown>): void {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), worker: process.pid, ...line })}\n`);
}

await main();
