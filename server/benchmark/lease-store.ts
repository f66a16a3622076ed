import { randomBytes } from "node:crypto";
import type { Prisma } from "#prisma/generated/sqlite/client.ts";
import type { Db, Tx } from "#server/db.ts";
import { WorkspaceId } from "#server/identity/schema.ts";
import { sayRoom } from "#server/messages/say.ts";
import { sha256Of } from "#server/scaffold/canonical-json.ts";
import { leaseMs } from "./advance-job.ts";
import { type ExecutorName, type Isolation, JobError, type JobEventBody, JobSpec } from "./job-schema.ts";
import { isSweepPoint } from "./job-store.ts";

const say = sayRoom("errors");

/**
 * The worker's right to write to one attempt of one job. The token is never stored, only its hash; every write below
 * checks attempt, hash and state in the same statement that writes, so that a runner which was replaced changes
 * nothing. The rules are those of `advance-job.ts`.
 */
export type Lease = { workspaceId: WorkspaceId; jobId: string; attempt: number; token: string };

export type ClaimedJob = {
  lease: Lease;
  projectId: string;
  scaffoldId: string;
  createdBy: string;
  spec: JobSpec;
  /** What it promised before it started. */
  seal: string | null;
};

/** Who takes a job: the executor that will run it is written on the row. */
export type Holder = { executor: ExecutorName; leaseMs: number };
const localHolder: Holder = { executor: "local", leaseMs };

/**
 * Takes the oldest waiting job of any workspace; null when none waits. A run goes before the points of sweeps, which
 * may take an hour together, and a sweep has one point at a time: two beside each other would measure each other.
 */
export async function claimNext(db: Db, now: Date, holder: Holder = localHolder): Promise<ClaimedJob | null> {
  for (;;) {
    const row = (await findWaiting(db, { NOT: isSweepPoint })) ?? (await findWaitingPoint(db));
    if (!row) return null;
    // 32 random bytes: nobody guesses another attempt's token.
    const token = randomBytes(32).toString("base64url");
    const take = (tx: Db | Tx) =>
      tx.job.updateMany({
        where: { id: row.id, state: "queued", attempt: row.attempt, cancelRequestedAt: null },
        data: {
          state: "running",
          attempt: { increment: 1 },
          leaseTokenHash: sha256Of(token),
          leaseUntil: new Date(now.getTime() + holder.leaseMs),
          executor: holder.executor,
          externalId: null,
          isolation: null,
          startedAt: row.startedAt ?? now,
          phase: null,
          done: 0,
          total: 0,
        },
      });
    const spec = JobSpec.parse(JSON.parse(row.spec));
    const { count } = spec.sweep === undefined ? await take(db) : await takeAlone(db, row, take);
    // Another worker was quicker: look again, the next one may be free.
    if (count === 0) continue;
    const workspaceId = WorkspaceId.parse(row.workspaceId);
    return {
      lease: { workspaceId, jobId: row.id, attempt: row.attempt + 1, token },
      projectId: row.projectId,
      scaffoldId: row.scaffoldId,
      createdBy: row.createdBy,
      spec,
      seal: row.seal,
    };
  }
}

const oldestFirst: Prisma.JobOrderByWithRelationInput[] = [{ createdAt: "asc" }, { id: "asc" }];

function findWaiting(db: Db, where: Prisma.JobWhereInput) {
  return db.job.findFirst({
    where: { AND: [where, { state: "queued", cancelRequestedAt: null }] },
    orderBy: oldestFirst,
  });
}

async function findWaitingPoint(db: Db) {
  const running = await db.job.findMany({ where: { state: "running" }, select: { projectId: true } });
  const busy = running.map(({ projectId }) => projectId);
  return findWaiting(db, { ...isSweepPoint, projectId: { notIn: busy } });
}

/** Touching the project's row makes two workers wait for each other on both databases. */
async function takeAlone(
  db: Db,
  { projectId, workspaceId }: { projectId: string; workspaceId: string },
  take: (tx: Tx) => Promise<{ count: number }>,
): Promise<{ count: number }> {
  return db.$transaction(async (tx) => {
    await tx.project.updateMany({ where: { id: projectId, workspaceId }, data: { workspaceId } });
    const running = await tx.job.count({ where: { workspaceId, projectId, state: "running" } });
    return running > 0 ? { count: 0 } : take(tx);
  });
}

/** Extends the lease. `lost` = another attempt holds the job: stop and publish nothing. */
export async function beat(
  db: Db,
  lease: Lease,
  now: Date,
  forMs = leaseMs,
): Promise<"held" | "cancel" | "lost"> {
  const { count } = await db.job.updateMany({
    where: heldBy(lease),
    data: { leaseUntil: new Date(now.getTime() + forMs) },
  });
  if (count === 0) return "lost";
  const row = await db.job.findFirst({
    where: { id: lease.jobId, workspaceId: lease.workspaceId },
    select: { cancelRequestedAt: true },
  });
  return row?.cancelRequestedAt ? "cancel" : "held";
}

/**
 * Appends without a gap. False = the lease is lost and nothing was written. `offset` = how many events of this attempt
 * stand before these: what was written already, because only the answer got lost, is not written twice.
 */
