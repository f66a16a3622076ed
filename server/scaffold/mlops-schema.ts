import * as z from "zod";
import {
  defineTarget,
  PilotProject,
  PilotTitle,
  Seed,
  TemplateVersion,
  VariableName,
  Workload,
} from "./pilot-schema.ts";

/** What the MLOps pilot measures: quality of a classifier or of forecasts, serving, throughput, cost. */
export const MlopsMetric = z.enum([
  "averagePrecision",
  "recallAtBudget",
  "cardPrecisionAt100",
  "owa",
  "smape",
  "mase",
  "p95Ms",
  "batchRowsPerSecond",
  "trainRowsPerSecond",
  "costPerRunUsd",
  "costPer1kScoresUsd",
]);
export type MlopsMetric = z.infer<typeof MlopsMetric>;

export const MlopsTarget = defineTarget(MlopsMetric);
export type MlopsTarget = z.infer<typeof MlopsTarget>;

/** A column of the customer's table, as it is spelt there. */
const Column = z.string().min(1).max(100);
const Share = z.number().min(0).max(1);
const Usd = z.number().min(0).max(1e9);

/** `pilot.json` of the MLOps pilot. */
export const MlopsConfig = z.strictObject({
  schemaVersion: z.literal(1),
  template: z.literal("mlops"),
  templateVersion: TemplateVersion,
  projectId: PilotProject,
  title: PilotTitle,
  task: z.enum(["classification", "forecast"]),
  targets: z.array(MlopsTarget).min(1).max(12),
  workload: Workload,
  /** The columns of the source by their roles, and the split by time. */
  data: z.strictObject({
    path: z.string().min(1).max(400),
    name: z.string().min(1).max(80),
    key: Column,
    time: Column,
    label: Column,
    amount: Column.nullable(),
    /** What a row belongs to; the first is what an alert is about. */
    entities: z.array(Column).max(4),
    numbers: z.array(Column).max(200),
    /** The known values of each column; any other counts as none of them. */
    categories: z.record(Column, z.array(z.string()).min(1).max(100)),
    /** How long until the label of a row is known. A label is used no earlier. */
    delayDays: z.int().min(0).max(365),
    trainDays: z.int().min(1).max(3650),
    testDays: z.int().min(1).max(3650),
  }),
  features: z.strictObject({ windowsDays: z.array(z.int().min(1).max(365)).max(6) }),
  model: z.strictObject({
    kind: z.enum(["mlp", "linear"]),
    hidden: z.array(z.int().min(1).max(4096)).max(8),
    epochs: z.int().min(1).max(1000),
    batchSize: z.int().min(1).max(1_000_000),
    learningRate: z.number().gt(0).max(10),
    seed: Seed,
    precision: z.enum(["float32", "bfloat16"]),
  }),
  /** A device that is asked for and absent is an error unless `fallback` allows the CPU. */
  device: z.strictObject({ want: z.enum(["cpu", "cuda"]), fallback: z.boolean() }),
  /** What a day must be before it is used; shares are of its rows. */
  checks: z.strictObject({
    minRows: z.int().min(0).max(1_000_000_000),
    maxRows: z.int().min(1).max(1_000_000_000),
    maxNullShare: Share,
    maxUnknownCategoryShare: Share,
    maxPositiveShare: z.number().gt(0).max(1),
    /** So many times more or less than the days before: rows of the day, median amount. */
    maxChangeRatio: z.number().gt(1).max(1000),
    /** Lowest and highest of a column. */
    ranges: z.record(Column, z.tuple([z.number(), z.number()])),
  }),
  /** Regulated: a promotion waits for a named approval. */
  policy: z.strictObject({ regulated: z.boolean(), approver: z.string().min(1).max(120).nullable() }),
  alerts: z.strictObject({
    budgetPerDay: z.int().min(1).max(1_000_000),
    costMissUsd: Usd,
    costAlarmUsd: Usd,
  }),
  serving: z.strictObject({
    host: z.literal("127.0.0.1"),
    port: z.int().min(0).max(65_535),
    apiKeyVariable: VariableName.nullable(),
    requestsPerMinute: z.int().min(1).max(1_000_000).nullable(),
    maxRows: z.int().min(1).max(1_000_000),
  }),
  tracking: z.strictObject({ uriVariable: VariableName }),
  source: z.strictObject({
    urlVariable: VariableName,
    table: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,62}$/),
    /** So many days back are read again with each day, for rows and labels that came late. */
    lateDays: z.int().min(0).max(365),
  }),
});
export type MlopsConfig = z.infer<typeof MlopsConfig>;
