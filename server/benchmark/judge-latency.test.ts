import { describe, expect, test } from "vitest";
import { readVectors } from "#server/testing/read-vectors.ts";
import { judgeErrorShare, judgeLatency } from "./judge-latency.ts";
import {
  judgeOverCount,
  judgeOverShare,
  measureAutocorrelationTime,
  measureDesignEffect,
} from "./judge-over-share.ts";
import { pickPercentile } from "./pick-percentile.ts";
import { allowOver, lowerRank, upperRank } from "./rank-quantile.ts";
import { chanceAtLeast, chanceAtMost } from "./sum-binomial.ts";

const p95Under2s = { quantile: 0.95, targetMs: 2000 };

/** `total` requests dealt out over `runs`; the ones listed took three seconds, evenly spread. */
function spread(total: number, runs: number, over = 0, overMs: number | null = 3000): (number | null)[][] {
  const step = over > 0 ? Math.floor(total / over) : total + 1;
  const latencies = Array.from({ length: total }, (_, at) => {
    const late = at % step === step - 1 && Math.floor(at / step) < over;
    return late ? overMs : 500 + (at % 7);
  });
  const size = Math.ceil(total / runs);
  return Array.from({ length: runs }, (_, run) => latencies.slice(run * size, (run + 1) * size));
}

describe("a p95 under two seconds", () => {
  test.each([
    ["59 requests in one run, none late", spread(59, 1), "inconclusive", { runs: 9 }],
    ["59 requests over ten runs, none late", spread(59, 10), "pass", {}],
    ["58 requests over ten runs, none late", spread(58, 10), "inconclusive", { requests: 1 }],
    ["20 requests over ten runs, none late", spread(20, 10), "inconclusive", { requests: 39 }],
    ["1000 requests over nine runs, none late", spread(1000, 9), "inconclusive", { runs: 1 }],
    ["1000 requests over ten runs, 38 late", spread(1000, 10, 38), "pass", {}],
    ["1000 requests over ten runs, 50 late", spread(1000, 10, 50), "inconclusive", {}],
    ["1000 requests over ten runs, 63 late", spread(1000, 10, 63), "fail", {}],
    ["300 requests over ten runs, all late", spread(300, 10, 300), "fail", {}],
  ] as const)("%s: %s", (_name, runs, verdict, needs) => {
    expect(judgeLatency({ ...p95Under2s, runs })).toMatchObject({ verdict, needs, n: runs.flat().length });
  });

  test("errors count as late: three in 59 do not pass", () => {
    const judged = judgeLatency({ ...p95Under2s, runs: spread(60, 10, 3, null) });
    expect(judged.verdict).not.toBe("pass");
  });

  test("a latency equal to the target misses it", () => {
    const runs = Array.from({ length: 10 }, () => Array.from({ length: 30 }, () => 2000));
    expect(judgeLatency({ ...p95Under2s, runs }).verdict).toBe("fail");
  });

  test("a pass is exactly a bound under the target, a fail never is", () => {
    for (let late = 0; late <= 80; late += 4) {
      const judged = judgeLatency({ ...p95Under2s, runs: spread(1000, 10, late) });
      expect(judged.verdict === "pass").toBe(judged.bound !== null && judged.bound < 2000);
    }
  });

  test("no bound is printed where it would fall on an error or where none exists", () => {
    expect(judgeLatency({ ...p95Under2s, runs: spread(300, 10, 60, null) }).bound).toBeNull();
    expect(judgeLatency({ ...p95Under2s, runs: spread(40, 10) }).bound).toBeNull();
  });

  test("late requests in one burst weigh more than the same number spread out", () => {
    const burst = Array.from({ length: 10 }, (_, run) =>
      Array.from({ length: 100 }, (_, at) => (run === 4 && at < 38 ? 3000 : 500)),
    );
    expect(judgeLatency({ ...p95Under2s, runs: spread(1000, 10, 38) }).verdict).toBe("pass");
    const judged = judgeLatency({ ...p95Under2s, runs: burst });
    expect(judged.verdict).toBe("inconclusive");
    expect(judged.reason).toMatch(/counted as \d+ independent requests/);
    expect(judged.needs.requests).toBeGreaterThan(1000);
  });

  test("one run says which evidence is missing", () => {
    expect(judgeLatency({ ...p95Under2s, runs: spread(59, 1) }).reason).toBe(
      "1 run; 10 are needed to show that requests do not depend on each other. 59 requests in 1 run: 0 at or over 2000 ms, at most 0 may be.",
    );
  });
});

test("errors under 1 % are judged by the same rule", () => {
  const none = Array.from({ length: 10 }, () => Array.from({ length: 30 }, () => false));
  expect(judgeErrorShare(none, 0.01).verdict).toBe("pass");
  expect(judgeErrorShare(none.slice(0, 3), 0.01)).toMatchObject({
    verdict: "inconclusive",
    needs: { runs: 7 },
  });
  const some = none.map((run) => run.map((_, at) => at === 7));
  expect(judgeErrorShare(some, 0.01).verdict).toBe("fail");
});

