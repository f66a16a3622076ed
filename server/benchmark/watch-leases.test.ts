import { expect, test } from "vitest";
import { beginWatch, watchLeases } from "./watch-leases.ts";

const times = { sweepMs: 5_000, leaseMs: 60_000 };

test.each<[string, number[], boolean]>([
  ["just begun", [5_000], false],
  ["watched for a lease", [15_000, 30_000, 45_000, 60_000], true],
  ["slept for an hour, so the others beat first", [15_000, 3_615_000], false],
  ["slept, then watched for a lease again", [3_600_000, 3_615_000, 3_630_000, 3_645_000, 3_660_000], true],
  ["saw the clock set back an hour", [60_000, -3_540_000], false],
  [
    "saw the clock set back, then watched again",
    [-3_600_000, -3_585_000, -3_570_000, -3_555_000, -3_540_000],
    true,
  ],
])("a sweeper that has %s: takes leases back, %s -> %s", (_title, turns, expected) => {
  let watch = beginWatch(0);
  let may = false;
  for (const turn of turns) ({ watch, mayTake: may } = watchLeases(watch, turn, times));
  expect(may).toBe(expected);
});