export async function appendEvents(
  db: Db,
  lease: Lease,
  bodies: JobEventBody[],
  now: Date,
  offset: number | null = null,
): Promise<boolean> {
  if (bodies.length === 0) return true;
  return db.$transaction(async (tx) => {
    const moved = bodies.filter((body) => body.kind !== "log").at(-1);
    // The update also takes the job's row, so that two writers cannot draw the same number.
    const { count } = await tx.job.updateMany({
      where: heldBy(lease),
      data: { attempt: lease.attempt, ...(moved ? sayWhere(moved) : {}) },
    });
    if (count === 0) return false;
    const last = await tx.jobEvent.findFirst({ where: { jobId: lease.jobId }, orderBy: { seq: "desc" } });
    const firstSeq = (last?.seq ?? 0) + 1;
    const known =
      offset === null
        ? 0
        : (await tx.jobEvent.count({ where: { jobId: lease.jobId, attempt: lease.attempt } })) - offset;
    await tx.jobEvent.createMany({
      data: bodies.slice(Math.max(0, known)).map((body, index) => ({
        jobId: lease.jobId,
        seq: firstSeq + index,
        workspaceId: lease.workspaceId,
        attempt: lease.attempt,
        kind: body.kind,
        body: JSON.stringify(body),
        at: now,
      })),
    });
    return true;
  });
}

export async function recordIsolation(db: Db, lease: Lease, isolation: Isolation): Promise<boolean> {
  const { count } = await db.job.updateMany({
    where: heldBy(lease),
    data: { isolation: JSON.stringify(isolation) },
  });
  return count === 1;
}

/** Under which name an executor outside this machine knows the attempt. */
export async function recordExternalId(db: Db, lease: Lease, externalId: string): Promise<boolean> {
  const { count } = await db.job.updateMany({ where: heldBy(lease), data: { externalId } });
  return count === 1;
}

/**
 * Ends the job with its report, both or neither: `keep` writes the report in the same transaction. False = the lease
 * is lost or the job was cancelled meanwhile, and nothing was written.
 */
export async function succeedJob(
  db: Db,
  lease: Lease,
  runId: string,
  now: Date,
  keep: (tx: Tx) => Promise<unknown>,
): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const { count } = await tx.job.updateMany({
      where: { ...heldBy(lease), cancelRequestedAt: null },
      data: { ...ended, state: "succeeded", runId, finishedAt: now },
    });
    if (count === 0) return false;
    await keep(tx);
    return true;
  });
}

/** A job that was asked to stop ends as cancelled, whatever went wrong meanwhile. */
export async function failJob(db: Db, lease: Lease, error: JobError, now: Date): Promise<boolean> {
  const stopped = await stopWhere(db, { ...heldBy(lease), cancelRequestedAt: { not: null } }, now);
  if (stopped > 0) return true;
  const { count } = await db.job.updateMany({
    where: heldBy(lease),
    data: { ...ended, state: "failed", error: JSON.stringify(JobError.parse(error)), finishedAt: now },
  });
  return count === 1;
}

export async function stopJob(db: Db, lease: Lease, now: Date): Promise<boolean> {
  return (await stopWhere(db, heldBy(lease), now)) === 1;
}

/** The worker ends in good order: the job waits again and the attempt is not held against it. */
export async function releaseJob(db: Db, lease: Lease, now: Date): Promise<boolean> {
  const stopped = await stopWhere(db, { ...heldBy(lease), cancelRequestedAt: { not: null } }, now);
  if (stopped > 0) return true;
  const { count } = await db.job.updateMany({
    where: heldBy(lease),
    data: { ...ended, state: "queued", maxAttempts: { increment: 1 } },
  });
  return count === 1;
}

/** The worker that held this lease is known to be dead: nobody needs to wait for the lease to run out. */
export async function loseJob(db: Db, lease: Lease, now: Date): Promise<number> {
  return loseWhere(db, heldBy(lease), now);
}

/** Leases that ran out, in every workspace: waits again, or is given up, or is cancelled as it was asked. */
export async function sweepLost(db: Db, now: Date): Promise<number> {
  return loseWhere(db, { state: "running", leaseUntil: { lte: now } }, now);
}

const ended = { leaseTokenHash: null, leaseUntil: null } as const;

function heldBy(lease: Lease) {
  return {
    id: lease.jobId,
    workspaceId: lease.workspaceId,
    attempt: lease.attempt,
    leaseTokenHash: sha256Of(lease.token),
    state: "running",
  };
}

async function loseWhere(db: Db, where: Prisma.JobWhereInput, now: Date): Promise<number> {
  const stopped = await stopWhere(db, { AND: [where, { cancelRequestedAt: { not: null } }] }, now);
  const lost: JobError = {
    code: "LOST_RUNNER",
    message: say("LOST_RUNNER.said"),
    lastLines: [],
  };
  const { count: givenUp } = await db.job.updateMany({
    where: { AND: [where, { cancelRequestedAt: null }, { attempt: { gte: db.job.fields.maxAttempts } }] },
    data: { ...ended, state: "failed", error: JSON.stringify(lost), finishedAt: now },
  });
  const { count: waiting } = await db.job.updateMany({
    where: { AND: [where, { cancelRequestedAt: null }, { attempt: { lt: db.job.fields.maxAttempts } }] },
    data: { ...ended, state: "queued" },
  });
  return stopped + givenUp + waiting;
}

async function stopWhere(db: Db, where: Prisma.JobWhereInput, now: Date): Promise<number> {
  const { count } = await db.job.updateMany({
    where,
    data: { ...ended, state: "cancelled", finishedAt: now },
  });
  return count;
}

function sayWhere(body: Exclude<JobEventBody, { kind: "log" }>) {
  if (body.kind === "phase") return { phase: body.phase, done: 0, total: 0 };
  return { phase: body.phase, done: body.done, total: body.total };
}
