import { setTimeout as wait } from "node:timers/promises";
import { inflateSync } from "node:zlib";
import { type RaySettings, rootDir } from "#server/env.ts";
import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import { packArchive, readArchive, unpackArchive } from "#server/scaffold/archive.ts";
import type { PilotFile } from "#server/scaffold/assemble-pilot.ts";
import { sha256Of } from "#server/scaffold/canonical-json.ts";
import { join, readdir, readFile } from "#server/untraced-files.ts";
import { BoundLog } from "./bound-log.ts";
import { keptVariables, limits } from "./build-walls.ts";
import type { BenchEnd, Executor, ExecutorOrder } from "./executor.ts";
import { explainEnd, type ReportFile, reportLimitBytes, toFailed } from "./explain-end.ts";
import { explainThrown } from "./explain-thrown.ts";
import { findDataSet } from "./find-data-set.ts";
import { callEntry, findEntry, listArguments } from "./find-entry.ts";
import { archivesDir, markOf } from "./local-executor.ts";
import { wallProbe } from "./measure-isolation.ts";
import { readProgress } from "./read-progress.ts";
import { type RayLine, readRayLine } from "./read-ray-line.ts";
import { marker, timeLimitMs } from "./run-bench.ts";
import type { ProcessEnd } from "./run-process.ts";
import { openRayCluster, type RayCluster } from "./run-ray-job.ts";
import { varyPilot } from "./vary-pilot.ts";

const say = sayRoom("errors");

export type RayMachine = {
  dataDir: string;
  evalDataDir: string | null;
  settings: RaySettings;
  times?: Partial<RayTimes>;
};
/** How long to wait for what; tests are less patient. */
export type RayTimes = {
  answerMs: number;
  lookMs: number;
  /** A cluster that is silent for longer than this is given up; the job on it is asked to stop. */
  outageMs: number;
  /** For a free core or GPU. */
  roomMs: number;
  pilotMs: number;
};
const patience: RayTimes = {
  answerMs: 15_000,
  lookMs: 2_000,
  outageMs: 2 * 60_000,
  roomMs: 15 * 60_000,
  pilotMs: timeLimitMs,
};

/** Fixed by us: no part of it comes from a person or from a pilot. */
const entryPoint = "python pilotage/run-on-ray.py";
/** How long a stop of a job that has not begun is watched. */
const waitingMs = 3_000;
/** The environment may have to be installed first. */
const installMs = 25 * 60_000;

/** Runs scaffolds that this app handed out, unchanged, as jobs of the operator's Ray cluster. */
export function makeRayExecutor(machine: RayMachine): Executor {
  const times = { ...patience, ...machine.times };
  const cluster = openRayCluster(machine.settings, times.answerMs);
  return {
    name: "ray",
    run: (order) =>
      runThere(machine, cluster, times, order).catch((thrown) => ({
        outcome: "failed",
        error: explainThrown(thrown),
        exitCode: null,
      })),
    abandon: async (jobId, attempt) => {
      await cluster.stop(submissionIdOf(jobId, attempt)).catch(() => false);
    },
  };
}

/** Job and attempt: a retry is another submission, and whoever reads the cluster's list knows whose it is. */
export function submissionIdOf(jobId: string, attempt: number): string {
  return `pilotage-${jobId}-${attempt}`;
}

