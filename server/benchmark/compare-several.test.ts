import { expect, test } from "vitest";
import { makeQuestion, makeReport } from "#server/testing/make-report.ts";
import { compareReports } from "./compare-reports.ts";
import { compareSeveral } from "./compare-several.ts";

const ALPHA = 0.05;
/** `right` of 60 questions are right. */
const withRight = (right: number) =>
  makeReport({
    questions: Array.from({ length: 60 }, (_, at) => makeQuestion({ id: `q${at}`, correct: at < right })),
  });

test("a change that is told alone is not told when it is one of many looks", () => {
  const [base, other] = [withRight(50), withRight(44)];
  const answers = (one: ReturnType<typeof compareSeveral>[number] | undefined) =>
    one?.questions.find(({ metric }) => metric === "answer_accuracy");
  const alone = answers(compareSeveral(base, [other], ALPHA)[0]);
  const many = answers(compareSeveral(base, [other, ...Array(5).fill(base)], ALPHA)[0]);
  expect(alone?.p).toBeCloseTo(0.03125, 9);
  expect(alone?.pAdjusted).toBeGreaterThan(alone?.p ?? 1);
  expect(many?.pAdjusted).toBeGreaterThan(alone?.pAdjusted ?? 1);
  expect(many?.change).toBe("untold");
});

test("what is far beyond chance stays told, and nothing that was not told becomes so", () => {
  const [base, slow] = [makeReport(), makeReport({ latencyMs: () => 600 })];
  const [compared] = compareSeveral(base, [slow], ALPHA);
  const plain = compareReports(base, slow, ALPHA);
  expect(compared?.runs.find(({ metric }) => metric === "latency_p95_ms")?.change).toBe("worse");
  expect(compared?.runs.map(({ metric }) => metric)).toEqual(plain.runs.map(({ metric }) => metric));
  for (const [at, figure] of (compared?.runs ?? []).entries()) {
    expect(figure.pAdjusted).toBeGreaterThanOrEqual(figure.p);
    if (plain.runs[at]?.change === "untold") expect(figure.change).toBe("untold");
  }
});
