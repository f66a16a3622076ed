import { expect, test } from "vitest";
import { describePilotMachine } from "./describe-machine.ts";
import { forecastRetrieval } from "./forecast-retrieval.ts";
import type { ForecastQuestion, SearchProbe } from "./schema.ts";

const probe: SearchProbe = {
  backend: "faiss",
  dimensions: 384,
  overheadMs: 0.1,
  gigabytesPerSecond: 8,
  picksMillionsPerSecond: 500,
  repeats: 15,
  searched: { vectors: 20_000, medianMs: 4 },
};
const asked: ForecastQuestion = {
  documents: 100_000,
  chunksPerDocument: 1,
  dimensions: 384,
  type: "float32",
  batch: 1,
  targetMs: 100,
};
const run = { name: "two cores", memoryBytes: 8e9, finishedAt: "2026-11-21T01:00:00Z" };

test.each([
  // 153.6 MB at 8 GB/s = 19.2 ms, 100,000 picks at 500 million a second = 0.2 ms.
  ["one question costs one reading of all vectors", 1, 0.1 + 19.2 + 0.2],
  ["four questions read everything four times", 4, 0.1 + 4 * 19.2 + 4 * 0.2],
])("a machine timed by the pilot: %s", (_, batch, callMs) => {
  const machine = describePilotMachine(probe, run);
  expect(machine).toMatchObject({ source: "pilot", asOf: "2026-11-21", basis: "faiss" });
  expect(forecastRetrieval(machine, { ...asked, batch }).callMs).toBeCloseTo(callMs, 6);
});

test("unknown memory refuses no corpus", () => {
  const machine = describePilotMachine(probe, { ...run, memoryBytes: null });
  expect(forecastRetrieval(machine, { ...asked, documents: 1e8 }).fits).toBe(true);
});
