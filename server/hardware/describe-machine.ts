import type { CatalogueMachine } from "./machines.data.ts";
import type { ForecastMachine, MachineProfile, SearchProbe } from "./schema.ts";

/** Of a data sheet's peak a scan and a large product usually reach so much; an estimate, to be measured. */
const BANDWIDTH_REACHED = 0.6;
const OPERATIONS_REACHED = 0.35;
/** On tensor cores float32 runs as TF32 at half the rate of half precision (A100 and L40S sheets), int8 at twice. */
const TENSOR_SPEED_UP = { float32: 1, float16: 2, int8: 4 };
/** A score is written once and read once, four bytes each. */
const BYTES_PER_SCORE = 8;
/** A few kernel launches and the copy of the answer. */
const ACCELERATOR_OVERHEAD_MS = 0.1;
/** Of older profiles that did not measure it: a plain loop over scores on a slow core. */
const UNMEASURED = { overheadMs: 0.1, topkMillionsPerSecond: 200 };

export function describeCatalogueMachine(machine: CatalogueMachine): ForecastMachine {
  const gigabytesPerSecond = machine.terabytesPerSecond * 1000 * BANDWIDTH_REACHED;
  return {
    id: machine.id,
    name: machine.name,
    source: "catalogue",
    asOf: machine.readAt,
    basis: machine.readOn,
    memoryBytes: machine.memoryGigabytes * 1e9,
    gigabytesPerSecond,
    gflops: (machine.halfTeraflops / 2) * 1000 * OPERATIONS_REACHED,
    speedUp: TENSOR_SPEED_UP,
    topkMillionsPerSecond: (gigabytesPerSecond * 1000) / BYTES_PER_SCORE,
    overheadMs: ACCELERATOR_OVERHEAD_MS,
  };
}

/** The machine as the app's own probe saw it. It computes every type in float32, so a smaller one only reads less. */
export function describeProbedMachine(profile: MachineProfile): ForecastMachine {
  const { overheadMs, topkMillionsPerSecond } = profile.smallCalls ?? UNMEASURED;
  return {
    id: "here",
    name: profile.cpu ?? profile.os,
    source: "probe",
    asOf: profile.measuredAt.slice(0, 10),
    basis: `TensorFlow.js ${profile.backend} ${profile.backendVersion}`,
    memoryBytes: profile.memoryBytes,
    gigabytesPerSecond: profile.vectorScan.gigabytesPerSecond.median,
    gflops: profile.matrixProduct.gflops.median,
    speedUp: { float32: 1, float16: 1, int8: 1 },
    topkMillionsPerSecond,
    overheadMs,
  };
}

/** The machine as a pilot's own store saw it, `finishedAt` being the run's end. */
export function describePilotMachine(
  probe: SearchProbe,
  run: { name: string; memoryBytes: number | null; finishedAt: string },
): ForecastMachine {
  const { gigabytesPerSecond } = probe;
  return {
    id: "pilot",
    name: run.name,
    source: "pilot",
    asOf: run.finishedAt.slice(0, 10),
    basis: probe.backend,
    // Unknown memory is no reason to refuse a corpus.
    memoryBytes: run.memoryBytes ?? Number.MAX_VALUE,
    gigabytesPerSecond,
    // One question a call: every question of a batch reads the four bytes of a number again for its two operations.
    gflops: gigabytesPerSecond / 2,
    speedUp: { float32: 1, float16: 1, int8: 1 },
    topkMillionsPerSecond: probe.picksMillionsPerSecond,
    overheadMs: probe.overheadMs,
  };
}
