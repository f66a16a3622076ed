import { expect } from "vitest";
import { requestCancel } from "#server/benchmark/job-store.ts";
import * as leases from "#server/benchmark/lease-store.ts";
import type { Db } from "#server/db.ts";
import type { Session } from "#server/identity/schema.ts";
import { newId } from "#server/new-id.ts";
import { makeScaffoldRow } from "./make-job.ts";

/** What a job is to somebody who never saw the product's code: a plain record and the rules in words. */
type Plain = {
  id: string;
  state: "queued" | "running" | "succeeded" | "failed" | "cancelled";
  attempt: number;
  maxAttempts: number;
  until: number;
  cancel: boolean;
  error: string | null;
  runId: string | null;
  /** The attempt of each event, in order. */
  events: number[];
  leases: leases.Lease[];
};

const leaseMs = 60_000;
const origin = 1_800_000_000_000;
const at = (ms: number) => new Date(origin + ms);

/**
 * Walks `jobs` jobs side by side through random claims, beats, results, failures, stops, losses, sweeps and cancels,
 * by current and by replaced holders, and compares the store with the plain record at every step.
 * @returns how many steps were refused by both, so that a walk that tries nothing is noticed
 */
export async function walkHistories(
  db: Db,
  owner: Session,
  { jobs, stepsPerJob, draw }: { jobs: number; stepsPerJob: number; draw: () => number },
): Promise<{ steps: number; refused: number; ended: number }> {
  await db.job.deleteMany();
  const { projectId, scaffoldId } = await makeScaffoldRow(db, owner);
  const plains: Plain[] = Array.from({ length: jobs }, () => ({
    id: newId("job"),
    state: "queued",
    attempt: 0,
    maxAttempts: 2,
    until: 0,
    cancel: false,
    error: null,
    runId: null,
    events: [],
    leases: [],
  }));
  plains.sort((a, b) => (a.id < b.id ? -1 : 1));
  const spec = JSON.stringify({ kind: "bench", preset: "quick", dataSet: "bundled" });
  const { workspaceId, memberId: createdBy } = owner;
  const shared = { workspaceId, projectId, scaffoldId, spec, state: "queued", executor: "local", createdBy };
  await db.job.createMany({ data: plains.map(({ id }) => ({ ...shared, id, createdAt: at(0) })) });

  const tokens = new Set<string>();
  let now = 0;
  let refused = 0;
  const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(draw() * list.length)];
  const steps = jobs * stepsPerJob;
  for (let step = 0; step < steps; step++) {
    now += Math.floor(draw() * 8_000);
    const choice = draw();
    if (choice < 0.16) await claim();
    else if (choice < 0.2) await sweep();
    else if (choice < 0.215) await cancel();
    else await actOnLease();
    if (step % 50 === 49) await compare();
  }
  await compare();
  return { steps, refused, ended: plains.filter((job) => !["queued", "running"].includes(job.state)).length };

  async function claim(): Promise<void> {
    const next = plains.find((job) => job.state === "queued" && !job.cancel);
    const got = await leases.claimNext(db, at(now));
    expect(got?.lease.jobId).toBe(next?.id);
    if (!got || !next) return;
    next.state = "running";
    next.attempt += 1;
    next.until = now + leaseMs;
    expect(got.lease.attempt, "attempts only go up").toBe(next.attempt);
    expect(tokens.has(got.lease.token), "a token belongs to one attempt").toBe(false);
    tokens.add(got.lease.token);
    next.leases.push(got.lease);
  }

  async function sweep(): Promise<void> {
    const lost = plains.filter((job) => job.state === "running" && job.until <= now);
    expect(await leases.sweepLost(db, at(now))).toBe(lost.length);
    for (const job of lost) lose(job);
    await compare();
  }

  async function cancel(): Promise<void> {
    const job = pick(plains);
    if (!job) return;
    await requestCancel(db, workspaceId, job.id, at(now));
    // What has ended has ended: asking for it afterwards changes nothing.
    if (job.state === "queued" || job.state === "running") job.cancel = true;
    if (job.state === "queued") job.state = "cancelled";
  }

  async function actOnLease(): Promise<void> {
    const job = pick(plains.filter((one) => one.leases.length > 0));
    if (!job) return;
    // Mostly whoever holds it; else one that was replaced, which must change nothing.
    const lease = draw() < 0.7 ? job.leases.at(-1) : pick(job.leases);
    if (!lease) return;
    const holds = job.state === "running" && lease.attempt === job.attempt;
    if (!holds) refused += 1;
    const choice = draw();
    const end = (state: Plain["state"]) => {
      if (holds) job.state = job.cancel ? "cancelled" : state;
    };
    if (choice < 0.35) {
      const said = await leases.beat(db, lease, at(now));
      expect(said).toBe(holds ? (job.cancel ? "cancel" : "held") : "lost");
      if (holds) job.until = now + leaseMs;
    } else if (choice < 0.6) {
      expect(await leases.appendEvents(db, lease, [{ kind: "log", line: "x" }], at(now))).toBe(holds);
      if (holds) job.events.push(lease.attempt);
    } else if (choice < 0.72) {
      const runId = `run_${step()}`;
      const kept = await leases.succeedJob(db, lease, runId, at(now), async () => undefined);
      expect(kept).toBe(holds && !job.cancel);
      if (kept) [job.state, job.runId] = ["succeeded", runId];
    } else if (choice < 0.79) {
      const error = { code: "PILOT_FAILED" as const, message: "x", lastLines: [] };
      expect(await leases.failJob(db, lease, error, at(now))).toBe(holds);
      if (holds && !job.cancel) job.error = "PILOT_FAILED";
      end("failed");
    } else if (choice < 0.83) {
      expect(await leases.stopJob(db, lease, at(now))).toBe(holds);
      if (holds) job.state = "cancelled";
    } else if (choice < 0.92) {
      expect(await leases.releaseJob(db, lease, at(now))).toBe(holds);
      if (holds && !job.cancel) job.maxAttempts += 1;
      end("queued");
    } else {
      expect(await leases.loseJob(db, lease, at(now))).toBe(holds ? 1 : 0);
      if (holds) lose(job);
    }
  }

  function step(): string {
    return String(refused + tokens.size);
  }

  function lose(job: Plain): void {
    if (job.cancel) job.state = "cancelled";
    else if (job.attempt < job.maxAttempts) job.state = "queued";
    else [job.state, job.error] = ["failed", "LOST_RUNNER"];
  }

  async function compare(): Promise<void> {
    const rows = await db.job.findMany({ where: { workspaceId }, orderBy: { id: "asc" } });
    expect(
      rows.map((row) => ({
        id: row.id,
        state: row.state,
        attempt: row.attempt,
        maxAttempts: row.maxAttempts,
        cancel: row.cancelRequestedAt !== null,
        error: row.error === null ? null : JSON.parse(row.error).code,
        runId: row.runId,
        until: row.leaseUntil === null ? null : row.leaseUntil.getTime() - origin,
        held: row.leaseTokenHash !== null,
      })),
    ).toEqual(
      plains.map(({ until, events: _events, leases: _leases, ...job }) => ({
        ...job,
        until: job.state === "running" ? until : null,
        held: job.state === "running",
      })),
    );
    const events = await db.jobEvent.findMany({
      where: { jobId: { in: plains.filter((job) => job.events.length > 0).map((job) => job.id) } },
      orderBy: [{ jobId: "asc" }, { seq: "asc" }],
      select: { jobId: true, seq: true, attempt: true },
    });
    expect(events).toEqual(
      plains.flatMap((job) =>
        job.events.map((attempt, index) => ({ jobId: job.id, seq: index + 1, attempt })),
      ),
    );
  }
}
