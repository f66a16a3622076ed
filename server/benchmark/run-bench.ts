import { sayRoom } from "#server/messages/say.ts";
import { join, mkdir, readFile } from "#server/untraced-files.ts";
import { BoundLog } from "./bound-log.ts";
import { buildWalls } from "./build-walls.ts";
import type { BenchPreset, Isolation, JobError, JobErrorCode, JobEventBody } from "./job-schema.ts";
import { findMarked } from "./read-process.ts";
import { readProgress } from "./read-progress.ts";
import { type ProcessEnd, runProcess } from "./run-process.ts";

const say = sayRoom("errors");

const timeLimitMs = 30 * 60_000;
/** A report of 100,000 requests is about 30 MB. */
const reportLimitBytes = 64 * 1024 * 1024;
const marker = "PILOTAGE_RUN";

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
  signal: AbortSignal;
  onEvent: (body: JobEventBody) => void;
  onStart?: (pid: number) => Promise<void> | void;
};

export type BenchEnd =
  | { outcome: "reported"; reportText: string }
  /** `exitCode` is the pilot's own, where it ended by itself. */
  | { outcome: "failed"; error: JobError; exitCode: number | null }
  | { outcome: "stopped" };

/** Runs `pilot bench` inside its walls and returns what it wrote, unread. */
export async function benchPilot(order: BenchOrder): Promise<BenchEnd> {
  const temporary = join(order.scratchDir, "tmp");
  const out = join(order.scratchDir, "report.json");
  await mkdir(temporary, { recursive: true });
  const entry = await findEntry(order.pilotDir);
  if (entry === null) return failed("PILOT_FAILED", say("PILOT_FAILED.noCommand"), []);
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
    [
      order.python,
      "-c",
      `import sys; from ${entry.module} import ${entry.name}; sys.argv[0] = "pilot"; sys.exit(${entry.name}())`,
      "bench",
      "--progress",
      "json",
      "--out",
      out,
      ...(order.preset === null ? [] : ["--preset", order.preset]),
      ...(order.dataDir === null ? [] : ["--data", order.dataDir]),
    ],
  );
  const log = new BoundLog();
  const end = await runProcess({
    ...walls,
    cwd: order.pilotDir,
    timeLimitMs,
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
  return explainEnd(end, out, log.lastLines);
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

async function explainEnd(end: ProcessEnd, out: string, lastLines: string[]): Promise<BenchEnd> {
  switch (end.outcome) {
    case "stopped":
      return { outcome: "stopped" };
    case "timed_out":
      return failed("TIMED_OUT", say("TIMED_OUT.said"), lastLines);
    case "not_started":
      return failed("PILOT_FAILED", say("PILOT_FAILED.notStarted"), lastLines);
    case "killed":
      return failed("PILOT_FAILED", say("PILOT_FAILED.killed", { signal: end.signal }), lastLines);
    case "exited":
      break;
  }
  const text = await readFile(out, "utf8").catch(() => null);
  if (text !== null && text.length > reportLimitBytes) {
    return failed("REPORT_REFUSED", say("REPORT_REFUSED.tooLarge"), lastLines);
  }
  if (end.exitCode === 0 && text !== null) return { outcome: "reported", reportText: text };
  if (end.exitCode === 0) return failed("REPORT_MISSING", say("REPORT_MISSING.said"), lastLines);
  if (lastLines.some((line) => /No space left on device/.test(line))) {
    return failed("STORAGE_FULL", say("STORAGE_FULL.benchmark"), lastLines);
  }
  const said = lastLines.at(-1);
  const exitCode = String(end.exitCode);
  const message = said
    ? say("PILOT_FAILED.exitedSaying", { exitCode, said })
    : say("PILOT_FAILED.exited", { exitCode });
  return failed("PILOT_FAILED", message.slice(0, 2_000), lastLines, end.exitCode);
}

/** The function behind the pilot's own `pilot` command, without installing it. */
async function findEntry(pilotDir: string): Promise<{ module: string; name: string } | null> {
  const project = await readFile(join(pilotDir, "pyproject.toml"), "utf8").catch(() => "");
  const found = /^pilot\s*=\s*"([A-Za-z_][\w.]*):([A-Za-z_]\w*)"\s*$/m.exec(project);
  return found?.[1] && found[2] ? { module: found[1], name: found[2] } : null;
}

function failed(
  code: JobErrorCode,
  message: string,
  lastLines: string[],
  exitCode: number | null = null,
): BenchEnd {
  return { outcome: "failed", error: { code, message, lastLines }, exitCode };
}
