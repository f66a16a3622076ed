import type { Db, Tx } from "#server/db.ts";
import type { WorkspaceId } from "#server/identity/schema.ts";
import { JobError, JobSpec } from "./job-schema.ts";
import { Notice } from "./notice-schema.ts";
import type { Outcome } from "./schema.ts";

/** Failed jobs that are older were seen on the page long ago. */
const LOOK_BACK_MS = 24 * 3_600_000;

/** Inside the transaction that stores a job's report. One notice a job or sweep, however often it is called. */
export async function noticeFinished(
  tx: Tx | Db,
  workspaceId: WorkspaceId,
  { projectId, jobId, runId, sweepId, outcome, at }: Finished,
): Promise<void> {
  const body: Notice["body"] = { jobId, sweepId, runId, outcome, reason: null };
  const kind = sweepId === null ? "run_finished" : "sweep_finished";
  await write(tx, { workspaceId, projectId, kind, body, at });
}

type Finished = {
  projectId: string;
  jobId: string;
  runId: string;
  sweepId: string | null;
  outcome: Outcome;
  at: Date;
};

/**
 * Writes the notices of failed jobs that have none, in every workspace: after a failed end and after a sweep for lost
 * runners, so that no way of failing goes unsaid. Cancelled jobs were ended by a person who knows.
 *
 * @returns how many were written
 */
export async function noticeFailed(db: Db, now: Date): Promise<number> {
  const since = new Date(now.getTime() - LOOK_BACK_MS);
  const rows = await db.job.findMany({
    where: {
      state: "failed",
      createdAt: { gte: new Date(since.getTime() - LOOK_BACK_MS) },
      finishedAt: { gte: since },
    },
    select: { id: true, workspaceId: true, projectId: true, spec: true, error: true, finishedAt: true },
  });
  const failed = rows.map(({ spec, ...job }) => ({
    ...job,
    sweepId: JobSpec.parse(JSON.parse(spec)).sweep?.sweepId ?? null,
  }));
  // Of a sweep the first point that failed speaks for all.
  const jobs = failed.filter((job, at) => failed.findIndex((one) => idOf(one) === idOf(job)) === at);
  const said = await db.notice.findMany({
    where: { id: { in: jobs.map(idOf) } },
    select: { id: true },
  });
  const missing = jobs.filter((job) => !said.some((notice) => notice.id === idOf(job)));
  for (const { id, sweepId, workspaceId, projectId, error, finishedAt } of missing) {
    const reason = error === null ? null : JobError.parse(JSON.parse(error)).message;
    const body: Notice["body"] = { jobId: id, sweepId, runId: null, outcome: null, reason };
    await write(db, { workspaceId, projectId, kind: "run_failed", body, at: finishedAt ?? now });
  }
  return missing.length;
}

/** Those nobody has read yet, newest first; of projects that were deleted none. */
export async function listUnread(
  db: Db | Tx,
  workspaceId: WorkspaceId,
  take = 20,
): Promise<(Notice & { project: string })[]> {
  const rows = await db.notice.findMany({
    where: { workspaceId, readAt: null, project: { deletedAt: null } },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take,
    include: { project: { select: { name: true } } },
  });
  return rows.map(({ workspaceId: _, project, body, at, ...row }) => ({
    ...Notice.parse({ ...row, body: JSON.parse(body), at: at.toISOString() }),
    project: project.name,
  }));
}

/** All of a project's, or the whole workspace's. @returns how many were unread */
export async function markRead(
  db: Db,
  workspaceId: WorkspaceId,
  { projectId, at }: { projectId: string | null; at: Date },
): Promise<number> {
  const where = { workspaceId, readAt: null, ...(projectId === null ? {} : { projectId }) };
  return (await db.notice.updateMany({ where, data: { readAt: at } })).count;
}

/** One a job, or one a sweep: written again it is the same row. */
function noticeId(jobId: string, sweepId: string | null): string {
  return `ntc_${(sweepId ?? jobId).replace(/^(job|swp)_/, "")}`;
}

function idOf({ id, sweepId }: { id: string; sweepId: string | null }): string {
  return noticeId(id, sweepId);
}

type Row = Pick<Notice, "projectId" | "kind" | "body"> & { workspaceId: string; at: Date };

async function write(db: Db | Tx, { body, ...row }: Row): Promise<void> {
  const id = noticeId(body.jobId, body.sweepId);
  await db.notice.upsert({
    where: { id },
    create: { id, ...row, body: JSON.stringify(body) },
    update: {},
  });
}
