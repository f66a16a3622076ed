import { describe, expect, test } from "vitest";
import { makeConfig } from "#server/testing/make-report.ts";
import { drawSeeded } from "./draw-seeded.ts";
import { findSweepFault } from "./find-sweep-fault.ts";
import { Job, type SweepPoint } from "./job-schema.ts";
import type { RunPoint } from "./measure-point.ts";
import { measureServed } from "./measure-served.ts";
import { paceSweep } from "./pace-sweep.ts";
import { provePoint } from "./prove-point.ts";
import { summariseSweep } from "./summarise-sweep.ts";
import { varyConfig } from "./vary-config.ts";
import { varyPilot } from "./vary-pilot.ts";

const nothing = { arrivalsPerSecond: [], k: [], modes: [] };
const upTo = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

describe("values that are no sweep are refused before anything runs", () => {
  test.each([
    ["a rate of 0", { arrivalsPerSecond: [5, 0] }, "arrivalsPerSecond", "0 arrivals a second"],
    ["a negative rate", { arrivalsPerSecond: [-1] }, "arrivalsPerSecond", "between 0.5 and 1000"],
    ["a rate that is no number", { arrivalsPerSecond: [Number.NaN] }, "arrivalsPerSecond", "NaN"],
    ["a rate a point would take hours with", { arrivalsPerSecond: [0.1] }, "arrivalsPerSecond", "longer"],
    ["a rate no machine serves", { arrivalsPerSecond: [1001] }, "arrivalsPerSecond", "1001"],
    ["k = 0", { k: [5, 0] }, "k", "k = 0"],
    ["k = 51", { k: [51] }, "k", "from 1 to 50"],
    ["half a passage", { k: [2.5] }, "k", "whole numbers"],
    ["an unknown search", { modes: ["splade"] }, "modes", "no search splade"],
    [
      "61 points",
      { k: upTo(31), arrivalsPerSecond: [10, 20] },
      "points",
      "62 points: a sweep has at most 60",
    ],
    ["nine hours", { k: upTo(50), arrivalsPerSecond: [0.9] }, "points", "9.3 hours of load; at most 6"],
  ])("%s", (_title, asked, path, said) => {
    const fault = findSweepFault({ ...nothing, ...asked }, makeConfig());
    expect(fault?.path).toBe(path);
    expect(fault?.message).toContain(said);
  });

  test("a search that does not go with the device that was handed out", () => {
    const { retrieval } = makeConfig();
    const config = makeConfig({ device: "cuda", retrieval: { ...retrieval, store: "torch" } });
    expect(findSweepFault({ ...nothing, modes: ["hybrid", "dense"] }, config)).toBeNull();
    expect(findSweepFault({ ...nothing, modes: ["hybrid", "bm25"] }, config)).toMatchObject({
      path: "modes",
    });
  });

  test.each([
    ["nothing: the point that was handed out", nothing],
    ["the same value twice: it is one", { arrivalsPerSecond: upTo(60).map(() => 2), k: [5, 5], modes: [] }],
    ["exactly sixty points", { arrivalsPerSecond: upTo(60).map((one) => one + 9), k: [], modes: ["bm25"] }],
  ])("allowed is %s", (_title, asked) => {
    expect(findSweepFault(asked, makeConfig())).toBeNull();
  });
});

test("a point changes rate, k and search, and no other byte of the pilot", () => {
  const point: SweepPoint = { arrivalsPerSecond: 30, k: 9, mode: "bm25" };
  const config = makeConfig();
  const file = (path: string, text: string) => ({
    path,
    bytes: new TextEncoder().encode(text),
    executable: false,
  });
  const files = [file("pilot.json", JSON.stringify(config)), file("src/a.py", "k = 5")];
  const [varied, code] = varyPilot(files, point);
  expect(JSON.parse(new TextDecoder().decode(varied?.bytes))).toEqual({
    ...config,
    retrieval: { ...config.retrieval, k: 9, mode: "bm25" },
    workload: { ...config.workload, arrivalsPerSecond: 30 },
  });
  expect(code).toBe(files[1]);
  expect(varyPilot(files, undefined)).toBe(files);
  expect(varyConfig({ template: "other" }, point)).toEqual({ template: "other" });
});

