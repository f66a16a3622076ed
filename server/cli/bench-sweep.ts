import { cp, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type AskedAxes, findSweepFault } from "#server/benchmark/find-sweep-fault.ts";
import type { SweepPoint } from "#server/benchmark/job-schema.ts";
import { markModified } from "#server/benchmark/mark-modified.ts";
import { measurePoint, PointSource, type RunPoint } from "#server/benchmark/measure-point.ts";
import { SETUP_SECONDS } from "#server/benchmark/pace-sweep.ts";
import { planSweep, type SweepAxes } from "#server/benchmark/plan-sweep.ts";
import { type SweepCurve, summariseSweep } from "#server/benchmark/summarise-sweep.ts";
import type { SweepFile } from "#server/benchmark/sweep-schema.ts";
import { varyConfig } from "#server/benchmark/vary-config.ts";
import { PilotageError } from "#server/errors.ts";
import { sayRoom } from "#server/messages/say.ts";
import { newId } from "#server/new-id.ts";
import type { RagPilotConfig } from "#server/scaffold/rag-schema.ts";
import type { PilotConfig } from "#server/scaffold/schema.ts";
import { type BenchSession, readPilotConfig, withBench } from "./bench-session.ts";
import { type CommandIo, exitCodes } from "./command.ts";
import { storeFromTerminal } from "./store-from-terminal.ts";
import { writeWhole } from "./write-whole.ts";

const say = sayRoom("terminal");
const sayError = sayRoom("errors");

type Order = { pilotDir: string; out: string; dataDir: string | null };

/**
 * Measures each point in a copy of the pilot, one after the other. A point that fails is said and the next one begins:
 * a rate that is too high for the machine is one of the answers.
 */
export async function benchSweep(order: Order, asked: AskedAxes, io: CommandIo): Promise<number> {
  const there = await stat(order.out).catch(() => null);
  if (there !== null && !there.isDirectory()) {
    throw new PilotageError("invalid", "USAGE", sayError("USAGE.sweepOut", { path: order.out }), {
      exitCode: exitCodes.cannotCreate,
    });
  }
  const points = planPoints(await readPilotConfig(order.pilotDir), asked, io);
  return withBench(order, io, async (session) => {
    await mkdir(order.out, { recursive: true });
    const sweepId = newId("swp");
    const measured: Measured[] = [];
    for (const [index, point] of points.entries()) {
      io.progress(sayPoint(point, index, points.length));
      measured.push(await measureOne(session, order, { sweepId, point, index }, io));
    }
    const curves = summariseSweep(measured.flatMap(({ figures }) => (figures === null ? [] : [figures])));
    const file: SweepFile = { sweepId, points: measured.map(describe), curves: curves.map(describeCurve) };
    await writeWhole(join(order.out, "sweep.json"), `${JSON.stringify(file, null, 2)}\n`);
    io.answer(file);
    return curves.length === 0 ? exitCodes.unavailable : exitCodes.pass;
  });
}

/** What the options list; a number that is none stays as it is and is refused by its sentence. */
export function readAxes({ rates, k, modes }: { rates?: string; k?: string; modes?: string }): AskedAxes {
  const pieces = (text = "") => text.split(/[\s,;]+/).filter((piece) => piece !== "");
  const numbers = (text?: string) =>
    pieces(text).map((piece) => {
      const value = Number(piece);
      if (Number.isFinite(value)) return value;
      throw invalid(sayError("SWEEP_INVALID.notNumber", { text: piece }));
    });
  return { arrivalsPerSecond: numbers(rates), k: numbers(k), modes: pieces(modes) };
}

