import { describe, expect, test } from "vitest";
import type { Target } from "#server/scaffold/schema.ts";
import { makeQuestion, makeReport } from "#server/testing/make-report.ts";
import { combineVerdicts } from "./combine-verdicts.ts";
import { judgeReport, measureUtilisation } from "./judge-report.ts";
import type { Outcome } from "./schema.ts";

const right = (count: number, wrong: number) =>
  Array.from({ length: count + wrong }, (_, at) => makeQuestion({ id: `q${at}`, correct: at < count }));
const target = (
  metric: Target["metric"],
  value: number,
  comparison: Target["comparison"] = "lt",
): Target => ({
  metric,
  comparison,
  value,
  confidence: 0.95,
});

test("ten drained runs of fast answers and 50 of 50 right pass both targets of the pilot", () => {
  const report = makeReport();
  expect(judgeReport(report).map(({ metric, verdict }) => [metric, verdict])).toEqual([
    ["answer_accuracy", "pass"],
    ["latency_p95_ms", "pass"],
  ]);
  expect(combineVerdicts(report)).toMatchObject({ outcome: "pass" });
});

describe("the outcome of several targets", () => {
  test.each([
    { questions: right(50, 0), latencyMs: 400, outcome: "pass" },
    { questions: right(44, 6), latencyMs: 400, outcome: "inconclusive" },
    { questions: right(20, 30), latencyMs: 400, outcome: "fail" },
    { questions: right(50, 0), latencyMs: 2500, outcome: "fail" },
    // 72 of 100 fails at 0.05 but not at 0.025: of two targets one fails by chance that often.
    { questions: right(72, 28), latencyMs: 400, outcome: "inconclusive" },
  ] satisfies { questions: unknown; latencyMs: number; outcome: Outcome }[])(
    "$questions.length questions, $latencyMs ms: $outcome",
    ({ questions, latencyMs, outcome }) => {
      expect(combineVerdicts(makeReport({ questions, latencyMs: () => latencyMs })).outcome).toBe(outcome);
    },
  );

  test("no target is no proof", () => {
    expect(combineVerdicts(makeReport(), []).outcome).toBe("inconclusive");
  });
});

describe("a figure without an exact test is shown without a verdict, and says why", () => {
  test.each([
    [target("precision_at_k", 0.6, "gt"), /no exact one-sided test/],
    [target("ndcg_at_k", 0.6, "gt"), /no exact one-sided test/],
    [target("usd_per_1k", 5), /No price is configured/],
    [target("throughput_rps", 1, "gt"), /no upper limit/],
    [target("refusal_accuracy", 0.9, "gt"), /no question that must be refused/],
    [target("latency_p95_ms", 2000, "gt"), /to stay under/],
    [target("answer_accuracy", 0.8, "lt"), /to be exceeded/],
    [target("error_share", 0.01, "gt"), /to stay under/],
  ] as const)("$metric", (wanted, reason) => {
    const [verdict] = judgeReport(makeReport(), [wanted]);
    expect(verdict).toMatchObject({ verdict: "inconclusive", bound: null, needs: {} });
    expect(verdict?.reason).toMatch(reason);
  });
});

test("a run that failed shows nothing, and says in which stage it failed", () => {
  const report = makeReport({
    overrides: { outcome: { status: "failed", stage: "ingest", reason: "No usable document." } },
  });
  expect(judgeReport(report)[0]?.reason).toBe("The run failed in ingest: No usable document.");
  expect(combineVerdicts(report).outcome).toBe("inconclusive");
});

test("a load generator that was late proves nothing about the pilot", () => {
  const report = makeReport();
  for (const request of report.requests) request.sentMs += 21;
  expect(judgeReport(report)[1]).toMatchObject({ verdict: "inconclusive", bound: null });
  expect(judgeReport(report)[1]?.reason).toMatch(
    /did not keep its schedule: 1 % of the requests left 21.0 ms/,
  );
});

test("a load generator that fell behind the planned rate proves nothing either", () => {
  const report = makeReport({ config: { targets: [target("latency_p95_ms", 100_000)] } });
  for (const request of report.requests) request.sentMs *= 1.05;
  expect(judgeReport(report)[0]?.reason).toMatch(/it sent at 95 % of the planned rate/);
});

describe("a server busier than 80 % gets no verdict on latency, unless it is asked for more than it can do", () => {
  test.each([
    { busy: 0.79, latencyMs: 400, verdict: "pass" },
    { busy: 0.9, latencyMs: 400, verdict: "inconclusive" },
    { busy: 0.9, latencyMs: 2500, verdict: "inconclusive" },
    { busy: 1.2, latencyMs: 2500, verdict: "fail" },
    { busy: 1.2, latencyMs: 400, verdict: "inconclusive" },
  ])("$busy busy, $latencyMs ms: $verdict", ({ busy, latencyMs, verdict }) => {
    // Two requests a second arrive.
    const stages = [
      { name: "answer", side: "model" as const, calls: 50, wallMs: (busy / 2) * 1000 * 50, cpuMs: 10 },
    ];
    const report = makeReport({ latencyMs: () => latencyMs, overrides: { stages } });
    expect(measureUtilisation(report)).toBeCloseTo(busy, 12);
    expect(judgeReport(report)[1]?.verdict).toBe(verdict);
  });
});

test("a pass from short runs on a busy server says how often such a pass is false", () => {
  const workload = { ...makeReport().config.workload, requestsPerRun: 60 };
  const stages = [{ name: "answer", side: "model" as const, calls: 50, wallMs: 350 * 50, cpuMs: 10 }];
  const [, judged] = judgeReport(makeReport({ config: { workload }, overrides: { stages } }));
  expect(judged?.verdict).toBe("pass");
  expect(judged?.reason).toMatch(/70 % busy pass a system exactly on its target up to 18 % of the time/);
});

test("without a stage profile the utilisation limit is said not to be applied", () => {
  const [, latency] = judgeReport(makeReport({ overrides: { stages: [] } }));
  expect(latency?.verdict).toBe("pass");
  expect(latency?.reason).toMatch(/was not applied/);
});

test("requests are judged in their scheduled order, however the file lists them", () => {
  const latencyMs = (run: number, index: number) => (run < 3 && index < 3 ? 2500 : 400);
  const report = makeReport({ latencyMs });
  const shuffled = { ...report, requests: report.requests.toReversed() };
  expect(judgeReport(shuffled)).toEqual(judgeReport(report));
});
