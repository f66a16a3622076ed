import * as z from "zod";

/** Best first. The two native ones are a documented opt-in; `wasm` is always installed, `cpu` is plain JavaScript. */
export const TensorBackendName = z.enum(["tfjs-node-gpu", "tfjs-node", "wasm", "cpu"]);
export type TensorBackendName = z.infer<typeof TensorBackendName>;

/** A rate over repeats on a warm machine: the middle one, and the slowest and fastest seen. */
export const MeasuredRate = z.strictObject({
  median: z.number().positive(),
  lowest: z.number().positive(),
  highest: z.number().positive(),
  repeats: z.int().min(1),
});
export type MeasuredRate = z.infer<typeof MeasuredRate>;

/** What this machine can do, as the web app's own tensor library sees it: the "this machine" of the benchmark page. */
export const MachineProfile = z.strictObject({
  schemaVersion: z.literal(1),
  measuredAt: z.iso.datetime(),
  backend: TensorBackendName,
  backendVersion: z.string().max(60),
  /** Better backends that were tried and why each was not used. */
  refused: z.array(z.strictObject({ backend: TensorBackendName, reason: z.string().max(300) })),
  cpu: z.string().max(200).nullable(),
  cores: z.int().min(1),
  memoryBytes: z.int().min(1),
  os: z.string().max(200),
  node: z.string().max(60),
  /** Square matrices, float32; 2 n^3 operations a product. */
  matrixProduct: z.strictObject({ size: z.int().min(1), gflops: MeasuredRate }),
  /** One query against all vectors, float32; every byte is read once. */
  vectorScan: z.strictObject({
    vectors: z.int().min(1),
    dimensions: z.int().min(1),
    gigabytesPerSecond: MeasuredRate,
  }),
});
export type MachineProfile = z.infer<typeof MachineProfile>;
