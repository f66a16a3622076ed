import { describe, expect, test } from "vitest";
import { makeQuestion, makeReport } from "#server/testing/make-report.ts";
import { boundVerdict } from "./bound-verdict.ts";
import { judgeReport } from "./judge-report.ts";
import { planRun } from "./plan-run.ts";
import { summariseRag } from "./summarise-rag.ts";

const pictureOf = (report = makeReport()) => summariseRag(report, judgeReport(report));

describe("the interval of a verdict", () => {
  const many = { ...makeReport().config.workload, requestsPerRun: 60 };

  test.each([
    { right: 45, verdict: "pass" },
    { right: 41, verdict: "inconclusive" },
    { right: 20, verdict: "fail" },
  ])("$right of 50 right: it lies on the side of the verdict, $verdict", ({ right, verdict }) => {
    const questions = Array.from({ length: 50 }, (_, at) =>
      makeQuestion({ id: `q${at}`, correct: at < right }),
    );
    const report = makeReport({ questions });
    const [judged] = judgeReport(report);
    const interval = judged && boundVerdict(report, judged);
    expect(judged?.verdict).toBe(verdict);
    const [low, high] = [interval?.low ?? 0, interval?.high ?? 1];
    expect(low > 0.8 ? "pass" : high < 0.8 ? "fail" : "inconclusive").toBe(verdict);
  });

  test.each([0, 10, 29, 30, 60])(
    "%d late requests a hundred: latency lies on the side of its verdict",
    (share) => {
      const latencyMs = (_run: number, index: number) =>
        index % 10 < share / 10 ? 3000 + index : 400 + index;
      const report = makeReport({ config: { workload: many }, latencyMs });
      const judged = judgeReport(report)[1];
      const interval = judged && boundVerdict(report, judged);
      const [low, high] = [interval?.low ?? 0, interval?.high ?? 1e9];
      expect(high < 2000 ? "pass" : low >= 2000 ? "fail" : "inconclusive").toBe(judged?.verdict);
    },
  );

  test("an end that no sample of this size can have is null", () => {
    const workload = { ...makeReport().config.workload, requestsPerRun: 4 };
    const report = makeReport({ config: { workload } });
    const judged = judgeReport(report)[1];
    expect(judged && boundVerdict(report, judged)?.high).toBeNull();
  });

  test("a mean is bounded by document, and one document bounds nearly nothing", () => {
    const target = { metric: "mrr" as const, comparison: "gt" as const, value: 0.5, confidence: 0.95 };
    const report = makeReport();
    const [judged] = judgeReport(report, [target]);
    const interval = judged && boundVerdict(report, judged);
    expect(interval?.low).toBeCloseTo(0.05, 9);
    expect(interval?.high).toBeCloseTo(1, 9);
  });

  test("a rate lies on the side of its verdict", () => {
    const target = {
      metric: "throughput_rps" as const,
      comparison: "gt" as const,
      value: 1.2,
      confidence: 0.95,
    };
    const report = makeReport();
    const [judged] = judgeReport(report, [target]);
    expect(judged?.verdict).toBe("pass");
    expect((judged && boundVerdict(report, judged)?.low) ?? 0).toBeGreaterThan(1.2);
  });
});

test("a curve with errors ends under 100 %", () => {
  const { load } = pictureOf(makeReport({ latencyMs: (run) => (run === 0 ? null : 400) }));
  expect(load.pooled.at(-1)).toEqual({ ms: 400, share: 0.9 });
  expect(load.runs[0]).toEqual([]);
  expect(load).toMatchObject({ requests: 60, failed: 6, slowestMs: 400 });
});

test("a curve of many requests is drawn with a few hundred points and keeps its slowest", () => {
  const workload = { ...makeReport().config.workload, requestsPerRun: 500 };
  const report = makeReport({ config: { workload }, latencyMs: (run, index) => 100 + index + run / 10 });
  const { pooled } = pictureOf(report).load;
  expect(pooled.length).toBeLessThan(210);
  expect(pooled.at(-1)?.share).toBe(1);
  expect(pooled.at(-1)?.ms).toBeCloseTo(599.9, 6);
});

test("questions the rule cannot judge are counted apart", () => {
  const questions = [
    makeQuestion({ id: "a" }),
    makeQuestion({ id: "b", tag: "edge", correct: null, rule: "none" }),
    makeQuestion({ id: "c", tag: "edge", correct: false, errorClass: "retrieval" }),
  ];
  const picture = pictureOf(makeReport({ questions }));
  expect(picture.all).toMatchObject({ correct: 1, outOf: 2, unjudged: 1 });
  expect(picture.tags.map(({ tag, outOf }) => [tag, outOf])).toEqual([
    ["common", 1],
    ["edge", 1],
  ]);
  expect(picture.misses).toEqual([{ errorClass: "retrieval", count: 1 }]);
});

test("a quick run may have 20 of 600 late, a standard one 102 of 2 400", () => {
  const spec = { arrivalsPerSecond: 20, targets: makeReport().config.targets, judgedQuestions: 100 };
  expect(planRun("quick", spec)).toMatchObject({
    requests: 600,
    loadSeconds: 30,
    latency: { allowedOver: 20 },
  });
  expect(planRun("standard", spec)).toMatchObject({ requests: 2400, latency: { allowedOver: 102 } });
  expect(planRun("quick", spec).power).toEqual([
    { utilisation: 0.1, passChance: 1, secondsFor80Pct: 30 },
    { utilisation: 0.3, passChance: 0.902, secondsFor80Pct: 30 },
    { utilisation: 0.5, passChance: 0.782, secondsFor80Pct: 60 },
    { utilisation: 0.7, passChance: 0, secondsFor80Pct: 120 },
  ]);
});
