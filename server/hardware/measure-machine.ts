import { cpus, release, totalmem, type } from "node:os";
import { type Candidate, pickBackend, type TensorBackend } from "./pick-backend.ts";
import type { MachineProfile, MeasuredRate, TensorBackendName } from "./schema.ts";

type Sizes = { matrix: number; vectors: number; dimensions: number; repeats: number };

/**
 * Large enough that the call itself does not count and the vectors (77 MB) do not fit a cache; small enough that all
 * of it takes a few seconds. Plain JavaScript is a hundred times slower and gets less to do.
 */
const SIZES: Record<TensorBackendName, Sizes> = {
  "tfjs-node-gpu": { matrix: 2048, vectors: 200_000, dimensions: 384, repeats: 20 },
  "tfjs-node": { matrix: 1024, vectors: 50_000, dimensions: 384, repeats: 20 },
  wasm: { matrix: 512, vectors: 50_000, dimensions: 384, repeats: 15 },
  cpu: { matrix: 128, vectors: 5_000, dimensions: 384, repeats: 7 },
};
const WARM_UPS = 3;

/**
 * Picks the best backend and measures it. Takes seconds and blocks its process meanwhile: run it in one of its own.
 *
 * @throws Error when no backend computes rightly
 */
export async function measureMachine(
  candidates: readonly Candidate[],
  now: Date,
  clockMs: () => number,
  sizes: Partial<Sizes> = {},
): Promise<MachineProfile> {
  const picked = await pickBackend(candidates);
  if (picked.name === null) {
    throw new Error(picked.refused.map(({ backend, reason }) => `${backend}: ${reason}`).join("; "));
  }
  const size = { ...SIZES[picked.name], ...sizes };
  const processors = cpus();
  return {
    schemaVersion: 1,
    measuredAt: now.toISOString(),
    backend: picked.name,
    backendVersion: picked.backend.version,
    refused: picked.refused,
    cpu: processors[0]?.model.trim().slice(0, 200) || null,
    cores: Math.max(1, processors.length),
    memoryBytes: totalmem(),
    os: `${type()} ${release()}`.slice(0, 200),
    node: process.versions.node,
    matrixProduct: { size: size.matrix, gflops: measureProduct(picked.backend, size, clockMs) },
    vectorScan: {
      vectors: size.vectors,
      dimensions: size.dimensions,
      gigabytesPerSecond: measureScan(picked.backend, size, clockMs),
    },
    smallCalls: measureSmallCalls(picked.backend, size, clockMs),
  };
}

function measureProduct(
  backend: TensorBackend,
  { matrix, repeats }: Sizes,
  clockMs: () => number,
): MeasuredRate {
  const values = fill(matrix * matrix);
  const a = backend.upload(values, matrix, matrix);
  const b = backend.upload(values, matrix, matrix);
  const rate = measureRate(2e-9 * matrix ** 3, () => backend.multiply(a, b), repeats, clockMs);
  a.release();
  b.release();
  return rate;
}

function measureScan(
  backend: TensorBackend,
  { vectors, dimensions, repeats }: Sizes,
  clockMs: () => number,
): MeasuredRate {
  // One column a vector: WebAssembly reads it three times as fast as one row a vector.
  const corpus = backend.upload(fill(vectors * dimensions), dimensions, vectors);
  const query = backend.upload(fill(dimensions), 1, dimensions);
  const gigabytes = (4 * vectors * dimensions) / 1e9;
  const rate = measureRate(gigabytes, () => backend.multiply(query, corpus), repeats, clockMs);
  corpus.release();
  query.release();
  return rate;
}

/** A product too small to take time of its own, and the ten best of as many scores as there are vectors. */
function measureSmallCalls(
  backend: TensorBackend,
  { vectors, repeats }: Sizes,
  clockMs: () => number,
): { overheadMs: number; topkMillionsPerSecond: number } {
  const small = backend.upload(fill(16), 4, 4);
  const calls = measureRate(1, () => backend.multiply(small, small), repeats, clockMs);
  small.release();
  const scores = fill(vectors);
  const picks = measureRate(vectors / 1e6, () => pickTen(scores), repeats, clockMs);
  return { overheadMs: Number((1000 / calls.median).toPrecision(3)), topkMillionsPerSecond: picks.median };
}

/** The ten largest by a list that is kept sorted: most scores are below its last and cost one comparison. */
function pickTen(scores: Float32Array): number[] {
  const best: number[] = [];
  let least = Number.NEGATIVE_INFINITY;
  for (const score of scores) {
    if (score <= least) continue;
    const at = best.findIndex((one) => one < score);
    best.splice(at < 0 ? best.length : at, 0, score);
    if (best.length > 10) best.pop();
    if (best.length === 10) least = best[9] ?? least;
  }
  return best;
}

/** `work` per second, after warm-up: the first calls compile and touch fresh memory. */
function measureRate(
  work: number,
  once: () => unknown,
  repeats: number,
  clockMs: () => number,
): MeasuredRate {
  for (let at = 0; at < WARM_UPS; at += 1) once();
  const rates: number[] = [];
  for (let at = 0; at < repeats; at += 1) {
    const started = clockMs();
    once();
    rates.push(work / Math.max((clockMs() - started) / 1000, 1e-9));
  }
  rates.sort((x, y) => x - y);
  const round = (rate: number | undefined) => Number((rate ?? 0).toPrecision(3));
  return {
    median: round(rates[Math.floor(rates.length / 2)]),
    lowest: round(rates[0]),
    highest: round(rates.at(-1)),
    repeats,
  };
}

/** Values of both signs without a pattern that a processor could shortcut; the same every time. */
function fill(count: number): Float32Array {
  const values = new Float32Array(count);
  for (let at = 0; at < count; at += 1) values[at] = ((at * 7919) % 2003) / 1001 - 1;
  return values;
}
