import { describe, expect, test } from "vitest";
import { makeConfig } from "#server/testing/make-report.ts";
import { compareRuns } from "./compare-runs.ts";
import { type CapacityPoint, findCapacity, findKnee } from "./find-knee.ts";
import { measureEnergy } from "./measure-energy.ts";
import { measureGoodput } from "./measure-goodput.ts";
import { planSweep, suggestRates } from "./plan-sweep.ts";
import { priceGoodput } from "./price-goodput.ts";
import { sealPlan } from "./seal-plan.ts";

const configured = { arrivalsPerSecond: 20, k: 5, mode: "hybrid" } as const;

describe("a sweep", () => {
  test("visits every combination, each curve in one go with rising load", () => {
    const plan = planSweep({ arrivalsPerSecond: [20, 5], k: [10, 5], modes: ["bm25", "hybrid"] }, configured);
    expect(plan?.points.map(({ mode, k, arrivalsPerSecond }) => `${mode} ${k} ${arrivalsPerSecond}`)).toEqual(
      [
        "bm25 5 5",
        "bm25 5 20",
        "bm25 10 5",
        "bm25 10 20",
        "hybrid 5 5",
        "hybrid 5 20",
        "hybrid 10 5",
        "hybrid 10 20",
      ],
    );
    expect(plan).toMatchObject({ runs: 10, requestsPerRun: 60, loadSeconds: 4 * (120 + 30) });
    expect(plan?.alphaPerPoint).toBeCloseTo(0.05 / 8, 15);
  });

  test("nothing listed is the configured point, the same value twice is one", () => {
    expect(planSweep({ arrivalsPerSecond: [], k: [5, 5], modes: [] }, configured)?.points).toEqual([
      configured,
    ]);
  });

  test("more points than a sweep may have are refused", () => {
    const k = Array.from({ length: 61 }, (_, at) => at + 1);
    expect(planSweep({ arrivalsPerSecond: [], k, modes: [] }, configured)).toBeNull();
  });

  test("rates rise by the same factor up to nine tenths of what one server can do", () => {
    expect(suggestRates(10)).toEqual([9, 14, 23, 36, 57, 90]);
  });
});

describe("a capacity curve", () => {
  /** A plain queue with one server that needs 10 ms: its p95 is 30 ms over the idle share. */
  const point = (arrivalsPerSecond: number): CapacityPoint => ({
    arrivalsPerSecond,
    throughputRps: Math.min(arrivalsPerSecond, 100),
    p95Ms: arrivalsPerSecond >= 100 ? null : 30 / (1 - arrivalsPerSecond / 100),
    goodputRps: Math.min(arrivalsPerSecond, 100),
  });
  const curve = [10, 30, 50, 70, 80, 90, 95, 120].map(point);

  test("turns where latency starts to grow faster than load", () => {
    expect(findKnee(curve)?.arrivalsPerSecond).toBe(80);
    expect(findKnee(curve.toReversed())?.arrivalsPerSecond).toBe(80);
  });

  test("has no knee with two points, or where latency stays flat", () => {
    expect(findKnee(curve.slice(0, 2))).toBeNull();
    expect(findKnee([10, 20, 30].map((rate) => ({ ...point(rate), p95Ms: 40 })))).toBeNull();
  });

  test("the capacity is the highest load up to which every point holds the target", () => {
    expect(findCapacity(curve, 200)?.arrivalsPerSecond).toBe(80);
    expect(findCapacity(curve, 20)).toBeNull();
    const broken = curve.map((one) => (one.arrivalsPerSecond === 50 ? { ...one, throughputRps: 40 } : one));
    expect(findCapacity(broken, 200)?.arrivalsPerSecond).toBe(30);
  });
});

