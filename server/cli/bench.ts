import { randomBytes } from "node:crypto";
import { mkdtemp, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { acceptReport } from "#server/benchmark/accept-report.ts";
import type { BenchEnd } from "#server/benchmark/executor.ts";
import { BenchPreset, type Isolation, type JobEventBody } from "#server/benchmark/job-schema.ts";
import { markModified } from "#server/benchmark/mark-modified.ts";
import { measureIsolation } from "#server/benchmark/measure-isolation.ts";
import { prepareEnvironment } from "#server/benchmark/prepare-environment.ts";
import { benchPilot } from "#server/benchmark/run-bench.ts";
import { readSettings } from "#server/env.ts";
import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import { sayDiskError } from "#server/scaffold/archive.ts";
import { openConfig } from "#server/scaffold/open-config.ts";
import { readConfig } from "#server/scaffold/read-config.ts";
import { findPilotChanges } from "#server/scaffold/read-pilot.ts";
import { toolsDir } from "#server/scaffold/read-template.ts";
import { type Command, type CommandIo, exitCodes } from "./command.ts";
import { readJson } from "./read-input.ts";
import { storeFromTerminal } from "./store-from-terminal.ts";

const say = sayRoom("terminal");
const sayError = sayRoom("errors");

export const bench: Command = {
  name: "bench",
  summary:
    "Runs a pilot's benchmark here, checks its report against its own records and writes it. A pilot that was changed runs too, and is recorded as modified.",
  usage: "DIR --out report.json [--data DIR] [--preset quick|standard]",
  example: "npm run --silent pilotage -- bench my-pilot --out report.json --preset quick",
  run: async (args, io) => {
    const order = await readOrder(args);
    const config = readConfig(await readJson(join(order.pilotDir, "pilot.json"), "pilot"), null);
    const { calls } = openConfig(config);
    // A report of an earlier run that was written into the pilot is no change of it.
    const changes = (await findPilotChanges(order.pilotDir, config)).filter(
      ({ path }) => join(order.pilotDir, path) !== order.out,
    );
    for (const { path, change } of changes) io.progress(say("bench.modified", { path, change }));

    const scratchDir = await mkdtemp(join(tmpdir(), "pilotage-bench-"));
    const halt = new AbortController();
    const stop = () => halt.abort();
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
    try {
      // A pilot that calls a model endpoint needs the network; the person at the terminal set it up so.
      const isolation: Isolation =
        calls !== null
          ? { level: 0, network: "open", limits: true }
          : await measureIsolation();
      const { network, limits } = isolation;
      io.progress(say("bench.isolation", { network, limits: limits ? "on" : "off" }));
      const python = await prepare(order, halt.signal, io);
      const end = await benchPilot({
        pilotDir: order.pilotDir,
        scratchDir,
        python,
        dataDir: order.dataDir,
        preset: order.preset,
        isolation,
        pass: calls ?? [],
        mark: randomBytes(12).toString("hex"),
        signal: halt.signal,
        onEvent: (body) => io.progress(sayEvent(body)),
      });
      const text = readEnd(end);
      const accepted = acceptReport(text, { projectId: null, now: new Date() });
      if (accepted.outcome === "refused") {
        const [first] = accepted.problems;
        const message = first?.message ?? sayError("REPORT_REFUSED.said");
        throw new PilotageError("invalid", first?.code ?? "REPORT_REFUSED", message, {
          ...(first?.path ? { path: first.path } : {}),
        });
      }
      const modified = changes.length > 0;
      const marked = markModified(text, modified);
      await writeWhole(order.out, marked);
      await storeFromTerminal({ ...accepted.report, modified }, { isolation, modified }, io);
      io.answer(JSON.parse(marked));
      return exitCodes.pass;
    } finally {
      process.off("SIGINT", stop);
      process.off("SIGTERM", stop);
      await rm(scratchDir, { recursive: true, force: true });
    }
  },
};

type Order = { pilotDir: string; out: string; dataDir: string | null; preset: BenchPreset | null };

async function readOrder(args: string[]): Promise<Order> {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      out: { type: "string" },
      data: { type: "string" },
      preset: { type: "string" },
    },
  });
  const [dir, ...rest] = positionals;
  if (dir === undefined || rest.length > 0) throw usage(sayError("USAGE.pilotFolder"));
  if (values.out === undefined) throw usage(sayError("USAGE.reportPath"));
  const preset = BenchPreset.nullable().safeParse(values.preset ?? null);
  if (!preset.success) throw usage(sayError("USAGE.preset", { preset: values.preset ?? "" }));
  const order = {
    pilotDir: resolve(dir),
    out: resolve(values.out),
    dataDir: values.data === undefined ? null : resolve(values.data),
    preset: preset.data,
  };
  await needFolder(order.pilotDir, "PILOT_MISSING");
  if (order.dataDir !== null) await needFolder(order.dataDir, "DATA_MISSING");
  const parent = await stat(dirname(order.out)).catch(() => null);
  if (!parent?.isDirectory()) {
    throw new PilotageError(
      "invalid",
      "OUT_UNWRITABLE",
      sayError("OUT_UNWRITABLE.folder", { folder: dirname(order.out) }),
      {
        exitCode: exitCodes.cannotCreate,
      },
    );
  }
  return order;
}

async function prepare(order: Order, signal: AbortSignal, io: CommandIo): Promise<string> {
  const prepared = await prepareEnvironment({
    pilotDir: order.pilotDir,
    environmentsDir: join(readSettings().dataDir, "environments"),
    toolsDir,
    signal,
    onLine: io.progress,
  });
  if (prepared.outcome === "ready") return prepared.python;
  if (prepared.outcome === "stopped") throw stopped();
  throw new PilotageError("unavailable", prepared.code, prepared.message);
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

async function writeWhole(path: string, text: string): Promise<void> {
  const part = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}.part`);
  try {
    await writeFile(part, text);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw sayDiskError(error, sayError("STORAGE_FULL.report", { path }));
  }
}

async function needFolder(path: string, code: "PILOT_MISSING" | "DATA_MISSING"): Promise<void> {
  const there = await stat(path).catch(() => null);
  if (there?.isDirectory()) return;
  const message = sayError(`${code}.folder`, { path });
  throw new PilotageError("absent", code, message, { exitCode: exitCodes.noInput });
}

function usage(message: string): PilotageError {
  return new PilotageError("invalid", "USAGE", message, {
    exitCode: exitCodes.usage,
    hint: sayError("USAGE.hint"),
  });
}

function stopped(): PilotageError {
  return new PilotageError("unavailable", "STOPPED", sayError("STOPPED.said"), { exitCode: 130 });
}