async function runThere(
  machine: RayMachine,
  cluster: RayCluster,
  times: RayTimes,
  order: ExecutorOrder,
): Promise<BenchEnd> {
  const { signal, onEvent } = order;
  onEvent({ kind: "phase", phase: "unpack" });
  const archive = await readArchive(archivesDir(machine.dataDir), order.archiveSha256);
  const files = unpackArchive(archive, order.archiveSha256, order.manifest);
  const pilot = varyPilot(files, order.spec.sweep?.point);
  const project = pilot.find((file) => file.path === "pyproject.toml");
  const entry = findEntry(new TextDecoder().decode(project?.bytes));
  if (entry === null) return toFailed("PILOT_FAILED", say("PILOT_FAILED.noCommand"));
  const dataDir = await findDataSet(machine.evalDataDir, order.spec.dataSet);
  if (dataDir === "missing") {
    return toFailed("DATA_MISSING", say("DATA_MISSING.here", { dataSet: order.spec.dataSet }));
  }

  onEvent({ kind: "phase", phase: "cluster" });
  await cluster.check();
  // What an earlier attempt left on the cluster would be measured along.
  for (let attempt = 1; attempt < order.attempt; attempt++) {
    await cluster.stop(submissionIdOf(order.jobId, attempt));
  }
  const packed = packArchive(await gatherFiles(pilot, dataDir));
  const packageUri = await cluster.upload(packed.sha256, packed.bytes);
  if (signal.aborted) return { outcome: "stopped" };
  const submissionId = submissionIdOf(order.jobId, order.attempt);
  // Written down first: a job nobody knows of could not be stopped.
  await order.onExternalId(submissionId);
  const data = dataDir === null ? null : "@data";
  await cluster.submit({
    submissionId,
    entryPoint,
    packageUri,
    variables: {
      PILOTAGE_ORDER: JSON.stringify({
        arguments: [...callEntry(entry), ...listArguments("@report", order.spec.preset, data)],
        set: {
          PYTHONDONTWRITEBYTECODE: "1",
          PYTHONUNBUFFERED: "1",
          PYTHONUTF8: "1",
          [marker]: markOf(order.jobId, order.attempt),
        },
        // Ray hands a job its GPU by this variable.
        keep: [...keptVariables, "CUDA_VISIBLE_DEVICES"],
        limits,
        probe: wallProbe,
        reportLimitBytes,
        timeLimitSeconds: times.pilotMs / 1000,
      }),
    },
    gpus: order.wantsGpu ? 1 : 0,
    metadata: { pilotage_job: order.jobId, pilotage_attempt: String(order.attempt) },
  });
  return followJob(cluster, times, order, submissionId);
}

/** The same files give the same package, so that a retry uploads nothing. */
async function gatherFiles(pilot: PilotFile[], dataDir: string | null): Promise<PilotFile[]> {
  const own = ["run-on-ray.py", "enter-walls.py"].map((name) => ({
    name,
    from: `${rootDir}/server/benchmark/${name}`,
    to: `pilotage/${name}`,
  }));
  const names = dataDir === null ? [] : await readdir(dataDir, { withFileTypes: true });
  const data = names
    .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
    .map(({ name }) => ({ name, from: join(dataDir ?? "", name), to: `data/${name}` }));
  const read = await Promise.all(
    [...own, ...data].map(async ({ from, to }) => ({
      path: to,
      bytes: new Uint8Array(await readFile(from)),
      executable: false,
    })),
  );
  return [...pilot.map((file) => ({ ...file, path: `pilot/${file.path}` })), ...read];
}

/** Looks again and again until the job has ended, tells what it printed, and fetches its report. */
async function followJob(
  cluster: RayCluster,
  times: RayTimes,
  order: ExecutorOrder,
  submissionId: string,
): Promise<BenchEnd> {
  const heard = makeHearing(order);
  const startedAt = performance.now();
  let ranAt: number | null = null;
  let answeredAt = startedAt;
  for (;;) {
    await wait(times.lookMs, undefined, { signal: order.signal }).catch(() => undefined);
    if (order.signal.aborted) return stopThere(cluster, times, submissionId, { outcome: "stopped" });
    try {
      const job = await cluster.read(submissionId);
      if (job === null) return toFailed("RAY_FAILED", say("RAY_FAILED.forgotten"), heard.lastLines);
      // Read after the state: the log of an ended job is whole.
      if (job.status !== "PENDING") await heard.take(await cluster.readLog(submissionId));
      const now = performance.now();
      answeredAt = now;
      switch (job.status) {
        case "SUCCEEDED":
          return heard.end() ?? toFailed("RAY_FAILED", say("RAY_FAILED.noEnd"), heard.lastLines);
        case "STOPPED":
          return toFailed("RAY_FAILED", say("RAY_FAILED.stopped"), heard.lastLines);
        case "FAILED": {
          const said = job.message.trim().split("\n")[0]?.slice(0, 500) ?? "";
          return toFailed("RAY_FAILED", say("RAY_FAILED.failed", { said }), heard.lastLines);
        }
        case "PENDING":
          if (now - startedAt <= times.roomMs) continue;
          return stopThere(cluster, times, submissionId, toFailed("RAY_NO_ROOM", say("RAY_NO_ROOM.said")));
        case "RUNNING":
          ranAt ??= now;
          // The entry point ends the pilot itself; this is for an entry point that hangs.
          if (now - ranAt <= times.pilotMs + installMs) continue;
          return stopThere(cluster, times, submissionId, toFailed("TIMED_OUT", say("TIMED_OUT.said")));
      }
    } catch (thrown) {
      // A cluster may be silent for a while without losing the job.
      if (!(thrown instanceof PilotageError) || performance.now() - answeredAt > times.outageMs) {
        await cluster.stop(submissionId).catch(() => false);
        throw thrown;
      }
    }
  }
}

