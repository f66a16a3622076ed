import type { ManifestEntry } from "#server/scaffold/schema.ts";
import type { ExecutorName, Isolation, JobError, JobEventBody, JobSpec } from "./job-schema.ts";

/**
 * Where a benchmark runs. `local` is a process on this machine, `ray` a job on the operator's cluster. A report that
 * was made elsewhere comes in by upload and passes the same judgement, without an executor.
 */
export interface Executor {
  readonly name: ExecutorName;
  /** Returns when nothing of the run is left. Never throws for what a pilot, a machine or a cluster does. */
  run: (order: ExecutorOrder) => Promise<BenchEnd>;
  /** Ends what an attempt left behind whose worker is dead. */
  abandon: (jobId: string, attempt: number) => Promise<void>;
}

export type ExecutorOrder = {
  jobId: string;
  attempt: number;
  spec: JobSpec;
  /** What was handed out; anything else is not run. */
  archiveSha256: string;
  manifest: ManifestEntry[];
  /** Whether the configuration asks for a GPU. */
  wantsGpu: boolean;
  /** An empty folder of this attempt. */
  folder: string;
  signal: AbortSignal;
  onEvent: (body: JobEventBody) => void;
  onIsolation: (isolation: Isolation) => Promise<void>;
  /** The pilot's process on this machine. */
  onStart: (pid: number) => Promise<void>;
  /** The name under which somewhere else knows this attempt. */
  onExternalId: (id: string) => Promise<void>;
};

export type BenchEnd =
  | { outcome: "reported"; reportText: string }
  /** `exitCode` is the pilot's own, where it ended by itself. */
  | { outcome: "failed"; error: JobError; exitCode: number | null }
  | { outcome: "stopped" };
