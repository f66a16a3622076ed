import * as z from "zod";
import { ClinicReport } from "#server/benchmark/clinic-schema.ts";
import { MlopsReport } from "#server/benchmark/mlops-schema.ts";
import { RagReport } from "#server/benchmark/rag-schema.ts";
import { RunId } from "#server/benchmark/report-schema.ts";
import { Sha256 } from "#server/scaffold/pilot-schema.ts";
import { MetricName, Target } from "#server/scaffold/schema.ts";

/** What a pilot writes, by the kind of pilot that wrote it. Whoever reads one asks `openReport`, not `kind`. */
export const Report = z.discriminatedUnion("kind", [RagReport, ClinicReport, MlopsReport]);
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
  runId: RunId,
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
  finishedAt: z.iso.datetime(),
  createdAt: z.iso.datetime(),
  /** What a person wrote beside the run. */
  note: z.string().max(2_000).nullable(),
  /** Whether the raw records are all still there, only the questions, or none. The verdicts stay in any case. */
  records: z.enum(["kept", "thinned", "deleted"]),
  /** Shared by the runs of one sweep. */
  sweepId: z.string().nullable(),
  version: z.int().min(1),
});
export type RunSummary = z.infer<typeof RunSummary>;
