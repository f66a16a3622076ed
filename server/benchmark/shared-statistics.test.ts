import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { boundMean } from "./bound-mean.ts";
import { boundRate, type RateRun } from "./bound-rate.ts";
import { chanceMeanAtMost, type ScoreGroup } from "./chance-of-mean.ts";
import { findQueueDependence } from "./find-queue-dependence.ts";
import { groupByDocument } from "./group-questions.ts";
import { sealPlan } from "./seal-plan.ts";

/** The pilot runs the same file: both sides must come out alike. */
const path = "pilot-templates/rag/contract/examples/statistics.json";
const { cases } = JSON.parse(readFileSync(path, "utf8")) as { cases: SharedCase[] };

type SharedCase = {
  kind: string;
  name: string;
  input: Record<string, number> & {
    groups?: ScoreGroup[];
    runs?: RateRun[];
    relevant?: string[][];
    scores?: number[];
    before?: Parameters<typeof sealPlan>[0];
  };
  expected: Record<string, unknown>;
  tol: number;
};

const ANSWERS: Record<string, (input: SharedCase["input"]) => Record<string, unknown>> = {
  chance_mean_at_most: (input) => ({
    chance: chanceMeanAtMost(readGroups(input), input.mean ?? 0, input.unseen ?? 0),
  }),
  bound_mean: (input) =>
    boundMean(readGroups(input), { least: input.least ?? 0, most: input.most ?? 1 }, input.alpha ?? 0.05),
  bound_rate: (input) => ({ ...boundRate(input.runs ?? [], input.alpha ?? 0.05) }),
  queue_dependence: ({ quantile = 0, requestsPerRun = 0, utilisation = 0 }) => ({
    dependence: findQueueDependence(quantile, requestsPerRun, utilisation),
  }),
  sealed_plan: ({ before }) => ({ sha256: before && sealPlan(before).sha256 }),
  group_by_document: ({ relevant = [], scores = [] }) => ({
    groups: groupByDocument(
      relevant.map((documents, at) => ({ relevant: documents, score: scores[at] ?? 0 })),
    ),
  }),
};

test.each(cases)("both sides compute the same: $kind, $name", ({ kind, input, expected, tol }) => {
  const answers = ANSWERS[kind]?.(input) ?? {};
  for (const [name, value] of Object.entries(expected)) {
    if (typeof value === "number")
      expect(Math.abs((answers[name] as number) - value), name).toBeLessThan(tol);
    else expect(answers[name]).toEqual(value);
  }
});

function readGroups({ groups, rightAnswers = 0, outOf = 0 }: SharedCase["input"]): ScoreGroup[] {
  return groups ?? Array.from({ length: outOf }, (_, at) => ({ sum: at < rightAnswers ? 1 : 0, size: 1 }));
}
