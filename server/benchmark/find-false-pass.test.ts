import { expect, test } from "vitest";
import { FALSE_PASSES } from "./false-passes.data.ts";
import { findFalsePass, findPassChance, findRunLength } from "./find-false-pass.ts";

test.each([
  ["a quick run on a half busy server", 60, 0.5, 0.054],
  ["between two sizes the shorter one counts", 200, 0.1, 0.037],
  ["between two utilisations the busier one counts", 240, 0.55, 0.065],
  ["a calmer server is never told to be better than a busier one was", 240, 0.8, 0.065],
  ["no utilisation past the table", 240, 0.85, null],
  ["a run shorter than any that was simulated", 40, 0.5, null],
])("%s", (_name, requestsPerRun, utilisation, share) => {
  expect(findFalsePass(requestsPerRun, utilisation)).toBe(share);
});

test("no preset passes a system on its target more than one time in ten, on any server", () => {
  expect(Math.max(...FALSE_PASSES.map((row) => row.share))).toBeLessThanOrEqual(0.1);
});

test("how often a good system passes, and how long runs must be for it", () => {
  expect([0.3, 0.5, 0.7].map((utilisation) => findPassChance(60, utilisation))).toEqual([0.902, 0.782, 0]);
  expect([0.3, 0.5, 0.6, 0.7].map((utilisation) => findRunLength(utilisation, 0.8))).toEqual([
    60, 120, 120, 240,
  ]);
  expect(findRunLength(0.8, 0.95)).toBeNull();
});