function planPoints(config: PilotConfig, asked: AskedAxes, io: CommandIo): SweepPoint[] {
  if (config.template !== "rag") throw invalid(sayError("SWEEP_INVALID.template"));
  const fault = findSweepFault(asked, config);
  if (fault !== null) throw invalid(fault.message);
  const { workload, retrieval } = config;
  const configured = {
    arrivalsPerSecond: workload.arrivalsPerSecond,
    k: retrieval.k,
    mode: retrieval.mode,
  };
  const plan = planSweep(asked as SweepAxes, configured);
  if (plan === null) throw invalid(sayError("SWEEP_INVALID.hint"));
  const { points, loadSeconds, alphaPerPoint } = plan;
  const minutes = (loadSeconds + points.length * SETUP_SECONDS) / 60;
  io.progress(
    say("sweep.plan", {
      count: points.length,
      minutes: minutes.toFixed(1),
      alpha: alphaPerPoint.toPrecision(2),
    }),
  );
  return points;
}

type Measured = {
  point: SweepPoint;
  runId: string | null;
  report: string | null;
  figures: RunPoint | null;
  error: string | null;
};

async function measureOne(
  { measure, modified, isolation, scratchDir }: BenchSession,
  { pilotDir, out }: Order,
  { sweepId, point, index }: { sweepId: string; point: SweepPoint; index: number },
  io: CommandIo,
): Promise<Measured> {
  const nothing = { point, runId: null, report: null, figures: null };
  try {
    const folder = join(scratchDir, `point-${index + 1}`);
    await copyPilot(pilotDir, folder, out);
    const path = join(folder, "pilot.json");
    const config = JSON.parse(await readFile(path, "utf8")) as RagPilotConfig;
    await writeFile(path, JSON.stringify(varyConfig(config, point), null, 2));
    const { text, report } = await measure(folder, "quick");
    const name = `report-${String(index + 1).padStart(2, "0")}.json`;
    await writeWhole(join(out, name), markModified(text, modified));
    await storeFromTerminal({ ...report, modified }, { isolation, modified, sweepId }, io);
    const figures = measurePoint(PointSource.parse(report));
    return { point, runId: report.runId, report: name, figures, error: null };
  } catch (error) {
    // Ctrl-C ends the sweep, and so does a full disk.
    if (!(error instanceof PilotageError) || error.code === "STOPPED" || error.code.startsWith("STORAGE_")) {
      throw error;
    }
    io.progress(say("sweep.failed", { message: error.message }));
    return { ...nothing, error: error.message };
  }
}

/** Without what earlier runs left: environment, index, history. */
async function copyPilot(from: string, to: string, out: string): Promise<void> {
  const left = new Set(["var", ".venv", ".git", "__pycache__", ".pytest_cache", "node_modules"]);
  await cp(from, to, {
    recursive: true,
    filter: (path) => path !== out && (path === from || !left.has(basename(path))),
  });
}

function describe({ point, runId, report, figures, error }: Measured): SweepFile["points"][number] {
  return {
    ...point,
    runId,
    report,
    throughputRps: figures?.throughputRps ?? null,
    p95Ms: figures?.p95Ms ?? null,
    goodputRps: figures?.goodput?.rps ?? null,
    accuracy: figures?.accuracy?.value ?? null,
    scheduleMiss: figures?.scheduleMiss ?? null,
    error,
  };
}

function describeCurve(curve: SweepCurve): SweepFile["curves"][number] {
  const { mode, k, targetMs, knee, capacity, accuracy, machineSecondsPer1k, usdPer1k } = curve;
  return {
    mode,
    k,
    targetMs,
    kneePerSecond: knee?.arrivalsPerSecond ?? null,
    capacityPerSecond: capacity?.arrivalsPerSecond ?? null,
    accuracy,
    machineSecondsPer1k,
    usdPer1k,
  };
}

function sayPoint({ mode, k, arrivalsPerSecond }: SweepPoint, index: number, of: number): string {
  return say("sweep.point", {
    point: String(index + 1),
    of: String(of),
    mode,
    k: String(k),
    rate: String(arrivalsPerSecond),
  });
}

function invalid(message: string): PilotageError {
  return new PilotageError("invalid", "SWEEP_INVALID", message, {
    exitCode: exitCodes.usage,
    hint: sayError("SWEEP_INVALID.hint"),
  });
}
