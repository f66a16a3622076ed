import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { forecastNaive, forecastNaive2, forecastSeasonalNaive, isSeasonal } from "./forecast-naive.ts";
import { measureAveragePrecision, measureRocAuc, scoreCounts, spendAlertBudget } from "./score-classes.ts";
import { measureMase, measureOwa, measureSmape } from "./score-forecast.ts";
import { scoreRanking } from "./score-ranking.ts";

describe("rare cases", () => {
  test("a model that never alarms has an F1 of 0, however accurate it is", () => {
    const never = { truePositives: 0, falsePositives: 0, falseNegatives: 492, trueNegatives: 284_315 };
    expect(scoreCounts(never)).toMatchObject({ precision: 0, recall: 0, f1: 0 });
    expect(scoreCounts(never).accuracy).toBeCloseTo(0.99827, 5);
  });

  test("one score for all is a coin for ROC and the base rate for average precision", () => {
    const cases = Array.from({ length: 10 }, (_, at) => ({ positive: at === 0, score: 0.5 }));
    expect(measureRocAuc(cases)).toBe(0.5);
    expect(measureAveragePrecision(cases)).toBeCloseTo(0.1, 12);
  });

  test("without a positive case there is nothing to find", () => {
    const cases = [{ positive: false, score: 1 }];
    expect([measureRocAuc(cases), measureAveragePrecision(cases)]).toEqual([null, null]);
    expect(spendAlertBudget(cases, 5)).toEqual({ precision: 0, recall: 0 });
  });

  test("the order of the file changes no area", () => {
    const cases = fc.array(fc.record({ positive: fc.boolean(), score: fc.integer({ min: 0, max: 4 }) }), {
      minLength: 2,
      maxLength: 30,
    });
    fc.assert(
      fc.property(cases, (drawn) => {
        const turned = drawn.toReversed();
        expect(measureRocAuc(turned)).toBe(measureRocAuc(drawn));
        expect(measureAveragePrecision(turned)).toBe(measureAveragePrecision(drawn));
      }),
    );
  });

  test("a perfect order scores 1 in both", () => {
    const cases = Array.from({ length: 8 }, (_, at) => ({ positive: at < 3, score: -at }));
    expect([measureRocAuc(cases), measureAveragePrecision(cases)]).toEqual([1, 1]);
  });
});

describe("forecasts", () => {
  test("a series that repeats itself exactly has no unit to measure errors in", () => {
    expect(measureMase([3, 3, 3], [3], [4], 1)).toBeNull();
    expect(measureMase([3], [3], [4], 1)).toBeNull();
  });

  test("two zeros are no error", () => {
    expect(measureSmape([0, 2], [0, 2])).toBe(0);
    expect(measureSmape([1], [-1])).toBe(200);
  });

  test("one season ago, repeated", () => {
    expect(forecastSeasonalNaive([1, 2, 3, 4, 5, 6], 5, 3)).toEqual([4, 5, 6, 4, 5]);
    expect(forecastNaive([1, 2, 7], 2)).toEqual([7, 7]);
  });

  test("Naive2 sees a season and puts it back; without one it is plain naive", () => {
    const day = [10, 20, 30, 20];
    const seasonal = Array.from({ length: 40 }, (_, at) => day[at % 4] ?? 0);
    expect(isSeasonal(seasonal, 4)).toBe(true);
    forecastNaive2(seasonal, 4, 4).forEach((value, at) => {
      expect(value).toBeCloseTo(day[at] ?? 0, 9);
    });
    const trend = Array.from({ length: 10 }, (_, at) => at + 1);
    expect(forecastNaive2(trend, 2, 4)).toEqual([10, 10]);
  });

  test("Naive2 against itself is 1", () => {
    expect(measureOwa({ smape: 13.564, mase: 1.912 }, { smape: 13.564, mase: 1.912 })).toBe(1);
  });
});

describe("graded rankings", () => {
  test("a question without gold documents belongs in no mean", () => {
    expect(scoreRanking(["a"], { a: 0, b: -1 }, 5)).toBeNull();
  });

  test("a document named like a built-in is not gold by accident", () => {
    expect(scoreRanking(["constructor", "toString"], { d1: 1 }, 5)).toMatchObject({ hit: 0, ndcg: 0 });
  });

  test("with one grade both gains agree", () => {
    const scored = scoreRanking(["x", "d1", "d2"], { d1: 1, d2: 1, d3: 1 }, 3);
    expect(scored?.ndcg).toBeCloseTo(scored?.ndcgExponential ?? 0, 12);
    expect(scored?.averagePrecision).toBeCloseTo((1 / 2 + 2 / 3) / 3, 12);
  });
});
