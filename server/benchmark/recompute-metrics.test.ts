import { describe, expect, test } from "vitest";
import { makeQuestion, makeReport } from "#server/testing/make-report.ts";
import { readVectors } from "#server/testing/read-vectors.ts";
import { rankQuestion } from "./rank-question.ts";
import { latencyFromScheduleMs, recomputeMetrics } from "./recompute-metrics.ts";

test("accuracy counts only questions that the rule can judge", () => {
  const questions = [
    makeQuestion({ id: "a", correct: true }),
    makeQuestion({ id: "b", correct: false }),
    makeQuestion({ id: "c", correct: null, rule: "none" }),
    makeQuestion({ id: "d", correct: true, rule: "must_refuse", relevant: [] }),
  ];
  expect(recomputeMetrics(makeReport({ questions }))).toMatchObject({
    answer_accuracy: { value: 2 / 3, outOf: 3 },
    refusal_accuracy: { value: 1, outOf: 1 },
    recall_at_k: { outOf: 3 },
  });
});

test("precision divides by k, also when fewer documents came back", () => {
  const question = { retrieved: ["d1", "d2"], relevant: ["d1", "d9"] };
  expect(rankQuestion(question, 5)).toMatchObject({ precision: 0.2, recall: 0.5, reciprocalRank: 1 });
});

test("a question without a gold document is left out of the means", () => {
  expect(rankQuestion({ retrieved: ["d1"], relevant: [] }, 5)).toBeNull();
});

describe("percentiles", () => {
  test("latency counts from the scheduled arrival, not from the send", () => {
    expect(latencyFromScheduleMs({ status: "ok", scheduledMs: 100, doneMs: 600 })).toBe(500);
  });

  test("a failed request is infinitely late: the p95 is unknown when one in ten failed", () => {
    const report = makeReport({ latencyMs: (run) => (run === 0 ? null : 400) });
    expect(recomputeMetrics(report)).toMatchObject({
      latency_p50_ms: { value: 400 },
      latency_p95_ms: { value: null, outOf: 60 },
      error_share: { value: 0.1, outOf: 60 },
    });
  });
});

test("throughput is answers by the seconds of all runs, queue drained", () => {
  const report = makeReport({ overrides: { runSeconds: Array(10).fill(3) } });
  expect(recomputeMetrics(report).throughput_rps.value).toBe(2);
});

test("a thousand answers cost what their tokens cost", () => {
  const answer = { ...makeReport().config.answer, usdPerMillionTokensIn: 0.5, usdPerMillionTokensOut: 2 };
  const usage = { tokensIn: 2_000_000, tokensOut: 500_000, answers: 4000 };
  expect(recomputeMetrics(makeReport({ config: { answer }, overrides: { usage } })).usd_per_1k).toEqual({
    value: 0.5,
    outOf: 4000,
  });
  expect(recomputeMetrics(makeReport()).usd_per_1k.value).toBeNull();
});

const rankings = readVectors("ranking");
describe.skipIf(rankings.skipReason !== null)(`reference rankings ${rankings.skipReason ?? ""}`, () => {
  // Graded gold has no place in our report; binary cases only.
  const binary = rankings.vectors.filter(({ input }) =>
    Object.values(input.qrels as Record<string, number>).every((grade) => grade <= 1),
  );
  test.each(binary)("$id", ({ input, expected, tol }) => {
    const qrels = input.qrels as Record<string, number>;
    const relevant = Object.keys(qrels).filter((id) => (qrels[id] ?? 0) > 0);
    const ranking = rankQuestion({ retrieved: input.run as string[], relevant }, Number(input.k));
    const mine = ranking && [ranking.precision, ranking.recall, ranking.reciprocalRank, ranking.ndcg];
    const theirs = ["precision@k", "recall@k", "rr@k", "ndcg@k_linear"].map((key) => Number(expected[key]));
    for (const [at, value] of theirs.entries()) expect(Math.abs((mine?.[at] ?? 0) - value)).toBeLessThan(tol);
  });
});
