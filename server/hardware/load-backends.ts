import { createRequire } from "node:module";
import { sayRoom } from "#server/messages/say.ts";
import { dirname, join, sep } from "#server/untraced-files.ts";
import type { Candidate, DeviceMatrix, TensorBackend } from "./pick-backend.ts";
import type { TensorBackendName } from "./schema.ts";

const say = sayRoom("hardware");

/** What is used of TensorFlow.js; written down because the native packages, and their types, are not installed. */
type Tensor = { dataSync: () => Float32Array; dispose: () => void };
type TensorLibrary = {
  version_core?: string;
  version?: { "tfjs-core"?: string };
  setBackend: (name: string) => Promise<boolean>;
  ready: () => Promise<void>;
  enableProdMode: () => void;
  tensor2d: (values: Float32Array, shape: [number, number]) => Tensor;
  matMul: (a: Tensor, b: Tensor) => Tensor;
};

/** Best first. A name in a variable keeps bundlers and type checking away from packages that may be absent. */
export const BACKENDS: readonly Candidate[] = [
  { name: "tfjs-node-gpu", load: () => loadNative("@tensorflow/tfjs-node-gpu") },
  { name: "tfjs-node", load: () => loadNative("@tensorflow/tfjs-node") },
  { name: "wasm", load: loadWasm },
  { name: "cpu", load: loadPlain },
];

/** Only these, in the same order: after a native one has taken the whole process down. */
export function keepBackends(names: readonly TensorBackendName[]): readonly Candidate[] {
  return BACKENDS.filter((candidate) => names.includes(candidate.name));
}

async function loadNative(packageName: string): Promise<TensorBackend> {
  const library: TensorLibrary = await load(packageName);
  await library.setBackend("tensorflow");
  return wrap(library);
}

async function loadWasm(): Promise<TensorBackend> {
  const library: TensorLibrary = await load("@tensorflow/tfjs-core");
  const wasm: { setWasmPaths: (folder: string) => void } = await load("@tensorflow/tfjs-backend-wasm");
  const manifest = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/package.json");
  // The trailing separator matters: the library glues the file name on.
  wasm.setWasmPaths(join(dirname(manifest), "dist") + sep);
  if (!(await library.setBackend("wasm"))) throw new Error(say("noWebAssembly"));
  return wrap(library);
}

async function loadPlain(): Promise<TensorBackend> {
  const library: TensorLibrary = await load("@tensorflow/tfjs-core");
  // Else it prints an advertisement for another package on first use.
  library.enableProdMode();
  await load("@tensorflow/tfjs-backend-cpu");
  await library.setBackend("cpu");
  return wrap(library);
}

async function load<Module>(packageName: string): Promise<Module> {
  const loaded = await import(/* turbopackIgnore: true */ packageName);
  // CommonJS packages arrive under `default`.
  return (loaded.tensor2d || loaded.setWasmPaths ? loaded : (loaded.default ?? loaded)) as Module;
}

async function wrap(library: TensorLibrary): Promise<TensorBackend> {
  await library.ready();
  const held = new WeakMap<DeviceMatrix, Tensor>();
  const find = (matrix: DeviceMatrix): Tensor => {
    const tensor = held.get(matrix);
    if (!tensor) throw new Error("the matrix belongs to another backend");
    return tensor;
  };
  return {
    version: library.version_core ?? library.version?.["tfjs-core"] ?? "unknown",
    upload: (values, rows, columns) => {
      const tensor = library.tensor2d(values, [rows, columns]);
      const matrix = { rows, columns, release: () => tensor.dispose() };
      held.set(matrix, tensor);
      return matrix;
    },
    multiply: (a, b) => {
      const product = library.matMul(find(a), find(b));
      const values = product.dataSync();
      product.dispose();
      return values;
    },
  };
}
