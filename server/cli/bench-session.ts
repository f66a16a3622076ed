import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { acceptReport } from "#server/benchmark/accept-report.ts";
import type { BenchEnd } from "#server/benchmark/executor.ts";
import type { BenchPreset, Isolation, JobEventBody } from "#server/benchmark/job-schema.ts";
import { measureIsolation } from "#server/benchmark/measure-isolation.ts";
import { prepareEnvironment } from "#server/benchmark/prepare-environment.ts";
import { benchPilot } from "#server/benchmark/run-bench.ts";
import type { Report } from "#server/benchmark/schema.ts";
import { readSettings } from "#server/env.ts";
import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import { openConfig } from "#server/scaffold/open-config.ts";
import { readConfig } from "#server/scaffold/read-config.ts";
import { findPilotChanges } from "#server/scaffold/read-pilot.ts";
import { toolsDir } from "#server/scaffold/read-template.ts";
import type { PilotConfig } from "#server/scaffold/schema.ts";
import { type CommandIo, exitCodes } from "./command.ts";
import { readJson } from "./read-input.ts";

const say = sayRoom("terminal");
const sayError = sayRoom("errors");

/** A pilot that is ready to be measured on this machine, once or more often. */
export type BenchSession = {
  /** Its files are not the ones that were handed out. */
  modified: boolean;
  isolation: Isolation;
  /** An empty folder of this session, gone after it. */
  scratchDir: string;
  /** Runs the pilot in this folder and reads what it wrote. */
  measure: (pilotDir: string, preset: BenchPreset | null) => Promise<{ text: string; report: Report }>;
};

/**
 * Compares the pilot with what was handed out, prepares its environment and ends whatever is left when `work` is done
 * or somebody presses Ctrl-C.
 */
export async function withBench<T>(
  order: { pilotDir: string; out: string; dataDir: string | null },
  io: CommandIo,
  work: (session: BenchSession) => Promise<T>,
): Promise<T> {
  const config = await readPilotConfig(order.pilotDir);
  const { calls } = openConfig(config);
  // A report of an earlier run that was written into the pilot is no change of it.
  const changes = (await findPilotChanges(order.pilotDir, config)).filter(({ path }) => {
    const changed = join(order.pilotDir, path);
    return changed !== order.out && !changed.startsWith(`${order.out}/`);
  });
  for (const { path, change } of changes) io.progress(say("bench.modified", { path, change }));

  const scratchDir = await mkdtemp(join(tmpdir(), "pilotage-bench-"));
  const halt = new AbortController();
  const stop = () => halt.abort();
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  try {
    // A pilot that calls a service needs the network; the person at the terminal set it up so.
    const isolation: Isolation =
      calls !== null ? { level: 0, network: "open", limits: true } : await measureIsolation();
    const { network, limits } = isolation;
    io.progress(say("bench.isolation", { network, limits: limits ? "on" : "off" }));
    const python = await prepare(order.pilotDir, halt.signal, io);
    const measure: BenchSession["measure"] = async (pilotDir, preset) => {
      const end = await benchPilot({
        pilotDir,
        scratchDir: await mkdtemp(join(scratchDir, "run-")),
        python,
        dataDir: order.dataDir,
        preset,
        isolation,
        pass: calls ?? [],
        mark: randomBytes(12).toString("hex"),
        signal: halt.signal,
        onEvent: (body) => io.progress(sayEvent(body)),
      });
      const text = readEnd(end);
      return { text, report: acceptText(text) };
    };
    return await work({ modified: changes.length > 0, isolation, scratchDir, measure });
  } finally {
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
    await rm(scratchDir, { recursive: true, force: true });
  }
}

/** @throws PilotageError of `readConfig` and `readJson` */
export async function readPilotConfig(pilotDir: string): Promise<PilotConfig> {
  return readConfig(await readJson(join(pilotDir, "pilot.json"), "pilot"), null);
}

async function prepare(pilotDir: string, signal: AbortSignal, io: CommandIo): Promise<string> {
  const prepared = await prepareEnvironment({
    pilotDir,
    environmentsDir: join(readSettings().dataDir, "environments"),
    toolsDir,
    signal,
    onLine: io.progress,
  });
  if (prepared.outcome === "ready") return prepared.python;
  if (prepared.outcome === "stopped") throw stopped();
  throw new PilotageError("unavailable", prepared.code, prepared.message);
}

function acceptText(text: string): Report {
  const accepted = acceptReport(text, { projectId: null, now: new Date() });
  if (accepted.outcome === "accepted") return accepted.report;
  const [first] = accepted.problems;
  const message = first?.message ?? sayError("REPORT_REFUSED.said");
  throw new PilotageError("invalid", first?.code ?? "REPORT_REFUSED", message, {
    ...(first?.path ? { path: first.path } : {}),
  });
}

function readEnd(end: BenchEnd): string {
  if (end.outcome === "reported") return end.reportText;
  if (end.outcome === "stopped") throw stopped();
  const { code, message } = end.error;
  // The pilot speaks sysexits too; what it says about its configuration or its data is passed on.
  const said =
    end.exitCode !== null && end.exitCode >= 64 && end.exitCode <= 78 ? end.exitCode : exitCodes.unavailable;
  throw new PilotageError("unavailable", code, message, {
    exitCode: code === "STORAGE_FULL" ? exitCodes.inputOutput : said,
  });
}

function sayEvent(body: JobEventBody): string {
  if (body.kind === "log") return body.line;
  if (body.kind === "phase") return say("bench.phase", { phase: body.phase });
  return say("bench.step", { phase: body.phase, done: String(body.done), total: String(body.total) });
}

function stopped(): PilotageError {
  return new PilotageError("unavailable", "STOPPED", sayError("STOPPED.said"), { exitCode: 130 });
}
