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
  /** What a call costs before it does any work, and how fast the best ten are picked; profiles before 2026-11-20 lack it. */
  smallCalls: z
    .strictObject({ overheadMs: z.number().min(0), topkMillionsPerSecond: z.number().positive() })
    .optional(),
});
export type MachineProfile = z.infer<typeof MachineProfile>;

/** What a forecast needs to know of a machine, and where each figure comes from. */
export const ForecastMachine = z.strictObject({
  id: z.string(),
  name: z.string(),
  /**
   * `pilot` = the pilot's own store timed on that machine, `probe` = measured here by the app, `catalogue` = a data
   * sheet's peak times a share that is usually reached.
   */
  source: z.enum(["pilot", "probe", "catalogue"]),
  asOf: z.iso.date(),
  /** In words: the document, or the backend that measured. */
  basis: z.string(),
  memoryBytes: z.number().positive(),
  gigabytesPerSecond: z.number().positive(),
  /** Of dense products in float32. */
  gflops: z.number().positive(),
  /** How much faster the smaller types compute. */
  speedUp: z.strictObject({ float32: z.number(), float16: z.number(), int8: z.number() }),
  topkMillionsPerSecond: z.number().positive(),
  overheadMs: z.number().min(0),
});
export type ForecastMachine = z.infer<typeof ForecastMachine>;

/** What a pilot timed of an exact search on the machine where it ran; one question a call. */
export const SearchProbe = z.strictObject({
  backend: z.enum(["faiss", "torch"]),
  dimensions: z.int().min(2),
  overheadMs: z.number().min(0),
  gigabytesPerSecond: z.number().gt(0),
  picksMillionsPerSecond: z.number().gt(0),
  repeats: z.int().min(1),
  /** The pilot's own corpus by the same store: what a forecast from the other figures is held against. */
  searched: z.strictObject({ vectors: z.int().min(1), medianMs: z.number().gt(0) }),
});
export type SearchProbe = z.infer<typeof SearchProbe>;

export const ForecastQuestion = z.strictObject({
  documents: z.int().min(1).max(1_000_000_000),
  chunksPerDocument: z.number().positive().max(10_000),
  dimensions: z.int().min(2).max(16_384),
  type: z.enum(["float32", "float16", "int8"]),
  batch: z.int().min(1).max(4_096),
  /** For the search alone. */
  targetMs: z.number().positive().max(3_600_000).nullable(),
});
export type ForecastQuestion = z.infer<typeof ForecastQuestion>;
