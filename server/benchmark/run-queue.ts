import { setTimeout as wait } from "node:timers/promises";
import type { Db } from "#server/db.ts";
import { MemberId } from "#server/identity/schema.ts";
import { readScaffold } from "#server/scaffold/store.ts";
import { beatMs, leaseMs } from "./advance-job.ts";
import type { Executor } from "./executor.ts";
import { claimNext, loseJob, sweepLost } from "./lease-store.ts";
import { noticeFailed } from "./notice-store.ts";
import { isSameProcess } from "./read-process.ts";
import { listRunFolders, type RunState, removeRunFolder } from "./run-folder.ts";
import { runJob } from "./run-job.ts";
import { signalGroup } from "./run-process.ts";
import { storeReport } from "./store.ts";
import { beginWatch, watchLeases } from "./watch-leases.ts";

export type QueueTimes = {
  leaseMs: number;
  beatMs: number;
  sweepMs: number;
  lookMs: number;
  outageMs: number;
};

export const queueTimes: QueueTimes = {
  leaseMs,
  beatMs,
  sweepMs: 5_000,
  lookMs: 500,
  /** A database that does not answer is asked again, not hammered. */
  outageMs: 5_000,
};

export type QueueTools = {
  db: Db;
  dataDir: string;
  executor: Executor;
  worker: { pid: number; identity: string };
  now: () => Date;
  times: QueueTimes;
  shutdown: AbortSignal;
  /** One line for the operator. */
  say: (line: Record<string, unknown>) => void;
};

/**
 * Claims and runs one benchmark after the other until it is asked to end, and takes back the leases of the dead.
 * Nothing in its memory matters: whoever starts after its death finds everything in the database and in the run
 * folders.
 */
export async function runQueue(tools: QueueTools): Promise<void> {
  const { db, now, times, shutdown, say } = tools;
  const note = (thrown: unknown): undefined => noteThrown(say, thrown);
  let watch = beginWatch(now().getTime());
  const sweeper = every(times.sweepMs, note, async () => {
    const turn = watchLeases(watch, now().getTime(), times);
    watch = turn.watch;
    if (turn.mayTake) await sweepLost(db, now());
    // Here and not where a job fails: a lost runner cannot say it, and this finds every way of failing.
    return noticeFailed(db, now());
  });
  while (!shutdown.aborted) {
    let pauseMs = times.lookMs;
    const holder = { executor: tools.executor.name, leaseMs: times.leaseMs };
    const job = await claimNext(db, now(), holder).catch((thrown) => {
      pauseMs = times.outageMs;
      return note(thrown);
    });
    if (!job) {
      await wait(pauseMs, undefined, { signal: shutdown }).catch(() => undefined);
      continue;
    }
    const end = await runJob(
      {
        ...tools,
        readScaffold: ({ lease, projectId, scaffoldId }) =>
          readScaffold(db, lease.workspaceId, projectId, scaffoldId),
        keepReport: (tx, { lease, projectId, scaffoldId, createdBy, spec }, report, isolation) =>
          storeReport(tx, lease.workspaceId, {
            projectId,
            jobId: lease.jobId,
            scaffoldId,
            source: tools.executor.name,
            isolation,
            modified: false,
            report,
            sweepId: spec.sweep?.sweepId ?? null,
            isLastPoint: spec.sweep !== undefined && spec.sweep.index === spec.sweep.of - 1,
            createdBy: MemberId.parse(createdBy),
            at: now(),
          }),
        report: note,
      },
      job,
    ).catch(note);
    say({ job: job.lease.jobId, attempt: job.lease.attempt, end: end ?? "unknown" });
  }
  await sweeper.end();
}

/** What a dead worker left behind: its pilots are ended, its leases given back at once, its folders removed. */
export async function recoverRuns(
  { db, dataDir, now, say }: QueueTools,
  executors: Pick<Executor, "abandon">[],
): Promise<void> {
  for (const { folder, state } of await listRunFolders(dataDir)) {
    if (state !== null) {
      if (await isSameProcess(state.worker.pid, state.worker.identity)) continue;
      await endOrphan(state, executors);
      await loseJob(db, state.lease, now());
      say({ job: state.lease.jobId, attempt: state.lease.attempt, end: "lost" });
    }
    await removeRunFolder(folder);
  }
}

async function endOrphan({ pilot, lease }: RunState, executors: Pick<Executor, "abandon">[]): Promise<void> {
  if (pilot && (await isSameProcess(pilot.pid, pilot.identity))) signalGroup(pilot.pid, "SIGKILL");
  for (const executor of executors) await executor.abandon(lease.jobId, lease.attempt);
}

/** Calls again and again, never beside itself. */
export function every(
  ms: number,
  note: (thrown: unknown) => void,
  work: () => Promise<unknown>,
): { end: () => Promise<void> } {
  let busy: Promise<void> | null = null;
  const turn = () => {
    busy ??= work()
      .then(() => {}, note)
      .finally(() => {
        busy = null;
      });
  };
  turn();
  const timer = setInterval(turn, ms);
  return {
    // The turn under way is waited for: what comes after may close what it works on.
    end: async () => {
      clearInterval(timer);
      await busy;
    },
  };
}

function noteThrown(say: QueueTools["say"], thrown: unknown): undefined {
  say({ error: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) });
}
