import * as z from "zod";
import { MetricName, RagPilotConfig, Target } from "#server/scaffold/schema.ts";

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const InstantUtc = z.iso.datetime();
const Milliseconds = z.number().min(0).max(86_400_000);

/** One request of the open-loop load. All times in milliseconds since the start of its run. */
export const RequestRecord = z.strictObject({
  run: z.int().min(0).max(99),
  index: z.int().min(0).max(9_999),
  questionId: z.string().min(1).max(200),
  scheduledMs: Milliseconds,
  sentMs: Milliseconds,
  firstByteMs: Milliseconds.nullable(),
  /** Null when no complete answer came. */
  doneMs: Milliseconds.nullable(),
  status: z.enum(["ok", "error", "timeout"]),
  error: z.string().max(300).nullable(),
});
export type RequestRecord = z.infer<typeof RequestRecord>;

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
export const Metric = z.strictObject({
  name: MetricName,
  value: z.number().nullable(),
  unit: z.enum(["share", "ms", "requests/s", "usd"]),
  direction: z.enum(["higher", "lower"]),
  outOf: z.int().min(0).nullable(),
  /** In words: the rule, the percentile convention, the cut-off k. */
  method: z.string().min(1).max(400),
});
export type Metric = z.infer<typeof Metric>;

/** One stage of the answer path in the first pass (no load). `side` parts our own code from the model's. */
export const StageTiming = z.strictObject({
  name: z.string().min(1).max(60),
  side: z.enum(["wrapper", "model"]),
  calls: z.int().min(1),
  wallMs: z.number().min(0),
  cpuMs: z.number().min(0),
});
export type StageTiming = z.infer<typeof StageTiming>;

/** Machine and software; unknown is null, never invented. */
export const Fingerprint = z.strictObject({
  cpu: z.string().max(200).nullable(),
  cores: z.int().min(1).nullable(),
  memoryBytes: z.int().min(1).nullable(),
  os: z.string().max(200).nullable(),
  device: z.enum(["cpu", "cuda"]),
  gpu: z.string().max(200).nullable(),
  driver: z.string().max(100).nullable(),
  python: z.string().max(100),
  gilEnabled: z.boolean().nullable(),
  packages: z.record(z.string(), z.string()),
  lockSha256: Sha256.nullable(),
  dataSha256: Sha256,
  commit: z.string().max(100).nullable(),
});
export type Fingerprint = z.infer<typeof Fingerprint>;

/** `report.json` version 1: what a pilot writes, with every record its aggregates were computed from. */
export const Report = z.strictObject({
  schemaVersion: z.literal(1),
  kind: z.literal("rag"),
  /** New for every `bench`; the app stores a report once. */
  runId: z.string().regex(/^run_[0-9A-HJKMNP-TV-Z]{26}$/),
  templateVersion: z.string().regex(/^\d+\.\d+\.\d+$/),
  /**
   * Whether the files that ran differ from what Pilotage handed out; null = nobody compared, e.g. run by hand.
   * A pilot cannot know it of itself: whoever runs it compares and writes it in.
   */
  modified: z.boolean().nullable(),
  projectId: RagPilotConfig.shape.projectId,
  /** sha256 of the canonical JSON of `config` (sorted keys, no blanks): sealed before the run starts. */
  configSha256: Sha256,
  config: RagPilotConfig,
  preset: z.enum(["quick", "standard"]),
  startedAt: InstantUtc,
  finishedAt: InstantUtc,
  outcome: z.discriminatedUnion("status", [
    z.strictObject({ status: z.literal("completed") }),
    z.strictObject({
      status: z.literal("failed"),
      stage: z.string().min(1).max(60),
      reason: z.string().min(1).max(1_000),
    }),
  ]),
  fingerprint: Fingerprint,
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
  metrics: z.array(Metric).max(40),
  usage: z.strictObject({
    tokensIn: z.int().min(0),
    tokensOut: z.int().min(0),
    answers: z.int().min(0),
  }),
  notRun: z
    .array(z.strictObject({ what: z.string().min(1).max(200), why: z.string().min(1).max(400) }))
    .max(40),
});
export type Report = z.infer<typeof Report>;

export const Outcome = z.enum(["pass", "fail", "inconclusive"]);
export type Outcome = z.infer<typeof Outcome>;

/** What would make an inconclusive verdict conclusive. Empty when nothing is needed. */
export const Needs = z.strictObject({
  runs: z.int().min(1).optional(),
  requests: z.int().min(1).optional(),
  questions: z.int().min(1).optional(),
});
export type Needs = z.infer<typeof Needs>;