describe("how far a sweep is", () => {
  const at = (seconds: number) => new Date(Date.UTC(2026, 10, 21, 12, 0, seconds));
  const job = (index: number, state: Job["state"], from: number | null = null, to: number | null = null) =>
    Job.parse({
      id: `job_${String(index).padStart(26, "0")}`,
      projectId: "prj",
      scaffoldId: "scf",
      spec: {
        kind: "bench",
        preset: "quick",
        dataSet: "bundled",
        sweep: {
          sweepId: `swp_${"0".repeat(26)}`,
          index,
          of: 3,
          point: { arrivalsPerSecond: 20, k: 5, mode: "bm25" },
        },
      },
      state,
      attempt: 1,
      maxAttempts: 2,
      cancelRequested: false,
      executor: "local",
      isolation: null,
      phase: null,
      done: 0,
      total: 0,
      error: null,
      runId: null,
      seal: null,
      createdAt: at(0).toISOString(),
      startedAt: from === null ? null : at(from).toISOString(),
      finishedAt: to === null ? null : at(to).toISOString(),
    });

  test("before the first point ended the rest is load and a usual setup", () => {
    // 600 requests at 20 a second are 30 s.
    const pace = paceSweep([job(0, "queued"), job(1, "queued")], at(0));
    expect(pace).toMatchObject({ of: 2, done: 0, current: 0, expectedRestMs: 2 * (30 + 8) * 1000 });
  });

  test("what a point really took beside its load is learned, and what has passed is taken off", () => {
    const jobs = [job(0, "succeeded", 0, 50), job(1, "running", 50), job(2, "queued")];
    expect(paceSweep(jobs, at(60))).toEqual({
      of: 3,
      done: 1,
      failed: 0,
      cancelled: 0,
      current: 1,
      expectedRestMs: (50 - 10 + 50) * 1000,
    });
  });

  test("a sweep that ended expects nothing", () => {
    const jobs = [job(0, "succeeded", 0, 50), job(1, "failed", 50, 60), job(2, "cancelled")];
    expect(paceSweep(jobs, at(99))).toMatchObject({
      failed: 1,
      cancelled: 1,
      current: null,
      expectedRestMs: null,
    });
  });
});

test("a point proves less than a run alone: its part of the level shrinks with the points", () => {
  const { targets } = makeConfig();
  const alone = provePoint(targets, { questions: 100, requests: 600, alpha: 0.05 });
  const shared = provePoint(targets, { questions: 100, requests: 600, alpha: 0.05 / 60 });
  expect(alone).toMatchObject({ accuracy: { passAt: 87 }, latency: { allowedOver: 20 } });
  expect(shared.accuracy?.passAt).toBeGreaterThan(87);
  expect(shared.latency?.allowedOver).toBeLessThan(20);
  expect(provePoint(targets, { questions: 10, requests: 60, alpha: 0.0001 })).toMatchObject({
    accuracy: { passAt: null },
    latency: { allowedOver: -1 },
  });
  expect(provePoint([], { questions: 100, requests: 600, alpha: 0.05 })).toMatchObject({
    accuracy: null,
    latency: null,
  });
});

describe("whether a load was kept up with", () => {
  /** Ten runs of 60 Poisson arrivals on one server that needs `serviceMs` for each. */
  const queue = (arrivalsPerSecond: number, serviceMs: number) => {
    const draw = drawSeeded(7);
    const requests = Array.from({ length: 10 }, (_, run) => {
      let [scheduledMs, freeMs] = [0, 0];
      return Array.from({ length: 60 }, () => {
        scheduledMs += (-Math.log(1 - draw() / 2 ** 32) * 1000) / arrivalsPerSecond;
        freeMs = Math.max(freeMs, scheduledMs) + serviceMs;
        return { run, scheduledMs, doneMs: freeMs, status: "ok" as const };
      });
    });
    const runSeconds = requests.map((run) => Math.max(...run.map(({ doneMs }) => doneMs)) / 1000);
    return measureServed(requests.flat(), runSeconds) ?? Number.NaN;
  };
  // The last answer of a run of one second comes long after the last arrival; that is no overload.
  test.each([
    [10, true],
    [50, true],
    [70, true],
    [130, false],
    [200, false],
    [1000, false],
  ])("%s arrivals a second on a server that does 100", (rate, isServed) => {
    expect(queue(rate, 10) >= 0.95).toBe(isServed);
  });

  test("what is not answered is not served, and without records nobody knows", () => {
    const one = { run: 0, scheduledMs: 0, doneMs: 100, status: "ok" as const };
    expect(measureServed([one, { ...one, doneMs: null, status: "error" as const }], [0.1])).toBe(0.5);
    expect(measureServed([{ ...one, doneMs: null, status: "timeout" as const }], [10])).toBe(0);
    expect(measureServed([], [1])).toBeNull();
  });
});

test("each setting has a curve of its own, priced by the highest rate that held the target", () => {
  const point = (mode: string, arrivalsPerSecond: number, p95Ms: number): RunPoint => ({
    arrivalsPerSecond,
    throughputRps: arrivalsPerSecond,
    servedShare: 1,
    scheduleMiss: null,
    p95Ms,
    goodput: { targetMs: 100, rps: p95Ms < 100 ? arrivalsPerSecond : 1, attainment: 1 },
    accuracy: { value: 0.9, low: 0.8, high: 0.95, outOf: 100 },
    usdPer1k: null,
    energy: null,
    mode,
    k: 5,
  });
  const curves = summariseSweep([
    point("hybrid", 40, 300),
    point("hybrid", 10, 20),
    point("bm25", 10, 10),
    point("hybrid", 20, 50),
    point("bm25", 40, 12),
  ]);
  expect(curves.map(({ mode, curve }) => [mode, curve.map((one) => one.arrivalsPerSecond)])).toEqual([
    ["hybrid", [10, 20, 40]],
    ["bm25", [10, 40]],
  ]);
  expect(curves[0]).toMatchObject({ knee: { arrivalsPerSecond: 20 }, capacity: { arrivalsPerSecond: 20 } });
  expect(curves.map(({ machineSecondsPer1k }) => machineSecondsPer1k)).toEqual([50, 25]);
  expect(summariseSweep([])).toEqual([]);
});
