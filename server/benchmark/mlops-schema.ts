import * as z from "zod";
import { END, NotRun, RequestRecord, RUN, StageTiming } from "#server/benchmark/report-schema.ts";
import { MlopsConfig, MlopsMetric } from "#server/scaffold/mlops-schema.ts";
import { Sha256 } from "#server/scaffold/pilot-schema.ts";

const Name = z.string().min(1).max(200);
const WallMs = z.number().positive().max(86_400_000);

/** One test row with its label, the champion's score and the baseline's. Days and entities are what is drawn again. */
export const ScoreRecord = z.strictObject({
  row: Name,
  /** What an alert is about, for instance a card. */
  entity: Name,
  day: z.iso.date(),
  label: z.union([z.literal(0), z.literal(1)]),
  score: z.number(),
  /** Of the logistic regression on the same rows; null where none was fitted. */
  baseline: z.number().nullable(),
});
export type ScoreRecord = z.infer<typeof ScoreRecord>;

/** The errors of one forecast series, and of Naive2 on the same. sMAPE in percent. */
export const SeriesRecord = z.strictObject({
  id: Name,
  smape: z.number().min(0).max(200),
  mase: z.number().min(0),
  smapeNaive2: z.number().min(0).max(200),
  maseNaive2: z.number().min(0),
});
export type SeriesRecord = z.infer<typeof SeriesRecord>;

/** An aggregate. `outOf` is what it was computed from: rows, series, requests, repetitions; null where there is none. */
export const MlopsFigure = z.strictObject({
  name: MlopsMetric,
  value: z.number().nullable(),
  unit: z.enum(["share", "percent", "ratio", "ms", "rows/s", "usd"]),
  direction: z.enum(["higher", "lower"]),
  outOf: z.int().min(0).nullable(),
  method: z.string().min(1).max(400),
});
export type MlopsFigure = z.infer<typeof MlopsFigure>;

/** `report.json` of the MLOps pilot, version 1, with every record its aggregates were computed from. */
export const MlopsReport = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal("mlops"),
  ...RUN,
  config: MlopsConfig,
  preset: z.enum(["quick", "standard"]),
  ...END,
  data: z.strictObject({
    name: z.string().min(1).max(120),
    task: MlopsConfig.shape.task,
    /** Of the test. */
    rows: z.int().min(0),
    /** Null for a forecast. */
    positives: z.int().min(0).nullable(),
    trainFrom: z.iso.date(),
    trainTo: z.iso.date(),
    testFrom: z.iso.date(),
    testTo: z.iso.date(),
    snapshotSha256: Sha256.nullable(),
  }),
  /** Seconds of each load run from its start until the last answer was in. */
  runSeconds: z.array(z.number().min(0)).max(100),
  /** Of the pipeline; the stage `serve` is one answer without load. */
  stages: z.array(StageTiming).max(40),
  /** `questionId` is the row that was scored. */
  requests: z.array(RequestRecord).max(100_000),
  scores: z.array(ScoreRecord).max(100_000),
  series: z.array(SeriesRecord).max(100_000),
  /** Scored at once, features included. */
  batches: z.array(z.strictObject({ rows: z.int().min(1), wallMs: WallMs })).max(1_000),
  training: z
    .array(z.strictObject({ rows: z.int().min(1), epochs: z.int().min(1), wallMs: WallMs }))
    .max(1_000),
  /** Newest last. */
  champion: z
    .array(
      z.strictObject({
        version: Name,
        at: z.iso.datetime(),
        outcome: z.string().min(1).max(60),
        reason: z.string().max(1_000),
      }),
    )
    .max(1_000),
  metrics: z.array(MlopsFigure).max(40),
  notRun: NotRun,
});
export type MlopsReport = z.infer<typeof MlopsReport>;
