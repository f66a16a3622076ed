import { sayRoom } from "#server/messages/say.ts";
import { join, mkdir, readFile, stat } from "#server/untraced-files.ts";
import { BoundLog } from "./bound-log.ts";
import { buildWalls } from "./build-walls.ts";
import type { BenchEnd } from "./executor.ts";
import { explainEnd, type ReportFile, reportLimitBytes, toFailed } from "./explain-end.ts";
import { callEntry, type Entry, findEntry, listArguments } from "./find-entry.ts";
import type { BenchPreset, Isolation, JobEventBody } from "./job-schema.ts";
import { findMarked } from "./read-process.ts";
import { readProgress } from "./read-progress.ts";
import { runProcess } from "./run-process.ts";

const say = sayRoom("errors");

/** Half an hour: the standard preset takes two minutes. */
export const timeLimitMs = 30 * 60_000;
/** Who carries it belongs to the run, wherever it moved itself. */
export const marker = "PILOTAGE_RUN";

export type BenchOrder = {
  pilotDir: string;
  /** An empty folder of this run alone: the report, and whatever the pilot writes to its temporary folder. */
  scratchDir: string;
  python: string;
  /** Null = the data `pilot.json` names. */
  dataDir: string | null;
  /** Null = the workload of `pilot.json` as it stands. */
  preset: BenchPreset | null;
  isolation: Isolation;
  /** Names of variables the pilot may see, for example the key of its endpoint. */
  pass: string[];
  /** Unique to this run; processes that carry it are ended with the run. */
  mark: string;
  timeLimitMs?: number;
  signal: AbortSignal;
  onEvent: (body: JobEventBody) => void;
  onStart?: (pid: number) => Promise<void> | void;
};

/** Runs `pilot bench` inside its walls and returns what it wrote, unread. */
export async function benchPilot(order: BenchOrder): Promise<BenchEnd> {
  const temporary = join(order.scratchDir, "tmp");
  const out = join(order.scratchDir, "report.json");
  await mkdir(temporary, { recursive: true });
  const entry = await readEntry(order.pilotDir);
  if (entry === null) return toFailed("PILOT_FAILED", say("PILOT_FAILED.noCommand"));
  const walls = buildWalls(
    order.python,
    {
      isolation: order.isolation,
      set: {
        PYTHONPATH: join(order.pilotDir, "src"),
        PYTHONDONTWRITEBYTECODE: "1",
        PYTHONUNBUFFERED: "1",
        PYTHONUTF8: "1",
        HOME: temporary,
        TMPDIR: temporary,
        [marker]: order.mark,
      },
      pass: order.pass,
    },
    [order.python, ...callEntry(entry), ...listArguments(out, order.preset, order.dataDir)],
  );
  const log = new BoundLog();
  const end = await runProcess({
    ...walls,
    cwd: order.pilotDir,
    timeLimitMs: order.timeLimitMs ?? timeLimitMs,
    signal: order.signal,
    ...(order.onStart ? { onStart: order.onStart } : {}),
    onLine: (line) => {
      for (const body of readProgress(line)) {
        for (const told of log.take(body, performance.now())) order.onEvent(told);
      }
    },
  });
  for (const told of log.end()) order.onEvent(told);
  await endMarked(order.mark);
  return explainEnd(end, await readReportFile(out), log.lastLines);
}

/** Ends whatever carries the mark of a run, also what left its process group. */
export async function endMarked(mark: string): Promise<void> {
  for (const pid of await findMarked(marker, mark)) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // Gone meanwhile.
    }
  }
}

/** By its size first: what is too large is not read. */
async function readReportFile(path: string): Promise<ReportFile> {
  const size = await stat(path).then(
    (file) => (file.isFile() ? file.size : null),
    () => null,
  );
  if (size === null) return { found: "nothing" };
  if (size > reportLimitBytes) return { found: "too_large" };
  const text = await readFile(path, "utf8").catch(() => null);
  return text === null ? { found: "nothing" } : { found: "text", text };
}

async function readEntry(pilotDir: string): Promise<Entry | null> {
  return findEntry(await readFile(join(pilotDir, "pyproject.toml"), "utf8").catch(() => ""));
}
