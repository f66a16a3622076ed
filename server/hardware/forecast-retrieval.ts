import type { ForecastMachine, ForecastQuestion } from "#server/hardware/schema.ts";

export type Forecast = {
  /** Of one call that carries the whole batch. */
  callMs: number;
  queriesPerSecond: number;
  /** The vectors alone; an index or a copy comes on top. */
  vectorBytes: number;
  fits: boolean;
  /** Which term is the largest: what a faster machine would have to be faster at. */
  bound: "bandwidth" | "operations" | "topk" | "overhead";
  parts: { overheadMs: number; scanMs: number; operationsMs: number; topkMs: number };
  /** Null without a target. Never "yes" for more memory than there is. */
  meets: boolean | null;
};

export const BYTES_PER_VALUE = { float32: 4, float16: 2, int8: 1 } as const;

/** Half of the memory is left to the system, the model and the answers. */
const USABLE_MEMORY = 0.5;

/**
 * What an exact search costs before a line of the pilot runs: overhead + max(bytes / bandwidth, operations / rate) +
 * top-k. Every vector is read once a call; each query of the batch multiplies with all of them. Smaller types halve the
 * bytes; they speed up the arithmetic only where the machine's figures say so.
 */
export function forecastRetrieval(machine: ForecastMachine, question: ForecastQuestion): Forecast {
  const { documents, chunksPerDocument, dimensions, type, batch, targetMs } = question;
  const vectors = documents * chunksPerDocument;
  const vectorBytes = vectors * dimensions * BYTES_PER_VALUE[type];
  const scanMs = vectorBytes / (machine.gigabytesPerSecond * 1e6);
  const operationsMs =
    (2 * vectors * dimensions * batch) / (machine.gflops * (machine.speedUp[type] ?? 1) * 1e6);
  const topkMs = (vectors * batch) / (machine.topkMillionsPerSecond * 1e3);
  const overheadMs = machine.overheadMs;
  const parts = { overheadMs, scanMs, operationsMs, topkMs };
  const callMs = overheadMs + Math.max(scanMs, operationsMs) + topkMs;
  const fits = vectorBytes <= machine.memoryBytes * USABLE_MEMORY;
  const terms = [
    ["overhead", overheadMs],
    ["bandwidth", scanMs],
    ["operations", operationsMs],
    ["topk", topkMs],
  ] as const;
  const [bound] = terms.reduce((most, one) => (one[1] > most[1] ? one : most));
  return {
    callMs,
    queriesPerSecond: (batch * 1000) / callMs,
    vectorBytes,
    fits,
    bound,
    parts,
    meets: targetMs === null ? null : fits && callMs < targetMs,
  };
}

/** The most documents of this kind that stay under the target and in the memory; null where none do. */
export function findMostDocuments(
  machine: ForecastMachine,
  question: ForecastQuestion & { targetMs: number },
): number | null {
  const holds = (documents: number) => forecastRetrieval(machine, { ...question, documents }).meets === true;
  if (!holds(1)) return null;
  let [low, high] = [1, 1e12];
  while (high - low > Math.max(1, low * 1e-4)) {
    const middle = Math.floor(Math.sqrt(low * high));
    if (middle <= low) break;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}
