import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { advanceJob, isTerminal, type JobCore, type JobStep, leaseMs } from "./advance-job.ts";

const queued: JobCore = {
  state: "queued",
  attempt: 0,
  maxAttempts: 2,
  tokenHash: null,
  leaseUntil: null,
  cancelRequested: false,
  error: null,
};
const held = { attempt: 1, tokenHash: "t1" };

/** Applies steps in order; a refused step changes nothing. */
const play = (...steps: JobStep[]): JobCore =>
  steps.reduce((job, step) => {
    const next = advanceJob(job, step);
    return next.ok ? next.job : job;
  }, queued);

const claim = (tokenHash: string, now = 0): JobStep => ({ step: "claim", tokenHash, now });

describe("a job", () => {
  test.each<[string, JobStep[], Partial<JobCore>]>([
    [
      "that is claimed runs its first attempt",
      [claim("t1")],
      { state: "running", attempt: 1, leaseUntil: leaseMs },
    ],
    ["that ends well has succeeded", [claim("t1"), { step: "succeed", held }], { state: "succeeded" }],
    [
      "whose lease ran out waits again",
      [claim("t1"), { step: "sweep", now: leaseMs }],
      { state: "queued", attempt: 1, tokenHash: null },
    ],
    [
      "whose lease still holds is left alone",
      [claim("t1"), { step: "sweep", now: leaseMs - 1 }],
      { state: "running" },
    ],
    [
      "that beats keeps its lease",
      [claim("t1"), { step: "beat", held, now: 50_000 }, { step: "sweep", now: leaseMs + 1 }],
      { state: "running", leaseUntil: 110_000 },
    ],
    [
      "that loses its runner twice is given up",
      [
        claim("t1"),
        { step: "sweep", now: leaseMs },
        claim("t2", leaseMs),
        { step: "sweep", now: 2 * leaseMs },
      ],
      { state: "failed", error: "LOST_RUNNER", attempt: 2 },
    ],
    [
      "that is cancelled while it waits never runs",
      [{ step: "cancel" }, claim("t1")],
      { state: "cancelled", attempt: 0 },
    ],
    [
      "that was cancelled has no result, even when it was ready",
      [claim("t1"), { step: "cancel" }, { step: "succeed", held }, { step: "stop", held }],
      { state: "cancelled" },
    ],
    [
      "that ended before the cancel keeps its result",
      [claim("t1"), { step: "succeed", held }, { step: "cancel" }],
      { state: "succeeded", cancelRequested: false },
    ],
    [
      "that is given back in good order may be tried as often as before",
      [claim("t1"), { step: "release", held }],
      { state: "queued", attempt: 1, maxAttempts: 3 },
    ],
    [
      "whose dead runner is found is queued at once",
      [claim("t1"), { step: "lose", held }],
      { state: "queued", attempt: 1 },
    ],
    [
      "cancelled and then lost is cancelled",
      [claim("t1"), { step: "cancel" }, { step: "sweep", now: leaseMs }],
      { state: "cancelled" },
    ],
  ])("%s", (_title, steps, expected) => {
    expect(play(...steps)).toMatchObject(expected);
  });

  test("a stale runner changes nothing after another has taken over", () => {
    const taken = play(claim("t1"), { step: "sweep", now: leaseMs }, claim("t2", leaseMs));
    const stale: JobStep[] = [
      { step: "beat", held, now: leaseMs },
      { step: "append", held },
      { step: "succeed", held },
      { step: "fail", held, error: "PILOT_FAILED" },
      { step: "stop", held },
      { step: "release", held },
      { step: "lose", held },
    ];
    for (const step of stale) expect(advanceJob(taken, step)).toEqual({ ok: false, refusal: "LEASE_LOST" });
  });
});

/** Any order of calls from three runners, an impatient person and a clock. Tokens are drawn with their attempt. */
const someHeld = fc.record({
  attempt: fc.integer({ min: 1, max: 5 }),
  tokenHash: fc.constantFrom("a", "b", "c"),
});
const someStep: fc.Arbitrary<JobStep> = fc.oneof(
  fc.record({
    step: fc.constant("claim" as const),
    tokenHash: fc.constantFrom("a", "b", "c"),
    now: fc.nat(500_000),
  }),
  fc.record({ step: fc.constant("beat" as const), held: someHeld, now: fc.nat(500_000) }),
  fc.record({ step: fc.constantFrom("append", "succeed", "stop", "release", "lose"), held: someHeld }),
  fc.record({ step: fc.constant("fail" as const), held: someHeld, error: fc.constant("PILOT_FAILED") }),
  fc.record({ step: fc.constant("sweep" as const), now: fc.nat(500_000) }),
  fc.constant({ step: "cancel" as const }),
);

describe("over any history", () => {
  test("attempts never fall, terminal states absorb, and only the holder's writes count", () => {
    fc.assert(
      fc.property(fc.array(someStep, { maxLength: 60 }), (steps) => {
        let job = queued;
        for (const step of steps) {
          const next = advanceJob(job, step);
          if (!next.ok) continue;
          expect(isTerminal(job.state)).toBe(false);
          expect(next.job.attempt - job.attempt).toBe(step.step === "claim" ? 1 : 0);
          expect(next.job.attempt).toBeLessThanOrEqual(next.job.maxAttempts);
          expect(next.job.tokenHash !== null).toBe(next.job.state === "running");
          expect(next.job.leaseUntil !== null).toBe(next.job.state === "running");
          if ("held" in step) {
            expect(step.held).toEqual({ attempt: job.attempt, tokenHash: job.tokenHash });
          }
          if (job.cancelRequested) expect(next.job.state).not.toBe("succeeded");
          job = next.job;
        }
      }),
      { numRuns: 5_000 },
    );
  });

  test("every job ends while one runner stays up, however often runners are lost", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), (losses) => {
        let job = queued;
        let now = 0;
        for (const lost of losses) {
          const claimed = advanceJob(job, claim(`t${now}`, now));
          if (!claimed.ok) break;
          job = claimed.job;
          now += leaseMs;
          const end: JobStep = lost
            ? { step: "sweep", now }
            : { step: "succeed", held: { attempt: job.attempt, tokenHash: job.tokenHash ?? "" } };
          const next = advanceJob(job, end);
          if (next.ok) job = next.job;
        }
        expect(isTerminal(job.state)).toBe(true);
      }),
    );
  });
});
