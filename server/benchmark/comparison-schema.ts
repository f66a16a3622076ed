import * as z from "zod";
import { RunSummary } from "#server/benchmark/schema.ts";

const Change = z.enum(["better", "worse", "none", "untold"]);
const Share = z.number();

/** Figures of each drained run, as a ratio after / before; `low` and `high` bound the ratio. */
const ComparedRuns = z.strictObject({
  metric: z.string(),
  before: z.number(),
  after: z.number(),
  ratio: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Two-sided. */
  p: z.number(),
  /** After Holm's adjustment over every figure of every run that was compared. */
  pAdjusted: z.number(),
  runs: z.int(),
  isPaired: z.boolean(),
  change: Change,
});

/** The same questions under both, as a difference after - before. */
const ComparedQuestions = z.strictObject({
  metric: z.string(),
  before: Share,
  after: Share,
  difference: Share,
  low: Share,
  high: Share,
  p: z.number(),
  pAdjusted: z.number(),
  pairs: z.int(),
  gained: z.int(),
  lost: z.int(),
  change: Change,
});

/** Stored runs against the first of them. */
export const StoredComparison = z.strictObject({
  /** One-sided, of each end of an interval. */
  alpha: z.number(),
  base: RunSummary,
  others: z.array(
    z.strictObject({
      run: RunSummary,
      comparison: z.strictObject({
        same: z.strictObject({
          questions: z.boolean(),
          schedule: z.boolean(),
          machine: z.boolean(),
          settings: z.array(z.string()),
        }),
        runs: z.array(ComparedRuns),
        questions: z.array(ComparedQuestions),
      }),
    }),
  ),
});
