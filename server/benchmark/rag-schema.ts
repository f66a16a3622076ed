import * as z from "zod";
import { END, NotRun, RequestRecord, RUN, StageTiming } from "#server/benchmark/report-schema.ts";
import { SearchProbe } from "#server/hardware/schema.ts";
import { RagMetric, RagPilotConfig } from "#server/scaffold/rag-schema.ts";

/** One golden question, asked once on a warm system, and how the stated rule judged its answer. */
export const QuestionRecord = z.strictObject({
  id: z.string().min(1).max(200),
  tag: z.string().min(1).max(60),
  /** Which deterministic rule judged it; `none` = the set offers nothing a rule could judge. */
  rule: z.enum(["gold_span", "yes_no", "expected_facts", "must_refuse", "none"]),
  /** Null when the rule cannot judge it. Only judged questions count in `answer_accuracy`. */
  correct: z.boolean().nullable(),
  refused: z.boolean(),
  answer: z.string().max(4_000),
  /** Document ids in rank order, each once, at most k. */
  retrieved: z.array(z.string().min(1).max(200)).max(50),
  /** Gold document ids; empty when the question must be refused. */
  relevant: z.array(z.string().min(1).max(200)).max(1_000),
  errorClass: z.enum(["retrieval", "generation", "source", "question"]).nullable(),
  /** What this answer used; without it the cost has a value and no interval. */
  tokensIn: z.int().min(0).nullish(),
  tokensOut: z.int().min(0).nullish(),
});
export type QuestionRecord = z.infer<typeof QuestionRecord>;

/** An aggregate. `outOf` is its denominator: judged questions, requests, or null where there is none. */
export const RagFigure = z.strictObject({
  name: RagMetric,
  value: z.number().nullable(),
  unit: z.enum(["share", "ms", "requests/s", "usd"]),
  direction: z.enum(["higher", "lower"]),
  outOf: z.int().min(0).nullable(),
  /** In words: the rule, the percentile convention, the cut-off k. */
  method: z.string().min(1).max(400),
});
export type RagFigure = z.infer<typeof RagFigure>;

/** Of the load, idle power included, by counters that only grow; null where there is none. */
export const EnergyUse = z.strictObject({
  cpuJoules: z.number().min(0).nullable(),
  gpuJoules: z.number().min(0).nullable(),
  answers: z.int().min(0),
});
export type EnergyUse = z.infer<typeof EnergyUse>;

/** `report.json` of the RAG pilot, version 1, with every record its aggregates were computed from. */
export const RagReport = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal("rag"),
  ...RUN,
  config: RagPilotConfig,
  preset: z.enum(["quick", "standard"]),
  ...END,
  data: z.strictObject({
    name: z.string().min(1).max(120),
    documents: z.int().min(0),
    chunks: z.int().min(0),
    questions: z.int().min(0),
    /** How many of them a rule can judge. */
    judged: z.int().min(0),
    answerRule: z.string().min(1).max(1_000),
  }),
  /** Seconds of each load run from its start until the last answer was in (the queue is drained). */
  runSeconds: z.array(z.number().min(0)).max(100),
  stages: z.array(StageTiming).max(40),
  requests: z.array(RequestRecord).max(100_000),
  questions: z.array(QuestionRecord).max(10_000),
  metrics: z.array(RagFigure).max(40),
  usage: z.strictObject({
    tokensIn: z.int().min(0),
    tokensOut: z.int().min(0),
    answers: z.int().min(0),
  }),
  /** Reports of older pilots lack both; null where nothing could be measured. */
  probe: SearchProbe.nullable().optional(),
  energy: EnergyUse.nullable().optional(),
  notRun: NotRun,
});
export type RagReport = z.infer<typeof RagReport>;
