import { sayRoom } from "#server/messages/say.ts";
import { sha256Of } from "#server/scaffold/canonical-json.ts";
import type { PilotExtra } from "#server/scaffold/list-extras.ts";
import { openConfig } from "#server/scaffold/open-config.ts";
import { PilotConfig } from "#server/scaffold/schema.ts";
import { access, join, mkdir, readFile, writeFile } from "#server/untraced-files.ts";
import type { JobErrorCode } from "./job-schema.ts";
import { runProcess } from "./run-process.ts";

const say = sayRoom("errors");
const sayStep = sayRoom("benchmark");

/** A first install downloads some hundred megabytes. */
const timeLimitMs = 20 * 60_000;

export type Preparation = {
  pilotDir: string;
  /** Environments are shared by their extras and the hash of their lock file: the second run of a template starts at once. */
  environmentsDir: string;
  /** Where uv is installed once when the machine has none. */
  toolsDir: string;
  signal: AbortSignal;
  onLine: (line: string) => void;
};

export type Prepared =
  | { outcome: "ready"; python: string }
  | { outcome: "failed"; code: JobErrorCode; message: string }
  | { outcome: "stopped" };

/**
 * The pilot's Python environment from its lock file, hashes checked by uv. This phase may use the network; nothing of
 * the pilot's own code runs in it, because the project itself is not installed but run from its folder.
 */
export async function prepareEnvironment(order: Preparation): Promise<Prepared> {
  const lock = await readFile(join(order.pilotDir, "uv.lock")).catch(() => null);
  if (!lock) return failed("ENVIRONMENT_FAILED", say("ENVIRONMENT_FAILED.noLock"));
  const extras = await readExtras(order.pilotDir);
  const environment = join(order.environmentsDir, [sha256Of(lock).slice(0, 32), ...extras].join("-"));
  const python = join(environment, "bin", "python");
  const ready = join(environment, "pilotage-ready");
  if ((await exists(ready)) && (await exists(python))) return { outcome: "ready", python };

  await mkdir(order.environmentsDir, { recursive: true });
  const uv = await findUv(order);
  if (typeof uv !== "string") return uv;
  order.onLine(sayStep("job.installing.packages"));
  const lines: string[] = [];
  const end = await runProcess({
    command: "env",
    // A shared environment belongs to no folder, so the one of whoever calls us must not leak in.
    args: [
      "-u",
      "VIRTUAL_ENV",
      `UV_PROJECT_ENVIRONMENT=${environment}`,
      "UV_PYTHON_DOWNLOADS=never",
      uv,
      "sync",
      "--frozen",
      "--no-dev",
      "--no-install-project",
      ...extras.flatMap((extra) => ["--extra", extra]),
      "--no-progress",
    ],
    cwd: order.pilotDir,
    timeLimitMs,
    signal: order.signal,
    onLine: (line) => {
      lines.push(line);
      order.onLine(line);
    },
  });
  if (end.outcome === "stopped") return { outcome: "stopped" };
  if (end.outcome === "exited" && end.exitCode === 0) {
    await writeFile(ready, "");
    return { outcome: "ready", python };
  }
  return explain(lines);
}

/** Of a configuration that cannot be read, none: the pilot itself says what is wrong with it. */
async function readExtras(pilotDir: string): Promise<PilotExtra[]> {
  const text = await readFile(join(pilotDir, "pilot.json"), "utf8").catch(() => "{}");
  try {
    return openConfig(PilotConfig.parse(JSON.parse(text))).extras;
  } catch {
    return [];
  }
}

/** uv of the machine, else ours, else installed from the Python registry. */
async function findUv(order: Preparation): Promise<string | Prepared> {
  const own = join(order.toolsDir, "uv", "bin", "uv");
  if (await works("uv", ["--version"], order)) return "uv";
  if (await works(own, ["--version"], order)) return own;
  order.onLine(sayStep("job.installing.uv"));
  const folder = join(order.toolsDir, "uv");
  if (!(await works("python3", ["-m", "venv", folder], order))) {
    if (order.signal.aborted) return { outcome: "stopped" };
    return failed("PYTHON_MISSING", say("PYTHON_MISSING.venv"));
  }
  const pip = join(folder, "bin", "pip");
  if (!(await works(pip, ["install", "--quiet", "--disable-pip-version-check", "uv"], order))) {
    if (order.signal.aborted) return { outcome: "stopped" };
    return failed("ENVIRONMENT_FAILED", say("ENVIRONMENT_FAILED.noUv"));
  }
  return own;
}

async function works(command: string, args: string[], order: Preparation): Promise<boolean> {
  const end = await runProcess({
    command,
    args,
    cwd: order.pilotDir,
    timeLimitMs: 5 * 60_000,
    signal: order.signal,
    onLine: () => undefined,
  });
  return end.outcome === "exited" && end.exitCode === 0;
}

function explain(lines: string[]): Prepared {
  const text = lines.join("\n");
  if (/No space left on device|os error 28/i.test(text)) {
    return failed("STORAGE_FULL", say("STORAGE_FULL.packages"));
  }
  if (/No interpreter found|requires-python|incompatible with the project's Python/i.test(text)) {
    return failed("PYTHON_MISSING", say("PYTHON_MISSING.tooOld"));
  }
  return failed("ENVIRONMENT_FAILED", say("ENVIRONMENT_FAILED.packages"));
}

function failed(code: JobErrorCode, message: string): Extract<Prepared, { outcome: "failed" }> {
  return { outcome: "failed", code, message };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
