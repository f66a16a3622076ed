import { describe, expect, test } from "vitest";
import { readVectors } from "#server/testing/read-vectors.ts";
import { lowerBound, upperBound } from "./bound-proportion.ts";
import { judgeProportion } from "./judge-proportion.ts";
import { failingCount, passingCount, planSample, questionsForPower } from "./plan-sample.ts";
import { chanceAtLeast, chanceAtMost } from "./sum-binomial.ts";

describe('"more than 80 %" is shown by', () => {
  test.each([
    { correct: 45, outOf: 50, verdict: "pass" },
    { correct: 44, outOf: 50, verdict: "inconclusive" },
    { correct: 87, outOf: 100, verdict: "pass" },
    { correct: 86, outOf: 100, verdict: "inconclusive" },
    { correct: 170, outOf: 200, verdict: "pass" },
    { correct: 169, outOf: 200, verdict: "inconclusive" },
    { correct: 252, outOf: 300, verdict: "pass" },
    { correct: 416, outOf: 500, verdict: "pass" },
    { correct: 415, outOf: 500, verdict: "inconclusive" },
    { correct: 822, outOf: 1000, verdict: "pass" },
    { correct: 821, outOf: 1000, verdict: "inconclusive" },
    { correct: 20, outOf: 20, verdict: "pass" },
    { correct: 19, outOf: 20, verdict: "inconclusive" },
    { correct: 13, outOf: 13, verdict: "inconclusive" },
    { correct: 72, outOf: 100, verdict: "fail" },
    { correct: 73, outOf: 100, verdict: "inconclusive" },
    { correct: 0, outOf: 1, verdict: "inconclusive" },
    { correct: 0, outOf: 10, verdict: "fail" },
  ])("$correct of $outOf: $verdict", ({ correct, outOf, verdict }) => {
    expect(judgeProportion({ correct, outOf, target: 0.8 })).toMatchObject({ verdict, n: outOf });
  });
});

test("a pass prints the lower bound, a fail the upper one, both on their side of the target", () => {
  const passed = judgeProportion({ correct: 87, outOf: 100, target: 0.8 });
  expect(passed.bound).toBeGreaterThan(0.8);
  expect(passed.bound).toBeLessThan(0.87);
  const failed = judgeProportion({ correct: 72, outOf: 100, target: 0.8 });
  expect(failed.bound).toBeLessThan(0.8);
  expect(failed.bound).toBeGreaterThan(0.72);
});

test("85 of 100 is told what would settle it: 298 questions more", () => {
  const judged = judgeProportion({ correct: 85, outOf: 100, target: 0.8 });
  expect(judged).toMatchObject({ verdict: "inconclusive", needs: { questions: 298 } });
  expect(judged.reason).toContain("87 would have passed");
});

test("exactly the target needs no number of questions, because none would tell", () => {
  expect(judgeProportion({ correct: 80, outOf: 100, target: 0.8 })).toMatchObject({
    verdict: "inconclusive",
    needs: {},
  });
});

test("a share under the target that is not shown yet says how many questions would show the miss", () => {
  const judged = judgeProportion({ correct: 75, outOf: 100, target: 0.8 });
  expect(judged.verdict).toBe("inconclusive");
  expect(judged.needs.questions).toBeGreaterThan(200);
});

test("a stricter confidence asks for more", () => {
  expect(judgeProportion({ correct: 87, outOf: 100, target: 0.8 }, 0.01).verdict).toBe("inconclusive");
});

test("a set of 100 can show 80 % only if the truth is about 90 %", () => {
  const plan = planSample(100, 0.8);
  expect(plan).toMatchObject({ passAt: 87, failAt: 72 });
  expect(plan.power.map((row) => [row.truth, Math.round(row.passChance * 100), row.neededFor80Pct])).toEqual([
    [0.85, 35, 398],
    [0.88, 69, 153],
    [0.9, 88, 94],
    [0.95, 100, 37],
  ]);
});

test("a set of ten can show nothing above 80 %", () => {
  expect(planSample(10, 0.8)).toMatchObject({ passAt: null, failAt: 5 });
});

test("both tails of a million trials add up, far out and near the middle", () => {
  for (const k of [490_000, 499_000, 500_000, 501_234]) {
    expect(chanceAtMost(k, 1e6, 0.5) + chanceAtLeast(k + 1, 1e6, 0.5)).toBeCloseTo(1, 12);
  }
  // The middle of a symmetric binomial: 1/2 + half the chance of the middle itself, 1 / sqrt(pi n / 2) / 2.
  expect(chanceAtMost(500_000, 1e6, 0.5)).toBeCloseTo(0.5 + 0.5 / Math.sqrt((Math.PI * 1e6) / 2), 9);
});

test("no trial of three over: the chance is q to the power of three", () => {
  expect(chanceAtMost(0, 3, 0.05)).toBeCloseTo(0.95 ** 3, 15);
  expect(chanceAtLeast(3, 3, 0.8)).toBeCloseTo(0.512, 15);
  expect([chanceAtMost(-1, 3, 0.5), chanceAtMost(3, 3, 0.5), chanceAtLeast(0, 3, 0.5)]).toEqual([0, 1, 1]);
});

const intervals = readVectors("proportion_ci");
describe.skipIf(intervals.skipReason !== null)(`reference intervals ${intervals.skipReason ?? ""}`, () => {
  test.each(intervals.vectors)("$id", ({ input, expected, tol }) => {
    const [k, n, alpha] = [input.k, input.n, input.alpha].map(Number) as [number, number, number];
    const off = Math.max(
      Math.abs(lowerBound(k, n, alpha) - Number(expected.clopper_pearson_one_sided_lower)),
      Math.abs(upperBound(k, n, alpha) - Number(expected.clopper_pearson_one_sided_upper)),
    );
    expect(off).toBeLessThan(tol);
  });
});

const verdicts = readVectors("accuracy_verdict");
describe.skipIf(verdicts.skipReason !== null)(`reference verdicts ${verdicts.skipReason ?? ""}`, () => {
  test.each(verdicts.vectors)("$id", ({ input, expected }) => {
    const [n, target, alpha] = [input.n, input.target, input.alpha].map(Number) as [number, number, number];
    expect(passingCount(n, target, alpha)).toBe(expected.exact_min_k_pass);
    expect(failingCount(n, target, alpha)).toBe(expected.exact_max_k_fail);
  });
});

const sizes = readVectors("accuracy_sample_size");
describe.skipIf(sizes.skipReason !== null)(`reference sample sizes ${sizes.skipReason ?? ""}`, () => {
  test.each(sizes.vectors)("$id", ({ input, expected }) => {
    expect(
      questionsForPower(Number(input.target), Number(input.true), Number(input.power), Number(input.alpha)),
    ).toBe(expected.n);
  });
});

const noFailures = readVectors("zero_failures_upper_bound");
describe.skipIf(noFailures.skipReason !== null)(`no failure seen ${noFailures.skipReason ?? ""}`, () => {
  test.each(noFailures.vectors)("$id", ({ input, expected }) => {
    expect(upperBound(0, Number(input.n), 1 - Number(input.confidence))).toBeCloseTo(
      Number(expected.exact),
      12,
    );
  });
});
