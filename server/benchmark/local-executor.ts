import { sayRoom } from "#server/messages/say.ts";
import { readArchive, unpackArchive, writePilot } from "#server/scaffold/archive.ts";
import { join } from "#server/untraced-files.ts";
import type { BenchEnd, Executor, ExecutorOrder } from "./executor.ts";
import { toFailed } from "./explain-end.ts";
import { explainThrown } from "./explain-thrown.ts";
import { findDataSet } from "./find-data-set.ts";
import type { Isolation } from "./job-schema.ts";
import { prepareEnvironment } from "./prepare-environment.ts";
import { benchPilot, endMarked } from "./run-bench.ts";
import { varyPilot } from "./vary-pilot.ts";

const say = sayRoom("errors");

export type LocalMachine = {
  dataDir: string;
  toolsDir: string;
  evalDataDir: string | null;
  isolation: Isolation;
  timeLimitMs?: number;
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
    abandon: (jobId, attempt) => endMarked(markOf(jobId, attempt)),
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
  const files = unpackArchive(archive, order.archiveSha256, order.manifest);
  await writePilot(varyPilot(files, order.spec.sweep?.point), pilotDir);

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
      ...(machine.timeLimitMs === undefined ? {} : { timeLimitMs: machine.timeLimitMs }),
      signal,
      onEvent,
      onStart: order.onStart,
    });
  } finally {
    await endMarked(mark);
  }
}