describe("dependence between requests", () => {
  test("alternating is not positive correlation: it counts as independent", () => {
    expect(measureAutocorrelationTime([Array.from({ length: 40 }, (_, at) => at % 2 === 0)])).toBe(1);
  });

  test("late in pairs, worked by hand up to the first lag that is not positive", () => {
    // 1 1 0 0 1 1 0 0: mean 1/2, variance 1/4; lag 1 has 4 equal and 3 unequal neighbours: (4 - 3) / 4 / 8 = 1/32,
    // correlation 1/8; lag 2 is negative. A quarter of eight requests allows both lags.
    const series = [true, true, false, false, true, true, false, false];
    expect(measureAutocorrelationTime([series])).toBeCloseTo(1.25, 12);
  });

  test("several runs of a million requests are judged within two seconds", () => {
    const runs = Array.from({ length: 10 }, (_, run) =>
      Array.from({ length: 100_000 }, (_, at) => (at * (run + 3)) % 997 < 40 && at % 3000 < 2000),
    );
    const started = performance.now();
    expect(judgeOverShare(runs, 0.05, 0.05).requests).toBe(1_000_000);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test("counting pairs gives what multiplying them gives", () => {
    const runs = [10, 14].map((step) => Array.from({ length: 60 }, (_, at) => at % step < 4));
    const mean = runs.flat().filter(Boolean).length / 120;
    let tau = 1;
    for (let lag = 1; lag <= 15; lag += 1) {
      let sum = 0;
      for (const run of runs) {
        for (let at = 0; at + lag < 60; at += 1) {
          sum += (Number(run[at]) - mean) * (Number(run[at + lag]) - mean);
        }
      }
      const correlation = sum / 120 / (mean * (1 - mean));
      if (correlation <= 0) break;
      tau += 2 * correlation;
    }
    expect(tau).toBeGreaterThan(1);
    expect(measureAutocorrelationTime(runs)).toBeCloseTo(tau, 12);
  });

  test("nobody late, or everybody: nothing to correlate", () => {
    expect(measureAutocorrelationTime([[false, false, false, false]])).toBe(1);
    expect(measureAutocorrelationTime([[true, true, true, true]])).toBe(1);
  });

  test("runs that differ more than chance allows shrink the sample", () => {
    expect(measureDesignEffect([0, 10, 0, 10], 400, 0.05)).toBeCloseTo(100 / 3 / (100 * 0.05 * 0.95), 12);
    expect(measureDesignEffect([5, 5, 5, 5], 400, 0.05)).toBe(1);
    expect(measureDesignEffect([5], 100, 0.05)).toBe(1);
  });

  test("a sample that counts as less than one request fails nobody", () => {
    const runs = [Array.from({ length: 8 }, (_, at) => at < 4), Array.from({ length: 8 }, () => false)];
    expect(judgeOverShare(runs, 0.001, 0.05).verdict).not.toBe("pass");
  });
});

const ranks = readVectors("quantile_ci_ranks");
describe.skipIf(ranks.skipReason !== null)(`reference ranks ${ranks.skipReason ?? ""}`, () => {
  test.each(ranks.vectors)("$id", ({ input, expected, tol }) => {
    const [n, p, alpha] = [input.n, input.p, input.alpha].map(Number) as [number, number, number];
    expect(upperRank(n, p, alpha)).toBe(expected.one_sided_upper_rank);
    expect(lowerRank(n, p, alpha)).toBe(expected.one_sided_lower_rank);
    const confidence = 1 - chanceAtMost(Number(expected.one_sided_lower_rank) - 1, n, p);
    expect(Math.abs(confidence - Number(expected.one_sided_lower_confidence))).toBeLessThan(tol);
  });
});

const limits = readVectors("latency_verdict");
describe.skipIf(limits.skipReason !== null)(`reference limits ${limits.skipReason ?? ""}`, () => {
  test.each(limits.vectors)("$id", ({ input, expected }) => {
    const [n, p, alpha] = [input.n, input.p, input.alpha].map(Number) as [number, number, number];
    const allowed = allowOver(n, 1 - p, alpha);
    expect(allowed < 0 ? null : allowed).toBe(expected.max_over_for_pass);
    const fails = Array.from({ length: n + 1 }, (_, k) => k).find((k) => chanceAtLeast(k, n, 1 - p) <= alpha);
    expect(fails ?? null).toBe(expected.min_over_for_fail);
  });
});

const dependent = readVectors("latency_verdict_dependent");
describe.skipIf(dependent.skipReason !== null)(`reference runs ${dependent.skipReason ?? ""}`, () => {
  test.each(dependent.vectors)("$id", ({ input, expected, tol }) => {
    const counts = input.over_counts_per_run as number[];
    const [perRun, p0, alpha] = [input.requests_per_run, input.p0, input.alpha].map(Number) as [
      number,
      number,
      number,
    ];
    const deff = measureDesignEffect(counts, perRun * counts.length, p0);
    expect(Math.abs(deff - Number(expected.deff))).toBeLessThan(tol);
    const over = counts.reduce((sum, count) => sum + count, 0);
    const judged = judgeOverCount({ requests: perRun * counts.length, over, dependence: deff }, p0, alpha);
    expect(judged).toMatchObject({
      verdict: expected.verdict,
      effectiveRequests: expected.n_eff,
      effectiveOver: expected.k_eff,
    });
    const passChance = chanceAtMost(judged.effectiveOver, judged.effectiveRequests, p0);
    expect(Math.abs(passChance - Number(expected.p_pass))).toBeLessThan(tol);
  });
});

const floors = readVectors("min_n_zero_failures");
describe.skipIf(floors.skipReason !== null)(`reference floors ${floors.skipReason ?? ""}`, () => {
  test.each(floors.vectors)("$id", ({ input, expected }) => {
    const [p, alpha, n] = [Number(input.p), 1 - Number(input.confidence), Number(expected.min_n)];
    expect([upperRank(n - 1, p, alpha), upperRank(n, p, alpha)]).toEqual([null, n]);
  });
});

test.each([
  [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.95, 10],
  [[5, 1, 9, 3], 0.5, 3],
  [[7], 0.99, 7],
  [[], 0.5, null],
] as const)("the percentile is a value that was seen: %j at %d", (values, share, expected) => {
  expect(pickPercentile(values, share)).toBe(expected);
});
