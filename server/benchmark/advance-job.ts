import type { JobState } from "./job-schema.ts";

/** Six beats of ten seconds: one lost beat is a hiccup, six are a dead worker. */
export const leaseMs = 60_000;
export const beatMs = 10_000;

/** The part of a job that decides who may write to it. Times in epoch milliseconds. */
export type JobCore = {
  state: JobState;
  attempt: number;
  maxAttempts: number;
  /** Hash of the token that belongs to this attempt alone; null while nobody holds the job. */
  tokenHash: string | null;
  leaseUntil: number | null;
  cancelRequested: boolean;
  /** `LOST_RUNNER`, the pilot's own error, or null. */
  error: string | null;
};

/** `held` names the attempt and the token of whoever calls: a stale runner names an old pair and changes nothing. */
export type JobStep =
  | { step: "claim"; tokenHash: string; now: number }
  | { step: "beat"; held: Held; now: number }
  | { step: "append"; held: Held }
  | { step: "succeed"; held: Held }
  | { step: "fail"; held: Held; error: string }
  | { step: "stop"; held: Held }
  /** The worker ends in good order: the attempt is not held against the job. */
  | { step: "release"; held: Held }
  /** The worker that held it is known to be dead. */
  | { step: "lose"; held: Held }
  | { step: "sweep"; now: number }
  | { step: "cancel" };
export type Held = { attempt: number; tokenHash: string };

export type Refusal = "TERMINAL" | "LEASE_LOST" | "NOT_QUEUED" | "LEASE_HELD" | "CANCEL_REQUESTED";

/**
 * The whole protocol of a job: queued -> running -> succeeded | failed | cancelled, and back to queued when its
 * runner was lost. Terminal states absorb everything. The store does each step as one conditional statement; the
 * tests hold it to this rule.
 */
export function advanceJob(
  job: JobCore,
  step: JobStep,
): { ok: true; job: JobCore } | { ok: false; refusal: Refusal } {
  if (isTerminal(job.state)) return refuse("TERMINAL");
  switch (step.step) {
    case "claim":
      if (job.state !== "queued") return refuse("NOT_QUEUED");
      if (job.cancelRequested) return refuse("CANCEL_REQUESTED");
      return accept(job, {
        state: "running",
        attempt: job.attempt + 1,
        tokenHash: step.tokenHash,
        leaseUntil: step.now + leaseMs,
      });
    case "cancel":
      return job.state === "queued"
        ? accept(job, { ...nobody, state: "cancelled", cancelRequested: true })
        : accept(job, { cancelRequested: true });
    case "sweep":
      if (job.state !== "running" || job.leaseUntil === null || job.leaseUntil > step.now) {
        return refuse("LEASE_HELD");
      }
      return loseRunner(job);
  }
  if (!holds(job, step.held)) return refuse("LEASE_LOST");
  switch (step.step) {
    case "beat":
      return accept(job, { leaseUntil: step.now + leaseMs });
    case "append":
      return accept(job, {});
    case "succeed":
      // A cancel that was acknowledged is final: no verdict comes after it.
      return job.cancelRequested
        ? refuse("CANCEL_REQUESTED")
        : accept(job, { ...nobody, state: "succeeded" });
    case "fail":
      return job.cancelRequested
        ? accept(job, { ...nobody, state: "cancelled" })
        : accept(job, { ...nobody, state: "failed", error: step.error });
    case "stop":
      return accept(job, { ...nobody, state: "cancelled" });
    case "release":
      return job.cancelRequested
        ? accept(job, { ...nobody, state: "cancelled" })
        : accept(job, { ...nobody, state: "queued", maxAttempts: job.maxAttempts + 1 });
    case "lose":
      return loseRunner(job);
  }
}

export function isTerminal(state: JobState): boolean {
  return state === "succeeded" || state === "failed" || state === "cancelled";
}

const nobody = { tokenHash: null, leaseUntil: null } as const;

function loseRunner(job: JobCore): { ok: true; job: JobCore } {
  if (job.cancelRequested) return accept(job, { ...nobody, state: "cancelled" });
  // A job that loses every runner is likely to be what kills them: it is not tried for ever.
  if (job.attempt >= job.maxAttempts)
    return accept(job, { ...nobody, state: "failed", error: "LOST_RUNNER" });
  return accept(job, { ...nobody, state: "queued" });
}

function holds(job: JobCore, held: Held): boolean {
  return job.state === "running" && job.attempt === held.attempt && job.tokenHash === held.tokenHash;
}

function accept(job: JobCore, change: Partial<JobCore>): { ok: true; job: JobCore } {
  return { ok: true, job: { ...job, ...change } };
}

function refuse(refusal: Refusal): { ok: false; refusal: Refusal } {
  return { ok: false, refusal };
}
