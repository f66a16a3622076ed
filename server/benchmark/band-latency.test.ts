import { expect, test } from "vitest";
import { makeReport } from "#server/testing/make-report.ts";
import { bandLatency } from "./band-latency.ts";

test("runs that agree have a band without width, runs that differ a wide one around the mean", () => {
  const same = bandLatency(makeReport({ latencyMs: (_run, index) => 400 + index }));
  expect(same.every(({ low, high }) => high - low < 1e-9)).toBe(true);
  // Five runs of 300 ms and five of 500: at 300 ms half of the runs are done, sd 0.527, t(0.95, 9) 1.833.
  const [first] = bandLatency(makeReport({ latencyMs: (run) => (run < 5 ? 300 : 500) }));
  expect(first?.ms).toBe(300);
  expect(first?.low).toBeCloseTo(0.5 - (1.8331 * 0.52705) / Math.sqrt(10), 3);
});

test("a request without an answer keeps the band under 100 %", () => {
  const band = bandLatency(makeReport({ latencyMs: (_run, index) => (index === 5 ? null : 400) }));
  expect(band.at(-1)?.high).toBeCloseTo(5 / 6, 9);
});

test("one run has no band", () => {
  const report = makeReport();
  expect(bandLatency({ requests: report.requests.filter(({ run }) => run === 0) })).toEqual([]);
});
