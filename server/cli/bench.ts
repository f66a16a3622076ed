import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parseArgs } from "node:util";
import { BenchPreset } from "#server/benchmark/job-schema.ts";
import { markModified } from "#server/benchmark/mark-modified.ts";
import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import { withBench } from "./bench-session.ts";
import { benchSweep, readAxes } from "./bench-sweep.ts";
import { type Command, type CommandIo, exitCodes } from "./command.ts";
import { storeFromTerminal } from "./store-from-terminal.ts";
import { writeWhole } from "./write-whole.ts";

const sayError = sayRoom("errors");

export const bench: Command = {
  name: "bench",
  summary:
    "Runs a pilot's benchmark here, checks its report against its own records and writes it. A pilot that was changed runs too, and is recorded as modified. The preset sweep runs it over several arrival rates, k and kinds of search, one after the other, and writes a folder: a report each, and sweep.json with the capacity curves. It explores; no gate is decided by it.",
  usage:
    "DIR --out report.json [--data DIR] [--preset quick|standard] | DIR --preset sweep --out FOLDER [--rates 5,10,20] [--k 5,10] [--modes bm25,dense,hybrid] [--data DIR]",
  example: "npm run --silent pilotage -- bench my-pilot --out report.json --preset quick",
  run: async (args, io) => {
    const { order, sweep } = await readOrder(args);
    return sweep === null ? benchOnce(order, io) : benchSweep(order, sweep, io);
  },
};

async function benchOnce(order: Order, io: CommandIo): Promise<number> {
  return withBench(order, io, async ({ measure, modified, isolation }) => {
    const { text, report } = await measure(order.pilotDir, order.preset);
    const marked = markModified(text, modified);
    await writeWhole(order.out, marked);
    await storeFromTerminal({ ...report, modified }, { isolation, modified, sweepId: null }, io);
    io.answer(JSON.parse(marked));
    return exitCodes.pass;
  });
}

type Order = { pilotDir: string; out: string; dataDir: string | null; preset: BenchPreset | null };

async function readOrder(args: string[]) {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      out: { type: "string" },
      data: { type: "string" },
      preset: { type: "string" },
      rates: { type: "string" },
      k: { type: "string" },
      modes: { type: "string" },
    },
  });
  const [dir, ...rest] = positionals;
  if (dir === undefined || rest.length > 0) throw usage(sayError("USAGE.pilotFolder"));
  if (values.out === undefined) throw usage(sayError("USAGE.reportPath"));
  const isSweep = values.preset === "sweep";
  const preset = BenchPreset.nullable().safeParse(isSweep ? "quick" : (values.preset ?? null));
  if (!preset.success) throw usage(sayError("USAGE.preset", { preset: values.preset ?? "" }));
  const option = (["rates", "k", "modes"] as const).find((name) => values[name] !== undefined);
  if (!isSweep && option !== undefined) throw usage(sayError("USAGE.sweepOnly", { option }));
  const sweep = isSweep ? readAxes(values) : null;
  const order: Order = {
    pilotDir: resolve(dir),
    out: resolve(values.out),
    dataDir: values.data === undefined ? null : resolve(values.data),
    preset: preset.data,
  };
  await needFolder(order.pilotDir, "PILOT_MISSING");
  if (order.dataDir !== null) await needFolder(order.dataDir, "DATA_MISSING");
  await needPlace(order.out);
  return { order, sweep };
}

async function needPlace(out: string): Promise<void> {
  const parent = await stat(dirname(out)).catch(() => null);
  if (parent?.isDirectory()) return;
  const message = sayError("OUT_UNWRITABLE.folder", { folder: dirname(out) });
  throw new PilotageError("invalid", "OUT_UNWRITABLE", message, { exitCode: exitCodes.cannotCreate });
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
