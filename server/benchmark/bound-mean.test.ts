import fc from "fast-check";
import { expect, test } from "vitest";
import { boundMean } from "./bound-mean.ts";
import { lowerBound, upperBound } from "./bound-proportion.ts";
import { chanceMeanAtMost } from "./chance-of-mean.ts";
import { chanceAtLeast, chanceAtMost } from "./sum-binomial.ts";

const share = { least: 0, most: 1 };

function single(scores: readonly number[]): { sum: number; size: number }[] {
  return scores.map((score) => ({ sum: score, size: 1 }));
}

function rightAndWrong(right: number, outOf: number): { sum: number; size: number }[] {
  return single(Array.from({ length: outOf }, (_, at) => (at < right ? 1 : 0)));
}

test.each([
  [1, 1, 0.05],
  [3, 10, 0.5],
  [45, 50, 0.8],
  [20, 20, 0.8],
  [0, 5, 0.2],
  [250, 300, 0.8],
  [9000, 10_000, 0.895],
])("%d right of %d against %d is the exact binomial test", (right, outOf, target) => {
  const groups = rightAndWrong(right, outOf);
  expect(chanceMeanAtMost(groups, target, 0)).toBeCloseTo(chanceAtLeast(right, outOf, target), 11);
  expect(1 - chanceMeanAtMost(groups, target, 1)).toBeCloseTo(chanceAtMost(right, outOf, target), 11);
});

test("bounds of right and wrong answers are Clopper and Pearson's", () => {
  for (const [right, outOf] of [
    [87, 100],
    [20, 20],
    [0, 7],
    [416, 500],
  ] as const) {
    const { low, high } = boundMean(rightAndWrong(right, outOf), share, 0.05);
    expect(low).toBeCloseTo(lowerBound(right, outOf, 0.05), 9);
    expect(high).toBeCloseTo(upperBound(right, outOf, 0.05), 9);
  }
});

test("the mean lies between its bounds, and a stricter level moves them apart", () => {
  const scores = fc.array(fc.constantFrom(0, 0.2, 0.25, 1 / 3, 0.5, 0.63, 1), {
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(scores, (drawn) => {
      const mean = drawn.reduce((sum, score) => sum + score, 0) / drawn.length;
      const [usual, strict] = [boundMean(single(drawn), share, 0.05), boundMean(single(drawn), share, 0.01)];
      expect(usual.low).toBeLessThanOrEqual(mean + 1e-9);
      expect(usual.high).toBeGreaterThanOrEqual(mean - 1e-9);
      expect(strict.low).toBeLessThanOrEqual(usual.low + 1e-9);
      expect(strict.high).toBeGreaterThanOrEqual(usual.high - 1e-9);
    }),
    { numRuns: 60 },
  );
});

test("a better score never lowers the bound", () => {
  const scores = fc.array(fc.double({ min: 0, max: 0.9, noNaN: true }), { minLength: 2, maxLength: 30 });
  fc.assert(
    fc.property(scores, (drawn) => {
      const better = drawn.map((score, at) => (at === 0 ? score + 0.1 : score));
      const [before, after] = [boundMean(single(drawn), share, 0.05), boundMean(single(better), share, 0.05)];
      expect(after.low).toBeGreaterThanOrEqual(before.low - 1e-9);
    }),
    { numRuns: 60 },
  );
});

test("questions of one document say less than questions of many", () => {
  const apart = single(Array.from({ length: 60 }, (_, at) => (at % 6 === 0 ? 0 : 1)));
  const together = Array.from({ length: 12 }, (_, at) => ({ sum: at % 6 === 0 ? 0 : 5, size: 5 }));
  const [wide, narrow] = [boundMean(together, share, 0.05), boundMean(apart, share, 0.05)];
  expect(wide.low).toBeLessThan(narrow.low);
});

test("one document, or none, shows nearly nothing", () => {
  expect(boundMean([{ sum: 50, size: 50 }], share, 0.05).low).toBeCloseTo(0.05, 9);
  expect(boundMean([], share, 0.05)).toEqual({ low: 0, high: 1 });
});

test("ten thousand different scores are bounded within a second", () => {
  const groups = single(Array.from({ length: 10_000 }, (_, at) => ((at * 7919) % 10_007) / 10_007));
  const started = performance.now();
  const { low, high } = boundMean(groups, share, 0.05);
  expect(performance.now() - started).toBeLessThan(3_000);
  // Uniform scores: 1.645 / sqrt(12 n) on each side of one half.
  expect(low).toBeCloseTo(0.5 - 0.00475, 3);
  expect(high).toBeCloseTo(0.5 + 0.00475, 3);
});
