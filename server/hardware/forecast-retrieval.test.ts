import { describe, expect, test } from "vitest";
import { describeCatalogueMachine } from "./describe-machine.ts";
import { findMostDocuments, forecastRetrieval } from "./forecast-retrieval.ts";
import { CATALOGUE_MACHINES } from "./machines.data.ts";
import type { ForecastMachine, ForecastQuestion } from "./schema.ts";

const machine: ForecastMachine = {
  id: "here",
  name: "two cores",
  source: "probe",
  asOf: "2026-11-20",
  basis: "by hand",
  memoryBytes: 8e9,
  gigabytesPerSecond: 20,
  gflops: 100,
  speedUp: { float32: 1, float16: 1, int8: 1 },
  topkMillionsPerSecond: 500,
  overheadMs: 0.1,
};
const question: ForecastQuestion = {
  documents: 1_000_000,
  chunksPerDocument: 1,
  dimensions: 384,
  type: "float32",
  batch: 1,
  targetMs: 200,
};

describe("a forecast is overhead + max(bytes / bandwidth, operations / rate) + top-k", () => {
  test.each([
    // 1.536 GB at 20 GB/s = 76.8 ms; 0.768 GFLOP at 100 = 7.68 ms; 1 million scores at 500 = 2 ms.
    ["one question reads every vector once", {}, 0.1 + 76.8 + 2, "bandwidth"],
    ["int8 reads a quarter", { type: "int8" as const }, 0.1 + 19.2 + 2, "bandwidth"],
    ["a batch of 64 computes longer than it reads", { batch: 64 }, 0.1 + 491.52 + 128, "operations"],
    ["a hundred documents cost the call itself", { documents: 100 }, 0.1 + 0.00768 + 0.0002, "overhead"],
  ])("%s", (_title, change, callMs, bound) => {
    const forecast = forecastRetrieval(machine, { ...question, ...change });
    expect(forecast.callMs).toBeCloseTo(callMs, 6);
    expect(forecast.bound).toBe(bound);
  });

  test("vectors that take more than half of the memory do not fit, however quick the search", () => {
    const forecast = forecastRetrieval(machine, { ...question, documents: 3_000_000, targetMs: 1e6 });
    expect(forecast).toMatchObject({ vectorBytes: 4.608e9, fits: false, meets: false });
  });

  test("the most documents under a target are those at which it just holds", () => {
    const most = findMostDocuments(machine, { ...question, targetMs: 200 });
    const at = (documents: number) => forecastRetrieval(machine, { ...question, documents }).meets;
    expect([at(most ?? 0), at((most ?? 0) * 1.001)]).toEqual([true, false]);
    expect(findMostDocuments(machine, { ...question, targetMs: 0.05 })).toBeNull();
  });

  test("without a target nothing is promised", () => {
    expect(forecastRetrieval(machine, { ...question, targetMs: null }).meets).toBeNull();
  });
});

test("every catalogue figure has a date and a source, and counts less than the sheet's peak", () => {
  for (const entry of CATALOGUE_MACHINES) {
    const described = describeCatalogueMachine(entry);
    expect(described.basis).not.toBe("");
    expect(described.asOf).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(described.gigabytesPerSecond).toBeLessThan(entry.terabytesPerSecond * 1000);
    expect(described.gflops).toBeLessThan(entry.halfTeraflops * 1000);
  }
});
