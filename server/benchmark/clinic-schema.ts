import * as z from "zod";
import { END, NotRun, RUN } from "#server/benchmark/report-schema.ts";
import { ClinicConfig, ClinicMetric } from "#server/scaffold/clinic-schema.ts";

/** A day; what takes longer is no example. A clock that reads zero measured nothing. */
const WallMs = z.number().positive().max(86_400_000);
/** Of the whole process tree, so up to cores x wall. */
const CpuMs = z.number().min(0).max(86_400_000_000);

export const ClinicExample = z.enum(["waiting", "computing", "hot_function", "workload"]);
export type ClinicExample = z.infer<typeof ClinicExample>;

/** One form of an example. `wallMs[round]` and `cpuMs[round]` are of the same round in every form. */
export const ClinicVariant = z.strictObject({
  name: z.enum([
    "sequential",
    "gather",
    "serial",
    "threads",
    "processes",
    "python",
    "numpy",
    "numba",
    "rust",
    "own",
  ]),
  /** Of a pool; null for what has none. */
  workers: z.int().min(1).max(256).nullable(),
  wallMs: z.array(WallMs).max(100),
  cpuMs: z.array(CpuMs).max(100),
  /** Digest of the result: forms of one example that come to different results are not compared. */
  check: z.string().min(1).max(128),
});
export type ClinicVariant = z.infer<typeof ClinicVariant>;

/** A median ratio of two forms, baseline over variant, with the lower end that 95 % of such samples stay above. */
export const ClinicFigure = z.strictObject({
  name: ClinicMetric,
  value: z.number().min(0).nullable(),
  unit: z.literal("x"),
  /** Rounds that were compared. */
  n: z.int().min(0).max(100),
  low: z.number().min(0).nullable(),
  direction: z.literal("higher"),
  /** In words: which two forms, which bound. */
  method: z.string().min(1).max(400),
});
export type ClinicFigure = z.infer<typeof ClinicFigure>;

/** `report.json` of the performance clinic, version 1. */
export const ClinicReport = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal("clinic"),
  ...RUN,
  config: ClinicConfig,
  ...END,
  notRun: NotRun,
  examples: z
    .array(z.strictObject({ id: ClinicExample, variants: z.array(ClinicVariant).min(1).max(40) }))
    .max(4),
  metrics: z.array(ClinicFigure).max(3),
});
export type ClinicReport = z.infer<typeof ClinicReport>;