/** What the app concludes about one sample. `bound` is one-sided, in the unit of the target; null where none exists. */
export const Judgement = z.strictObject({
  verdict: Outcome,
  reason: z.string(),
  bound: z.number().nullable(),
  n: z.int().min(0),
  needs: Needs,
});
export type Judgement = z.infer<typeof Judgement>;

export const Verdict = Judgement.extend({
  metric: MetricName,
  /** The measured value; null when the report does not hold it. */
  value: z.number().nullable(),
  target: Target,
});
export type Verdict = z.infer<typeof Verdict>;

const Chance = z.number().gt(0).lt(1);

/** Input of `pilotage judge`. */
export const Samples = z.discriminatedUnion("kind", [
  z
    .strictObject({
      kind: z.literal("proportion"),
      correct: z.int().min(0),
      outOf: z.int().min(1).max(10_000_000),
      target: z.number().gt(0).lt(1),
    })
    .refine((sample) => sample.correct <= sample.outOf, {
      path: ["correct"],
      message: "More right answers than answers",
    }),
  z.strictObject({
    kind: z.literal("latency"),
    quantile: z.number().gt(0).lt(1),
    targetMs: z.number().positive(),
    /** Latency per request in ms from the scheduled arrival, one list a run; null = an error, counted as over. */
    runs: z.array(z.array(z.number().min(0).nullable()).min(1)).min(1),
  }),
  z
    .strictObject({
      kind: z.literal("scores"),
      /** One list a document: the scores of the questions asked of it. */
      documents: z.array(z.array(z.number()).min(1)).min(1).max(10_000),
      /** What a score can be at worst and at best. */
      least: z.number().default(0),
      most: z.number().default(1),
      comparison: Target.shape.comparison,
      target: z.number(),
    })
    .refine(
      ({ documents, least, most }) => documents.flat().every((score) => score >= least && score <= most),
      {
        path: ["documents"],
        message: "A score lies outside of what scores can be",
      },
    )
    .refine(({ least, most, target }) => target > least && target < most, {
      path: ["target"],
      message: "The target must lie between the least and the highest score",
    }),
  z.strictObject({
    kind: z.literal("rate"),
    target: z.number().positive(),
    /** `seconds` until the last answer was in, `scheduledSeconds` until the last request was due. */
    runs: z
      .array(
        z
          .strictObject({
            requests: z.int().min(1),
            answered: z.int().min(0),
            seconds: z.number().positive(),
            scheduledSeconds: z.number().positive(),
          })
          .refine((run) => run.answered <= run.requests, {
            path: ["answered"],
            message: "More answers than requests",
          }),
      )
      .min(1)
      .max(1_000),
  }),
  z
    .strictObject({
      kind: z.literal("sequence"),
      /** Right or wrong, in the order they came; looking after each one is what this test allows. */
      answers: z.array(z.boolean()).max(1_000_000),
      /** Declared before the first answer: the share to rule out and the share to show. */
      p0: Chance,
      p1: Chance,
      alpha: Chance.default(0.05),
      beta: Chance.default(0.05),
    })
    .refine(({ p0, p1 }) => p0 < p1, { path: ["p1"], message: "p1 must be above p0" }),
]);
export type Samples = z.infer<typeof Samples>;

/** One stored run as lists show it. `finishedAt` is the pilot's clock, `createdAt` ours. */
export const RunSummary = z.strictObject({
  runId: Report.shape.runId,
  projectId: z.string(),
  jobId: z.string().nullable(),
  scaffoldId: z.string().nullable(),
  source: z.enum(["local", "ray", "terminal", "upload"]),
  /** What the machine really gave the run; null when it ran elsewhere. JSON of the executor. */
  isolation: z.unknown(),
  /** The pilot that ran is not the one that was handed out. */
  modified: z.boolean(),
  reportSha256: Sha256,
  outcome: Outcome,
  verdicts: z.array(Verdict),
  finishedAt: InstantUtc,
  createdAt: InstantUtc,
  /** What a person wrote beside the run. */
  note: z.string().max(2_000).nullable(),
  /** Whether the raw records are all still there, only the questions, or none. The verdicts stay in any case. */
  records: z.enum(["kept", "thinned", "deleted"]),
  /** Shared by the runs of one sweep. */
  sweepId: z.string().nullable(),
  version: z.int().min(1),
});
export type RunSummary = z.infer<typeof RunSummary>;
