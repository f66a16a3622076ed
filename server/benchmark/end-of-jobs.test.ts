import { expect, test } from "vitest";
import { advanceJob, beatMs, isTerminal, type JobCore, type JobStep, leaseMs } from "./advance-job.ts";
import { drawSeeded } from "./draw-seeded.ts";
import { beginWatch, watchLeases } from "./watch-leases.ts";

const sweepMs = 5_000;
const limitMs = 30 * 60_000;
const turnMs = 2_500;

/** A worker with a clock of ours: works, dies, stalls longer than its lease, comes back. */
type Worker = { held: { attempt: number; tokenHash: string } | null; stalledTo: number; endsAt: number };

/** Random deaths and stalls of two workers until `quietFrom`; then one of them stays up. */
function simulate(seed: number, quietFrom: number): { endedAt: number; lastFaultAt: number; job: JobCore } {
  const bits = drawSeeded(seed);
  const draw = () => bits() / 2 ** 32;
  let job: JobCore = {
    state: "queued",
    attempt: 0,
    maxAttempts: 2,
    tokenHash: null,
    leaseUntil: null,
    cancelRequested: false,
    error: null,
  };
  const workers: Worker[] = [1, 2].map(() => ({ held: null, stalledTo: 0, endsAt: 0 }));
  let watch = beginWatch(0);
  let lastFaultAt = 0;
  let lastBeat = 0;
  const attempts: number[] = [];
  const take = (step: JobStep): boolean => {
    const next = advanceJob(job, step);
    if (next.ok) job = next.job;
    return next.ok;
  };
  for (let now = 0; now < 6 * 60 * 60_000; now += turnMs) {
    if (now % sweepMs === 0) {
      const turn = watchLeases(watch, now, { sweepMs, leaseMs });
      watch = turn.watch;
      if (turn.mayTake) take({ step: "sweep", now });
    }
    for (const worker of workers) {
      if (now < quietFrom && draw() < 0.01) {
        lastFaultAt = now;
        // A death forgets what was held; a stall remembers it and comes back with it.
        if (draw() < 0.5) worker.held = null;
        worker.stalledTo = now + draw() * 4 * leaseMs;
        if (draw() < 0.2) watch = beginWatch(now);
      }
      if (now < worker.stalledTo) continue;
      if (worker.held === null) {
        const tokenHash = `${seed}/${now}/${draw()}`;
        if (!take({ step: "claim", tokenHash, now })) continue;
        attempts.push(job.attempt);
        worker.held = { attempt: job.attempt, tokenHash };
        worker.endsAt = now + Math.min(limitMs, 60_000 + draw() * limitMs);
        lastBeat = now;
      } else if (now >= worker.endsAt) {
        const { held } = worker;
        take(draw() < 0.5 ? { step: "succeed", held } : { step: "fail", held, error: "PILOT_FAILED" });
        worker.held = null;
      } else if (now - lastBeat >= beatMs / 5 && !take({ step: "beat", held: worker.held, now })) {
        worker.held = null;
      }
    }
    if (isTerminal(job.state)) {
      expect(attempts).toEqual(attempts.map((_, at) => at + 1));
      return { endedAt: now, lastFaultAt, job };
    }
  }
  return { endedAt: Number.POSITIVE_INFINITY, lastFaultAt, job };
}

test("every job ends while one worker stays up, however the others died before", () => {
  const ends = { succeeded: 0, failed: 0, lost: 0 };
  for (let seed = 0; seed < 2_000; seed++) {
    const { endedAt, lastFaultAt, job } = simulate(seed, 20 * 60_000);
    // What is left after the last fault: to be found lost, and each allowed attempt once to its limit.
    const bound = lastFaultAt + 4 * leaseMs + job.maxAttempts * (limitMs + 2 * leaseMs + 2 * sweepMs);
    expect(endedAt).toBeLessThanOrEqual(bound);
    if (job.error === "LOST_RUNNER") ends.lost += 1;
    else ends[job.state === "succeeded" ? "succeeded" : "failed"] += 1;
  }
  // All three ends were seen, so the faults were real ones.
  expect(Math.min(...Object.values(ends))).toBeGreaterThan(50);
}, 30_000);
