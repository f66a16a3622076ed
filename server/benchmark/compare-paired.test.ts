import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { adjustHolm, splitAlpha } from "./adjust-levels.ts";
import { bootstrapGroups } from "./bootstrap-groups.ts";
import { comparePaired } from "./compare-paired.ts";
import { compareRanks } from "./compare-ranks.ts";
import { drawSeeded } from "./draw-seeded.ts";

describe("the same questions under two systems", () => {
  test("five wins of five can be chance one time in sixteen, two-sided", () => {
    expect(comparePaired([0.5, 0.6, 0.7, 0.8, 0.9], [0.4, 0.5, 0.5, 0.7, 0.6])).toMatchObject({
      p: 0.0625,
      exact: true,
      pairs: 5,
    });
  });

  test("equal systems differ by nothing", () => {
    expect(comparePaired([0.3, 0.5], [0.3, 0.5])).toMatchObject({ meanDifference: 0, p: 1 });
    expect(comparePaired([], [])).toMatchObject({ meanDifference: 0, p: 1, pairs: 0 });
  });

  test("which system is named first changes the sign and nothing else", () => {
    const scores = fc.array(fc.tuple(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 0, max: 10 })), {
      minLength: 1,
      maxLength: 14,
    });
    fc.assert(
      fc.property(scores, (pairs) => {
        const [a, b] = [pairs.map(([one]) => one / 10), pairs.map(([, two]) => two / 10)];
        const [forth, back] = [comparePaired(a, b), comparePaired(b, a)];
        expect(forth.p).toBe(back.p);
        expect(forth.meanDifference).toBeCloseTo(-back.meanDifference, 12);
      }),
    );
  });

  test("with many pairs signs are drawn, the same ones for the same seed, near the exact answer", () => {
    const a = Array.from({ length: 20 }, (_, at) => (at % 3 === 0 ? 0.2 : 0.7));
    const b = Array.from({ length: 20 }, (_, at) => (at % 2 === 0 ? 0.5 : 0.4));
    const exact = comparePaired(a, b);
    const drawn = comparePaired([...a, 0.5], [...b, 0.5], 7);
    expect([exact.exact, drawn.exact]).toEqual([true, false]);
    expect(comparePaired([...a, 0.5], [...b, 0.5], 7)).toEqual(drawn);
    expect(Math.abs(drawn.p - exact.p)).toBeLessThan(0.01);
  });
});

describe("runs before and after", () => {
  test("three against three can show nothing, four against four just so", () => {
    expect(compareRanks([1, 2, 3], [4, 5, 6]).pTwoSided).toBeCloseTo(0.1, 12);
    expect(compareRanks([1, 2, 3, 4], [5, 6, 7, 8])).toMatchObject({ u: 0 });
    expect(compareRanks([1, 2, 3, 4], [5, 6, 7, 8]).pTwoSided).toBeCloseTo(2 / 70, 12);
  });

  test("all runs alike: no difference, whatever the number", () => {
    expect(compareRanks([5, 5, 5], [5, 5, 5, 5])).toEqual({ u: 6, pTwoSided: 1, pGreater: 1 });
  });

  test("with ties the distribution is that of all ways to deal the values out", () => {
    // 1 2 2 | 2 3: of the ten ways to choose three of the five, six give x a rank sum as small or smaller.
    const { pTwoSided, u } = compareRanks([1, 2, 2], [2, 3]);
    expect(u).toBe(1);
    expect(pTwoSided).toBeCloseTo(0.6, 12);
  });

  test("both directions together count every pair once", () => {
    const runs = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(runs, runs, (x, y) => {
        const [forth, back] = [compareRanks(x, y), compareRanks(y, x)];
        expect(forth.u + back.u).toBe(x.length * y.length);
        expect(forth.pTwoSided).toBeCloseTo(back.pTwoSided, 12);
      }),
    );
  });
});

describe("several questions at once", () => {
  test("Holm's adjustment, worked by hand", () => {
    expect(adjustHolm([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06]);
    expect(adjustHolm([])).toEqual([]);
  });

  test("it never says more than each p-value alone and never less than Bonferroni", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }), (ps) => {
        adjustHolm(ps).forEach((adjusted, at) => {
          expect(adjusted).toBeGreaterThanOrEqual(ps[at] ?? 0);
          expect(adjusted).toBeLessThanOrEqual(Math.min(1, (ps[at] ?? 0) * ps.length) + 1e-12);
        });
      }),
    );
    expect(splitAlpha(0.05, 3)).toBeCloseTo(1 / 60, 15);
  });
});

describe("drawing groups again", () => {
  const groups = Array.from({ length: 40 }, (_, at) => [Math.sqrt(at), (at * 3) % 7]);
  const mean = (drawn: readonly number[][]) =>
    drawn.flat().reduce((sum, one) => sum + one, 0) / (2 * drawn.length);

  test("the same seed gives the same interval, and it holds the figure", () => {
    const once = bootstrapGroups(groups, mean, { seed: 5, alpha: 0.05, resamples: 300 });
    expect(bootstrapGroups(groups, mean, { seed: 5, alpha: 0.05, resamples: 300 })).toEqual(once);
    expect(bootstrapGroups(groups, mean, { seed: 6, alpha: 0.05, resamples: 300 })).not.toEqual(once);
    expect(once?.low).toBeLessThan(mean(groups));
    expect(once?.high).toBeGreaterThan(mean(groups));
  });

  test("one group has no interval", () => {
    expect(bootstrapGroups([[1]], mean, { seed: 5, alpha: 0.05, resamples: 300 })).toBeNull();
  });

  test("the stream is the published one", () => {
    const draw = drawSeeded(1);
    expect([draw(), draw(), draw()]).toEqual([2693262067, 11749833, 2265367787]);
  });
});