describe("cost and energy", () => {
  const price = { usdPerHour: 3.6, asOf: "2026-11-20", source: "example" };

  test("a thousand answers are priced at the rate that holds the target", () => {
    const goodput = measureGoodput([100, 1900, 2000, 2500, null], 2000, 2);
    expect(goodput).toEqual({ goodputRps: 1, attainment: 0.4 });
    expect(priceGoodput(goodput?.goodputRps ?? null, price)).toEqual({
      ...price,
      goodputRps: 1,
      usdPer1k: 1,
    });
  });

  test("what is unknown stays unknown", () => {
    expect(priceGoodput(0, price)).toBeNull();
    expect(priceGoodput(10, null)).toBeNull();
    expect(measureGoodput([], 2000, 2)).toBeNull();
    expect(measureEnergy(undefined)).toBeNull();
    expect(measureEnergy({ cpuJoules: null, gpuJoules: null, answers: 10 })).toBeNull();
    expect(measureEnergy({ cpuJoules: 5, gpuJoules: null, answers: 0 })).toBeNull();
  });

  test("what the counters say together over what was answered", () => {
    expect(measureEnergy({ cpuJoules: 20, gpuJoules: 50, answers: 10 })).toEqual({
      joulesPerQuery: 7,
      wattHoursPer1k: 7000 / 3600,
      counted: "both",
    });
  });
});

describe("two versions, runs taken in turn", () => {
  const noisy = (middle: number, runs: number) =>
    Array.from({ length: runs }, (_, at) => middle * (1 + ((at * 7) % runs) / 500));

  test.each([
    ["a fifth slower", noisy(120, 5), "larger"],
    ["a fifth faster", noisy(80, 5), "smaller"],
    ["the same", noisy(100.05, 5), "none"],
    ["between: neither shown nor ruled out", noisy(105, 5), "untold"],
    ["four runs are too few", noisy(200, 4), "untold"],
  ] as const)("%s", (_name, after, change) => {
    expect(compareRuns(noisy(100, 5), [...after])?.change).toBe(change);
  });

  test("the interval of five against five leaves out five pairs on each side", () => {
    const compared = compareRuns([1, 2, 3, 4, 5], [1, 1, 1, 1, 1]);
    expect(compared).toMatchObject({ ratio: 1 / 3, low: 0.2, high: 1 });
    expect(compareRuns([1, 2], [1, 2])).toMatchObject({ low: null, high: null, change: "untold" });
    expect(compareRuns([0, 1], [1])).toBeNull();
  });
});

describe("the plan is sealed before the run", () => {
  const before = {
    preset: "quick" as const,
    configSha256: "0".repeat(64),
    config: makeConfig(),
    questions: 50,
  };

  test("it names each target with its level, its sample and its test", () => {
    const { plan, sha256 } = sealPlan(before);
    expect(plan.tests).toEqual([
      {
        metric: "answer_accuracy",
        comparison: "gt",
        value: 0.8,
        alpha: 0.05,
        alphaFail: 0.025,
        n: 50,
        unit: "questions",
        test: "binomial",
      },
      {
        metric: "latency_p95_ms",
        comparison: "lt",
        value: 2000,
        alpha: 0.05,
        alphaFail: 0.025,
        n: 60,
        unit: "requests",
        test: "binomial_runs",
      },
    ]);
    expect(plan).toMatchObject({ runs: 10, requestsPerRun: 6, seed: 11, stopRule: "fixed" });
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test("the same plan has the same seal, any other has another", () => {
    const seal = sealPlan(before).sha256;
    expect(sealPlan({ ...before, config: makeConfig() }).sha256).toBe(seal);
    expect(sealPlan({ ...before, questions: 51 }).sha256).not.toBe(seal);
    const moved = makeConfig({ targets: makeConfig().targets.slice(0, 1) });
    expect(sealPlan({ ...before, config: moved }).sha256).not.toBe(seal);
    const reseeded = makeConfig({ workload: { ...makeConfig().workload, seed: 12 } });
    expect(sealPlan({ ...before, config: reseeded }).sha256).not.toBe(seal);
  });
});