/**
 * Returns when the cluster says that nothing runs any more, or does not say anything. A job that still waits for room
 * stays listed as waiting; Ray ends it when its turn comes.
 */
async function stopThere(
  cluster: RayCluster,
  times: RayTimes,
  submissionId: string,
  end: BenchEnd,
): Promise<BenchEnd> {
  const startedAt = performance.now();
  const passed = () => performance.now() - startedAt;
  while (passed() < Math.min(times.outageMs, 30_000)) {
    const job = await cluster
      .stop(submissionId)
      .then(() => cluster.read(submissionId))
      .catch(() => "silent" as const);
    const status = job === null ? "STOPPED" : job === "silent" ? "RUNNING" : job.status;
    if (status !== "RUNNING" && (status !== "PENDING" || passed() > waitingMs)) break;
    await wait(Math.min(times.lookMs, 500));
  }
  return end;
}

/** Reads a growing log from where it stopped; the pilot's lines become events, its report is put together. */
function makeHearing(order: ExecutorOrder) {
  const log = new BoundLog();
  const parts: string[] = [];
  let ended: Extract<RayLine, { end: unknown }>["end"] | null = null;
  let readTo = 0;
  const tell = (line: string) => {
    for (const body of readProgress(line)) {
      for (const told of log.take(body, performance.now())) order.onEvent(told);
    }
  };
  return {
    get lastLines() {
      return log.lastLines;
    },
    take: async (text: string) => {
      const whole = text.lastIndexOf("\n") + 1;
      for (const line of text.slice(readTo, whole).split("\n")) {
        const said = readRayLine(line);
        if (said === null) continue;
        if ("line" in said) tell(said.line);
        else if ("part" in said) parts.push(said.part);
        else if ("end" in said) ended = said.end;
        else await order.onIsolation(said.isolation);
      }
      readTo = Math.max(readTo, whole);
    },
    /** Null = the entry point ended without its last line. */
    end: (): BenchEnd | null => {
      for (const told of log.end()) order.onEvent(told);
      if (ended === null) return null;
      const { exitCode, signal, timedOut, code, tooLarge, reportBytes, reportSha256 } = ended;
      if (code !== null) return toFailed(code, say("ENVIRONMENT_FAILED.packages"), log.lastLines);
      const report = tooLarge
        ? ({ found: "too_large" } as const)
        : unpackReport(parts, reportBytes, reportSha256);
      const end: ProcessEnd = timedOut
        ? { outcome: "timed_out" }
        : signal !== null
          ? { outcome: "killed", signal }
          : { outcome: "exited", exitCode: exitCode ?? 70 };
      return report === null ? null : explainEnd(end, report, log.lastLines);
    },
  };
}

/** Null when what arrived is not what was sent. Never unpacks more than was announced. */
function unpackReport(parts: string[], bytes: number | null, sha256: string | null): ReportFile | null {
  if (bytes === null || sha256 === null) return { found: "nothing" };
  if (bytes > reportLimitBytes) return { found: "too_large" };
  try {
    const packed = Buffer.concat(parts.map((part) => Buffer.from(part, "base64")));
    const text = inflateSync(packed, { maxOutputLength: Math.max(bytes, 1) });
    return sha256Of(text) === sha256 ? { found: "text", text: text.toString("utf8") } : null;
  } catch {
    return null;
  }
}
