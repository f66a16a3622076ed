import { describe, expect, test } from "vitest";
import { makeConfig, makeQuestion, makeReport } from "#server/testing/make-report.ts";
import { comparePairedRuns } from "./compare-paired-runs.ts";
import { compareReports } from "./compare-reports.ts";

const ten = [410, 395, 402, 420, 388, 405, 399, 415, 392, 408];

describe("runs with the same arrivals", () => {
  test("the interval is that of the exact signed-rank test", () => {
    // R: wilcox.test(log(after/before), conf.int = TRUE, conf.level = 0.9) leaves out 10 of 55 pair means at each end.
    const ratios = [1.02, 1.04, 1.06, 1.08, 1.1, 1.12, 1.14, 1.16, 1.18, 1.2];
    const compared = comparePairedRuns(
      ten,
      ten.map((value, at) => value * (ratios[at] ?? 1)),
    );
    const means = ratios
      .flatMap((one, at) => ratios.slice(at).map((other) => Math.sqrt(one * other)))
      .sort((a, b) => a - b);
    expect(compared?.low).toBeCloseTo(means[10] ?? 0, 9);
    expect(compared?.high).toBeCloseTo(means[44] ?? 0, 9);
    expect(compared?.pTwoSided).toBeCloseTo(2 / 1024, 9);
    expect(compared?.change).toBe("larger");
  });

  test.each([
    ["4 % slower in every run is within 5 %", ten.map((value) => value * 1.04), "none"],
    ["8 % slower in every run is a change", ten.map((value) => value * 1.08), "larger"],
    ["8 % faster in every run is a change", ten.map((value) => value * 0.92), "smaller"],
  ])("%s", (_title, after, change) => {
    expect(comparePairedRuns(ten, after)?.change).toBe(change);
  });

  test("four pairs can show nothing, and runs without a figure are not compared", () => {
    expect(comparePairedRuns([1, 1, 1, 1], [2, 2, 2, 2])?.change).toBe("untold");
    expect(comparePairedRuns(ten, [...ten.slice(1), Number.POSITIVE_INFINITY])).toBeNull();
  });
});

describe("two reports", () => {
  const latency = (factor: number) => (run: number, index: number) => factor * (400 + run * 3 + index);

  test("a tenth slower on the same schedule is a regression of latency, shown in pairs", () => {
    const compared = compareReports(
      makeReport({ latencyMs: latency(1) }),
      makeReport({ latencyMs: latency(1.1) }),
    );
    expect(compared.same).toEqual({ questions: true, schedule: true, machine: true, settings: [] });
    const p95 = compared.runs.find(({ metric }) => metric === "latency_p95_ms");
    expect(p95).toMatchObject({ isPaired: true, runs: 10, change: "worse" });
    expect(p95?.ratio).toBeCloseTo(1.1, 9);
    expect(compared.questions).toMatchObject([
      { metric: "answer_accuracy", difference: 0 },
      { metric: "ndcg_at_k", difference: 0 },
    ]);
  });

  test("another seed is compared without pairs, and the setting that differs is named", () => {
    const { workload, retrieval } = makeConfig();
    const config = { workload: { ...workload, seed: 12 }, retrieval: { ...retrieval, k: 8 } };
    const compared = compareReports(
      makeReport({ latencyMs: latency(1) }),
      makeReport({ latencyMs: latency(1), config }),
    );
    expect(compared.runs.every(({ isPaired }) => !isPaired)).toBe(true);
    expect(compared.same.settings).toEqual(["retrieval.k", "workload.seed"]);
  });

  test.each([
    // 14 lost of 14 that changed: exact two-sided p is 2 / 2^14.
    ["fourteen of fifty lost and none gained is worse", 14, 0, "worse", 2 / 2 ** 14],
    ["as many lost as gained tells nothing", 5, 5, "untold", 1],
    ["one lost tells nothing", 1, 0, "untold", 1],
  ])("%s", (_title, lost, gained, change, p) => {
    const answers = (isRight: (at: number) => boolean) =>
      Array.from({ length: 50 }, (_, at) => makeQuestion({ id: `q${at}`, correct: isRight(at) }));
    const before = makeReport({ questions: answers((at) => at < 50 - gained) });
    const after = makeReport({ questions: answers((at) => at >= lost) });
    const [accuracy] = compareReports(before, after).questions;
    expect(accuracy).toMatchObject({ lost, gained, pairs: 50, change });
    expect(accuracy?.p).toBeCloseTo(p, 9);
  });

  test("other documents are not paired", () => {
    const other = makeReport();
    other.fingerprint.dataSha256 = "1".repeat(64);
    expect(compareReports(makeReport(), other)).toMatchObject({ same: { questions: false }, questions: [] });
  });
});
