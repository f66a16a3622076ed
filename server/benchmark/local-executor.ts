import { sayRoom } from "#server/messages/say.ts";
import { readArchive, unpackArchive, writePilot } from "#server/scaffold/archive.ts";
import type { ManifestEntry } from "#server/scaffold/schema.ts";
import { join } from "#server/untraced-files.ts";
import { explainThrown } from "./explain-thrown.ts";
import { findDataSet } from "./find-data-set.ts";
import type { Isolation, JobErrorCode, JobEventBody, JobSpec } from "./job-schema.ts";
import { prepareEnvironment } from "./prepare-environment.ts";
import { type BenchEnd, benchPilot, endMarked } from "./run-bench.ts";

const say = sayRoom("errors");

/** Where a benchmark runs. A local process today; a cluster is another one of these. */
export interface Executor {
  readonly name: string;
  /** Returns when nothing of the run is left. Never throws for what a pilot or a machine does. */
  run: (order: ExecutorOrder) => Promise<BenchEnd>;
}

export type ExecutorOrder = {
  jobId: string;
  attempt: number;
  spec: JobSpec;
  /** What was handed out; anything else is not run here. */
  archiveSha256: string;
  manifest: ManifestEntry[];
  /** An empty folder of this attempt. */
  folder: string;
  signal: AbortSignal;
  onEvent: (body: JobEventBody) => void;
  onIsolation: (isolation: Isolation) => Promise<void>;
  onStart: (pid: number) => Promise<void>;
};

export type LocalMachine = {
  dataDir: string;
  toolsDir: string;
  evalDataDir: string | null;
  isolation: Isolation;
};

/** Runs scaffolds that this app handed out, unchanged, in their own process group, limited and without network. */
export function makeLocalExecutor(machine: LocalMachine): Executor {
  return {
    name: "local",
    run: (order) =>
      runHere(machine, order).catch((thrown) => ({
        outcome: "failed",
        error: explainThrown(thrown),
        exitCode: null,
      })),
  };
}

export function archivesDir(dataDir: string): string {
  return join(dataDir, "archives");
}

export function markOf(jobId: string, attempt: number): string {
  return `${jobId}/${attempt}`;
}

async function runHere(machine: LocalMachine, order: ExecutorOrder): Promise<BenchEnd> {
  const { signal, onEvent } = order;
  onEvent({ kind: "phase", phase: "unpack" });
  const pilotDir = join(order.folder, "pilot");
  const archive = await readArchive(archivesDir(machine.dataDir), order.archiveSha256);
  await writePilot(unpackArchive(archive, order.archiveSha256, order.manifest), pilotDir);

  const dataDir = await findDataSet(machine.evalDataDir, order.spec.dataSet);
  if (dataDir === "missing") {
    return toFailed("DATA_MISSING", say("DATA_MISSING.here", { dataSet: order.spec.dataSet }));
  }

  onEvent({ kind: "phase", phase: "environment" });
  const prepared = await prepareEnvironment({
    pilotDir,
    environmentsDir: join(machine.dataDir, "environments"),
    toolsDir: machine.toolsDir,
    signal,
    onLine: (line) => onEvent({ kind: "log", line: line.slice(0, 1_000) }),
  });
  if (prepared.outcome === "stopped") return prepared;
  if (prepared.outcome === "failed") return toFailed(prepared.code, prepared.message);

  await order.onIsolation(machine.isolation);
  const mark = markOf(order.jobId, order.attempt);
  try {
    return await benchPilot({
      pilotDir,
      scratchDir: join(order.folder, "scratch"),
      python: prepared.python,
      dataDir,
      preset: order.spec.preset,
      isolation: machine.isolation,
      pass: [],
      mark,
      signal,
      onEvent,
      onStart: order.onStart,
    });
  } finally {
    await endMarked(mark);
  }
}

function toFailed(code: JobErrorCode, message: string): BenchEnd {
  return { outcome: "failed", error: { code, message, lastLines: [] }, exitCode: null };
}
