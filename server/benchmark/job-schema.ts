import * as z from "zod";

export const JobId = z.string().regex(/^job_[0-9A-HJKMNP-TV-Z]{26}$/);
export type JobId = z.infer<typeof JobId>;

export const JobState = z.enum(["queued", "running", "succeeded", "failed", "cancelled"]);
export type JobState = z.infer<typeof JobState>;

export const BenchPreset = z.enum(["quick", "standard"]);
export type BenchPreset = z.infer<typeof BenchPreset>;

/** A name, never a path: the operator says where the named sets lie. `bundled` is the pilot's own corpus. */
export const DataSet = z.enum(["bundled", "dev-aws-support100", "dev-xquad-en-a"]);
export type DataSet = z.infer<typeof DataSet>;

export const SweepId = z.string().regex(/^swp_[0-9A-HJKMNP-TV-Z]{26}$/);
export type SweepId = z.infer<typeof SweepId>;

/** What differs between the points of a sweep. Everything else is as it was handed out. */
export const SweepPoint = z.strictObject({
  arrivalsPerSecond: z.number().positive().max(1_000),
  k: z.int().min(1).max(50),
  mode: z.enum(["bm25", "dense", "hybrid"]),
});
export type SweepPoint = z.infer<typeof SweepPoint>;

/** Which point of which sweep a job is; `index` counts from 0. */
export const SweepStep = z.strictObject({
  sweepId: SweepId,
  index: z.int().min(0),
  of: z.int().min(1),
  point: SweepPoint,
});
export type SweepStep = z.infer<typeof SweepStep>;

/** What to run: names and choices, never a command line. */
export const JobSpec = z.strictObject({
  kind: z.literal("bench"),
  preset: BenchPreset,
  dataSet: DataSet,
  sweep: SweepStep.optional(),
});
export type JobSpec = z.infer<typeof JobSpec>;

/** Which executor ran it, or is to run it. A report made elsewhere has no job. */
export const ExecutorName = z.enum(["local", "ray"]);
export type ExecutorName = z.infer<typeof ExecutorName>;

export const JobErrorCode = z.enum([
  /** The process that ran it went away as often as is allowed. */
  "LOST_RUNNER",
  "TIMED_OUT",
  "STORAGE_FULL",
  "PYTHON_MISSING",
  "ENVIRONMENT_FAILED",
  "ARCHIVE_MISSING",
  "ARCHIVE_DAMAGED",
  "DATA_MISSING",
  /** The pilot ended with an error of its own. */
  "PILOT_FAILED",
  "REPORT_MISSING",
  "REPORT_REFUSED",
  /** The cluster does not answer, not in time, or is not one. */
  "RAY_UNREACHABLE",
  "RAY_SLOW",
  "RAY_WRONG_ADDRESS",
  "RAY_TOKEN_REFUSED",
  /** It answers without a token: whoever reaches it may run anything on it. */
  "RAY_OPEN",
  "RAY_VERSION",
  /** No node has the CPU or the GPU the job waits for. */
  "RAY_NO_ROOM",
  /** The cluster ended the job, or lost it. */
  "RAY_FAILED",
  "INTERNAL",
]);
export type JobErrorCode = z.infer<typeof JobErrorCode>;

export const JobError = z.strictObject({
  code: JobErrorCode,
  message: z.string().max(2_000),
  /** The last lines the pilot printed; empty when it never started. */
  lastLines: z.array(z.string().max(1_000)).max(40),
});
export type JobError = z.infer<typeof JobError>;

/** What a running job says. Times are in the row. */
export const JobEventBody = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("phase"), phase: z.string().min(1).max(60) }),
  z.strictObject({
    kind: z.literal("progress"),
    phase: z.string().min(1).max(60),
    done: z.int().min(0),
    total: z.int().min(0),
  }),
  z.strictObject({ kind: z.literal("log"), line: z.string().max(1_000) }),
]);
export type JobEventBody = z.infer<typeof JobEventBody>;

export const JobEvent = z.strictObject({
  seq: z.int().min(1),
  attempt: z.int().min(1),
  body: JobEventBody,
  at: z.iso.datetime(),
});
export type JobEvent = z.infer<typeof JobEvent>;

/** What the walls of a run really were. 1 = no network and limits; 0 = limits only. */
export const Isolation = z.strictObject({
  level: z.union([z.literal(0), z.literal(1)]),
  network: z.enum(["none", "open"]),
  limits: z.boolean(),
});
export type Isolation = z.infer<typeof Isolation>;

/** A job as people see it. The lease and its token stay between the store and the worker. */
export const Job = z.strictObject({
  id: JobId,
  projectId: z.string(),
  scaffoldId: z.string(),
  spec: JobSpec,
  state: JobState,
  attempt: z.int().min(0),
  maxAttempts: z.int().min(1),
  cancelRequested: z.boolean(),
  executor: z.string(),
  isolation: Isolation.nullable(),
  phase: z.string().nullable(),
  done: z.int().min(0),
  total: z.int().min(0),
  error: JobError.nullable(),
  runId: z.string().nullable(),
  /** sha256 of the plan it was started with; null on rows from before jobs were sealed. */
  seal: z.string().nullable(),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  finishedAt: z.iso.datetime().nullable(),
});
export type Job = z.infer<typeof Job>;
