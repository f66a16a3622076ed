import type { Db, Tx } from "#server/db.ts";
import { PilotageError } from "#server/errors.ts";
import type { MemberId, WorkspaceId } from "#server/identity/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { newId } from "#server/new-id.ts";
import type { DataSet, Job, SweepId, SweepPoint } from "./job-schema.ts";
import { enqueueJobs, type NewJob, toJob } from "./job-store.ts";
import type { RunSummary } from "./schema.ts";
import { toSummary } from "./store.ts";

const say = sayRoom("errors");

const active = ["queued", "running"];

export type NewSweep = {
  projectId: string;
  scaffoldId: string;
  dataSet: DataSet;
  /** In the order they are measured in, each with the seal of its plan. */
  points: { point: SweepPoint; seal: string }[];
  createdBy: MemberId;
  at: Date;
};

/**
 * One job a point, all of them or none. They are worked off one after the other by whichever worker is there, so that
 * a sweep lives as long as its rows.
 * @throws PilotageError NOT_FOUND, JOB_ACTIVE
 */
export async function enqueueSweep(
  db: Db,
  workspaceId: WorkspaceId,
  { points, dataSet, ...shared }: NewSweep,
): Promise<SweepId> {
  const sweepId = newId("swp");
  const jobs = points.map(
    ({ point, seal }, index): NewJob => ({
      ...shared,
      seal,
      spec: {
        kind: "bench",
        preset: "quick",
        dataSet,
        sweep: { sweepId, index, of: points.length, point },
      },
    }),
  );
  const [first, ...rest] = jobs;
  if (first === undefined) throw new RangeError("a sweep without a point");
  await enqueueJobs(db, workspaceId, [first, ...rest]);
  return sweepId;
}

/** Jobs in the order of their points, none for a sweep from the terminal; runs of the points that ended well. */
export async function readSweep(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  projectId: string,
  sweepId: SweepId,
): Promise<{ jobs: Job[]; runs: RunSummary[] }> {
  const [jobs, runs] = await Promise.all([
    db.job.findMany({ where: { workspaceId, projectId, ...isOf(sweepId) }, orderBy: { id: "asc" } }),
    db.benchmarkRun.findMany({
      where: { workspaceId, projectId, sweepId },
      orderBy: [{ createdAt: "asc" }, { runId: "asc" }],
      omit: { report: true },
    }),
  ]);
  if (jobs.length + runs.length === 0) {
    throw new PilotageError("absent", "SWEEP_GONE", say("SWEEP_GONE.said"));
  }
  return { jobs: jobs.map(toJob), runs: runs.map(toSummary) };
}

/** Newest first: those with a stored point, and one that waits for its first. */
export async function listSweeps(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  projectId: string,
  take = 20,
): Promise<{ sweepId: SweepId; points: number; at: string }[]> {
  const [groups, newest] = await Promise.all([
    db.benchmarkRun.groupBy({
      by: ["sweepId"],
      where: { workspaceId, projectId, sweepId: { not: null } },
      _count: { runId: true },
      _max: { createdAt: true },
    }),
    db.job.findFirst({
      where: { workspaceId, projectId, spec: { contains: '"sweepId":"' } },
      orderBy: { id: "desc" },
    }),
  ]);
  const stored = groups.flatMap(({ sweepId, _count, _max }) =>
    sweepId === null || _max.createdAt === null
      ? []
      : [{ sweepId, points: _count.runId, at: _max.createdAt.toISOString() }],
  );
  const job = newest === null ? null : toJob(newest);
  const own = job?.spec.sweep?.sweepId;
  const isNew = own !== undefined && stored.every(({ sweepId }) => sweepId !== own);
  const waiting = isNew && job ? [{ sweepId: own, points: 0, at: job.createdAt }] : [];
  // ULIDs: the newest sweep sorts last.
  return [...stored, ...waiting].toSorted((a, b) => (a.sweepId < b.sweepId ? 1 : -1)).slice(0, take);
}

/**
 * Points that wait are cancelled at once, the one that runs is asked to stop; what is stored stays. Twice, or after the
 * end, changes nothing.
 */
export async function cancelSweep(
  db: Db,
  workspaceId: WorkspaceId,
  { projectId, sweepId }: { projectId: string; sweepId: SweepId },
  now: Date,
): Promise<void> {
  const where = { workspaceId, projectId, ...isOf(sweepId) };
  await db.job.updateMany({
    where: { ...where, state: { in: active }, cancelRequestedAt: null },
    data: { cancelRequestedAt: now },
  });
  await db.job.updateMany({
    where: { ...where, state: "queued", cancelRequestedAt: { not: null } },
    data: { state: "cancelled", finishedAt: now },
  });
}

function isOf(sweepId: SweepId) {
  return { spec: { contains: `"sweepId":"${sweepId}"` } };
}
