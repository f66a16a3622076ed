import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { openDatabase } from "#server/db.ts";
import { WorkspaceId } from "#server/identity/schema.ts";
import { makeJob } from "#server/testing/make-job.ts";
import { onBothDatabases } from "#server/testing/open-test-database.ts";
import { advanceJob, type Held, type JobCore, type JobStep, leaseMs } from "./advance-job.ts";
import { countJobsBefore, enqueueJob, readEventsAfter, readJob, requestCancel } from "./job-store.ts";
import * as leases from "./lease-store.ts";

const at = (ms: number) => new Date(1_800_000_000_000 + ms);
const log = (line: string) => ({ kind: "log" as const, line });
const nothing = async () => undefined;

onBothDatabases("the queue", (database) => {
  afterEach(() => database().db.job.deleteMany());

  test("hands out waiting jobs in their order, each to one worker", async () => {
    const { db, owner, settings } = database();
    const first = await makeJob(db, owner, at(1));
    const second = await makeJob(db, owner, at(2));
    expect(await countJobsBefore(db, owner.workspaceId, second.id)).toBe(1);
    const other = openDatabase(settings);
    const claimed = await Promise.all([leases.claimNext(db, at(3)), leases.claimNext(other, at(3))]);
    await other.$disconnect();
    expect(claimed.map((job) => job?.lease.jobId).sort()).toEqual([first.id, second.id].sort());
    expect(await leases.claimNext(db, at(4))).toBeNull();
  });

  test("takes one benchmark a project at a time, also when two are started at once", async () => {
    const { db, owner } = database();
    const { projectId, scaffoldId, spec, id } = await makeJob(db, owner);
    await requestCancel(db, owner.workspaceId, id, at(0));
    const job = { projectId, scaffoldId, spec, createdBy: owner.memberId, at: at(1) };
    const started = await Promise.allSettled([1, 2, 3].map(() => enqueueJob(db, owner.workspaceId, job)));
    expect(started.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    expect(started.find((result) => result.status === "rejected")?.reason).toMatchObject({
      code: "JOB_ACTIVE",
    });
  });

  test("shows a job of another workspace as absent", async () => {
    const { db, owner } = database();
    const job = await makeJob(db, owner);
    const stranger = WorkspaceId.parse("wsp_01JD0000000000000000000000");
    await expect(readJob(db, stranger, job.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(requestCancel(db, stranger, job.id, at(0))).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await readEventsAfter(db, stranger, job.id, 0)).toEqual([]);
    expect((await readJob(db, owner.workspaceId, job.id)).state).toBe("queued");
  });

  test("numbers what a job says without a gap, over attempts and beside a second writer", async () => {
    const { db, owner } = database();
    const { id } = await makeJob(db, owner);
    const one = await leases.claimNext(db, at(0));
    if (!one) throw new Error("nothing to claim");
    await Promise.all(
      [1, 2, 3, 4].map((n) => leases.appendEvents(db, one.lease, [log(`a${n}`), log(`b${n}`)], at(n))),
    );
    await leases.sweepLost(db, at(leaseMs));
    const two = await leases.claimNext(db, at(leaseMs));
    if (!two) throw new Error("not queued again");
    expect(await leases.appendEvents(db, one.lease, [log("stale")], at(leaseMs))).toBe(false);
    await leases.appendEvents(
      db,
      two.lease,
      [{ kind: "progress", phase: "load", done: 3, total: 10 }],
      at(leaseMs),
    );
    const events = await readEventsAfter(db, owner.workspaceId, id, 0);
    expect(events.map((event) => event.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(events.map((event) => event.attempt)).toEqual([...Array(8).fill(1), 2]);
    expect(await readEventsAfter(db, owner.workspaceId, id, 8)).toHaveLength(1);
    expect(await readJob(db, owner.workspaceId, id)).toMatchObject({ phase: "load", done: 3, total: 10 });
  });

  test("a result and the end of its job are stored together or not at all", async () => {
    const { db, owner } = database();
    const { id } = await makeJob(db, owner);
    const claimed = await leases.claimNext(db, at(0));
    if (!claimed) throw new Error("nothing to claim");
    const broken = leases.succeedJob(db, claimed.lease, "run_x", at(1), async (tx) => {
      await tx.project.updateMany({ where: { id: claimed.projectId }, data: { name: "half-written" } });
      throw new Error("the report does not fit");
    });
    await expect(broken).rejects.toThrow("the report does not fit");
    expect((await readJob(db, owner.workspaceId, id)).state).toBe("running");
    expect(await db.project.count({ where: { name: "half-written" } })).toBe(0);
    const ends = await Promise.all(
      [1, 2, 3, 4, 5].map((n) => leases.succeedJob(db, claimed.lease, `run_${n}`, at(n), nothing)),
    );
    expect(ends.filter(Boolean)).toHaveLength(1);
  });

  test("a cancel and a result that race have one winner, and an acknowledged cancel is final", async () => {
    const { db, owner } = database();
    for (let round = 0; round < 30; round++) {
      const { id } = await makeJob(db, owner);
      const claimed = await leases.claimNext(db, at(0));
      if (!claimed) throw new Error("nothing to claim");
      const steps = [
        () => requestCancel(db, owner.workspaceId, id, at(1)),
        () => leases.succeedJob(db, claimed.lease, "run_x", at(1), nothing),
      ];
      if (round % 2 === 1) steps.reverse();
      await Promise.all(steps.map((step) => step()));
      await leases.stopJob(db, claimed.lease, at(2));
      const job = await readJob(db, owner.workspaceId, id);
      expect(`${job.state}, cancel ${job.cancelRequested}, ${job.runId}`).toMatch(
        /^(succeeded, cancel false, run_x|cancelled, cancel true, null)$/,
      );
    }
  });

  test("follows the rules of a job over any history, and a stale runner changes nothing", async () => {
    const { db, owner } = database();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(9), { minLength: 5, maxLength: 14 }), async (choices) => {
        await db.job.deleteMany();
        const { id } = await makeJob(db, owner);
        let rule: JobCore = {
          state: "queued",
          attempt: 0,
          maxAttempts: 2,
          tokenHash: null,
          leaseUntil: null,
          cancelRequested: false,
          error: null,
        };
        const held: leases.Lease[] = [];
        for (const [index, choice] of choices.entries()) {
          const now = index * 25_000;
          // Older leases are drawn too: they are the stale runners.
          const lease = held[choice % Math.max(1, held.length)];
          const step = await doStep(choice, now, lease);
          if (!step) continue;
          const next = advanceJob(rule, step);
          if (next.ok) rule = next.job;
          const job = await readJob(db, owner.workspaceId, id);
          expect({ ...job, error: job.error?.code ?? null }).toMatchObject({
            state: rule.state,
            attempt: rule.attempt,
            maxAttempts: rule.maxAttempts,
            cancelRequested: rule.cancelRequested,
            error: rule.error,
          });
        }

        async function doStep(choice: number, now: number, lease?: leases.Lease): Promise<JobStep | null> {
          if (choice === 0) {
            const claimed = await leases.claimNext(db, at(now));
            if (claimed) held.push(claimed.lease);
            return { step: "claim", tokenHash: claimed?.lease.token ?? "none", now };
          }
          if (choice === 1) {
            await leases.sweepLost(db, at(now));
            return { step: "sweep", now };
          }
          if (choice === 2 && isLate(now)) {
            await requestCancel(db, owner.workspaceId, id, at(now));
            return { step: "cancel" };
          }
          if (!lease) return null;
          const mine: Held = { attempt: lease.attempt, tokenHash: lease.token };
          if (choice === 3) {
            await leases.succeedJob(db, lease, "run_x", at(now), nothing);
            return { step: "succeed", held: mine };
          }
          if (choice === 4) {
            await leases.failJob(db, lease, { code: "PILOT_FAILED", message: "x", lastLines: [] }, at(now));
            return { step: "fail", held: mine, error: "PILOT_FAILED" };
          }
          if (choice === 5) {
            await leases.stopJob(db, lease, at(now));
            return { step: "stop", held: mine };
          }
          if (choice === 6) {
            await leases.releaseJob(db, lease, at(now));
            return { step: "release", held: mine };
          }
          if (choice === 7) {
            await leases.loseJob(db, lease, at(now));
            return { step: "lose", held: mine };
          }
          if (choice === 8) {
            await leases.appendEvents(db, lease, [log("x")], at(now));
            return { step: "append", held: mine };
          }
          await leases.beat(db, lease, at(now));
          return { step: "beat", held: mine, now };
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});

/** A cancel ends most histories, so it is drawn only late. */
function isLate(now: number): boolean {
  return now > 100_000;
}
