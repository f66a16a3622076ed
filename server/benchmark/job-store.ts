import type { JobEvent as JobEventRow, Job as JobRow } from "#prisma/generated/sqlite/client.ts";
import type { Db } from "#server/db.ts";
import { PilotageError } from "#server/errors.ts";
import type { MemberId, WorkspaceId } from "#server/identity/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { newId } from "#server/new-id.ts";
import { Job, JobEvent, JobSpec } from "./job-schema.ts";

const say = sayRoom("errors");

const active = ["queued", "running"];

/** Rows of points of sweeps. Their specification is our own JSON, and no other part of it holds this key. */
export const isSweepPoint = { spec: { contains: '"sweepId":"' } };

export type NewJob = {
  projectId: string;
  scaffoldId: string;
  spec: JobSpec;
  /** sha256 of the plan that the run promises; the report is held to it. */
  seal?: string | null;
  createdBy: MemberId;
  at: Date;
};

/** @throws PilotageError NOT_FOUND, JOB_ACTIVE */
export async function enqueueJob(db: Db, workspaceId: WorkspaceId, job: NewJob): Promise<Job> {
  const [id] = await enqueueJobs(db, workspaceId, [job]);
  return readJob(db, workspaceId, id ?? "");
}

/**
 * All of them or none; they are worked off in this order. One benchmark a project at a time: two beside each other
 * would measure each other.
 * @throws PilotageError NOT_FOUND, JOB_ACTIVE
 */
export async function enqueueJobs(
  db: Db,
  workspaceId: WorkspaceId,
  jobs: [NewJob, ...NewJob[]],
): Promise<string[]> {
  const [job] = jobs;
  const rows = jobs.map(({ projectId, scaffoldId, spec, seal, createdBy, at }) => ({
    id: newId("job"),
    workspaceId,
    projectId,
    scaffoldId,
    spec: JSON.stringify(JobSpec.parse(spec)),
    seal: seal ?? null,
    state: "queued",
    executor: "local",
    createdBy,
    createdAt: at,
  }));
  await db.$transaction(async (tx) => {
    // Touching the project's row makes two clicks wait for each other on both databases.
    const { count } = await tx.project.updateMany({
      where: { id: job.projectId, workspaceId, deletedAt: null },
      data: { updatedAt: job.at },
    });
    if (count === 0) throw new PilotageError("absent", "NOT_FOUND", say("NOT_FOUND.project"));
    const running = await tx.job.count({
      where: { workspaceId, projectId: job.projectId, state: { in: active } },
    });
    if (running > 0) {
      throw new PilotageError("conflict", "JOB_ACTIVE", say("JOB_ACTIVE.said"), {
        hint: say("JOB_ACTIVE.hint"),
      });
    }
    await tx.job.createMany({ data: rows });
  });
  return rows.map(({ id }) => id);
}

/** @throws PilotageError NOT_FOUND, also for a job of another workspace */
export async function readJob(db: Db, workspaceId: WorkspaceId, jobId: string): Promise<Job> {
  const row = await db.job.findFirst({ where: { id: jobId, workspaceId } });
  if (!row) throw new PilotageError("absent", "NOT_FOUND", say("NOT_FOUND.job"));
  return toJob(row);
}

/** What a job promised before it started; null for one of before jobs were sealed, and where there is none. */
export async function readSeal(db: Db, workspaceId: WorkspaceId, jobId: string): Promise<string | null> {
  const row = await db.job.findFirst({ where: { id: jobId, workspaceId }, select: { seal: true } });
  return row?.seal ?? null;
}

/** What a project's page shows: the job that runs or waits next, else the newest run; null before the first. */
export async function readLatestJob(
  db: Db,
  workspaceId: WorkspaceId,
  projectId: string,
): Promise<Job | null> {
  const where = { workspaceId, projectId };
  const row =
    (await db.job.findFirst({ where: { ...where, state: "running" }, orderBy: { id: "asc" } })) ??
    (await db.job.findFirst({ where: { ...where, state: "queued" }, orderBy: { id: "asc" } })) ??
    // A sweep that ended has a page of its own.
    (await db.job.findFirst({ where: { ...where, NOT: isSweepPoint }, orderBy: { id: "desc" } }));
  return row ? toJob(row) : null;
}

/** Those of these projects for which a job waits or works. */
export async function listBusyProjects(
  db: Db,
  workspaceId: WorkspaceId,
  projectIds: string[],
): Promise<Set<string>> {
  const where = { workspaceId, projectId: { in: projectIds }, state: { in: active } };
  const rows = await db.job.findMany({ where, select: { projectId: true } });
  return new Set(rows.map((row) => row.projectId));
}

/** How many jobs of this machine run or wait before a queued one; 0 = it is next. Only a number crosses workspaces. */
export async function countJobsBefore(db: Db, workspaceId: WorkspaceId, jobId: string): Promise<number> {
  const row = await db.job.findFirst({ where: { id: jobId, workspaceId } });
  if (row?.state !== "queued") return 0;
  const isPoint = JobSpec.parse(JSON.parse(row.spec)).sweep !== undefined;
  const older = [{ createdAt: { lt: row.createdAt } }, { createdAt: row.createdAt, id: { lt: row.id } }];
  return db.job.count({
    where: {
      OR: [
        { state: "running" },
        // A run goes before every point of a sweep.
        { state: "queued", NOT: isSweepPoint, ...(isPoint ? {} : { OR: older }) },
        ...(isPoint ? [{ state: "queued", ...isSweepPoint, OR: older }] : []),
      ],
    },
  });
}

/** In order, at most `take`, from the first after `afterSeq`. */
export async function readEventsAfter(
  db: Db,
  workspaceId: WorkspaceId,
  jobId: string,
  afterSeq: number,
  take = 500,
): Promise<JobEvent[]> {
  const rows = await db.jobEvent.findMany({
    where: { workspaceId, jobId, seq: { gt: afterSeq } },
    orderBy: { seq: "asc" },
    take,
  });
  return rows.map(toEvent);
}

/**
 * A waiting job is cancelled at once, a running one is asked to stop and its runner obeys within one beat. Doing it
 * twice, or after the end, changes nothing.
 */
export async function requestCancel(
  db: Db,
  workspaceId: WorkspaceId,
  jobId: string,
  now: Date,
): Promise<Job> {
  await db.job.updateMany({
    where: { id: jobId, workspaceId, state: { in: active }, cancelRequestedAt: null },
    data: { cancelRequestedAt: now },
  });
  // From here on nobody can claim it, so what still waits may end.
  await db.job.updateMany({
    where: { id: jobId, workspaceId, state: "queued", cancelRequestedAt: { not: null } },
    data: { state: "cancelled", finishedAt: now },
  });
  return readJob(db, workspaceId, jobId);
}

export function toJob(row: JobRow): Job {
  return Job.parse({
    id: row.id,
    projectId: row.projectId,
    scaffoldId: row.scaffoldId,
    spec: JSON.parse(row.spec),
    state: row.state,
    attempt: row.attempt,
    maxAttempts: row.maxAttempts,
    cancelRequested: row.cancelRequestedAt !== null,
    executor: row.executor,
    isolation: row.isolation === null ? null : JSON.parse(row.isolation),
    phase: row.phase,
    done: row.done,
    total: row.total,
    error: row.error === null ? null : JSON.parse(row.error),
    runId: row.runId,
    seal: row.seal,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  });
}

function toEvent(row: JobEventRow): JobEvent {
  return JobEvent.parse({
    seq: row.seq,
    attempt: row.attempt,
    body: JSON.parse(row.body),
    at: row.at.toISOString(),
  });
}
