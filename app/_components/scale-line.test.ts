import { describe, expect, test } from "vitest";
import { pickTicks, scaleLine } from "./scale-line.ts";

test("a value finds its place between the ends, also on an axis that runs down", () => {
  expect(scaleLine([0, 100], [200, 0])(25)).toBe(150);
  expect(scaleLine([5, 5], [0, 10])(5)).toBe(5);
});

describe("an axis has round ticks inside its ends, five at most", () => {
  const cases: [[number, number], number[]][] = [
    [
      [0, 100],
      [0, 25, 50, 75, 100],
    ],
    [
      [0.6, 2.8],
      [1, 1.5, 2, 2.5],
    ],
    [
      [-30, 10],
      [-30, -20, -10, 0, 10],
    ],
    [
      [0, 0.3],
      [0, 0.1, 0.2, 0.3],
    ],
    [
      [10, 0],
      [0, 2.5, 5, 7.5, 10],
    ],
    [[7, 7], [7]],
    [
      [0, 1e9],
      [0, 2.5e8, 5e8, 7.5e8, 1e9],
    ],
  ];
  test.each(cases)("%j", (domain, ticks) => {
    expect(pickTicks(domain)).toEqual(ticks);
    expect(pickTicks(domain).length).toBeLessThanOrEqual(5);
  });
});
