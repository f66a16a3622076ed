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
