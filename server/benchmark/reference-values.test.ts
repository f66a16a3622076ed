import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { readVectors, type Vector } from "#server/testing/read-vectors.ts";
import { splitAlpha } from "./adjust-levels.ts";
import { lowerBound, upperBound } from "./bound-proportion.ts";
import { boundRuns } from "./bound-runs.ts";
import { boundWilson } from "./bound-wilson.ts";
import { comparePaired } from "./compare-paired.ts";
import { compareRanks } from "./compare-ranks.ts";
import { fillOmission } from "./fill-omission.ts";
import { forecastNaive, forecastNaive2, forecastSeasonalNaive } from "./forecast-naive.ts";
import { interpolatePercentile } from "./interpolate-percentile.ts";
import { estimateEnergy } from "./measure-energy.ts";
import { measureGoodput } from "./measure-goodput.ts";
import { pickPercentile } from "./pick-percentile.ts";
import { approximateQuestions } from "./plan-sample.ts";
import { priceGoodput } from "./price-goodput.ts";
import { quantileOfStudent } from "./quantile-of-student.ts";
import { rankInterval } from "./rank-interval.ts";
import { lowerRank, upperRank } from "./rank-quantile.ts";
import { replaySchedule } from "./replay-schedule.ts";
import { measureAveragePrecision, measureRocAuc, scoreCounts, spendAlertBudget } from "./score-classes.ts";
import { measureMase, measureOwa, measureSmape } from "./score-forecast.ts";
import { scoreRanking } from "./score-ranking.ts";
import { countLeastRequests, countUnderNeeded, pickEarlyRank } from "./stop-early.ts";
import { chanceAtMost } from "./sum-binomial.ts";
import { walkSprt } from "./walk-sprt.ts";

type Given = Record<string, number>;

/** What our rules answer, under the names of the reference; every expected value is compared. */
const ANSWERS: Record<string, (input: Vector["input"]) => Record<string, unknown>> = {
  quantile_ci_ranks: (input) => {
    const { n, p, alpha } = input as { n: number; p: number; alpha: number };
    const { lower, upper, coverage } = rankInterval(n, p, alpha);
    const [low, high] = [lowerRank(n, p, alpha), upperRank(n, p, alpha)];
    return {
      two_sided_lower_rank: lower,
      two_sided_upper_rank: upper,
      two_sided_coverage: coverage,
      one_sided_upper_rank: high,
      one_sided_upper_confidence: high === null ? null : chanceAtMost(high - 1, n, p),
      one_sided_lower_rank: low,
      one_sided_lower_confidence: low === null ? null : 1 - chanceAtMost(low - 1, n, p),
    };
  },
  mlperf_early_stopping_floor: (input) => {
    const rule = earlyStopping(input as Given);
    return {
      h_min_t0: countUnderNeeded(0, rule),
      h_min_t1: countUnderNeeded(1, rule),
      min_samples: countLeastRequests(rule),
    };
  },
  mlperf_early_stopping_estimate: (input) => {
    const picked = pickEarlyRank(input.n as number, earlyStopping(input as Given));
    return { t: picked?.over ?? null, rank_ascending_1based: picked?.rank ?? null };
  },
  proportion_ci: (input) => {
    const { k, n, alpha } = input as { k: number; n: number; alpha: number };
    const [both, one] = [boundWilson(k, n, alpha / 2), boundWilson(k, n, alpha)];
    return {
      wilson_two_sided: [both.low, both.high],
      wilson_one_sided_lower: one.low,
      wilson_one_sided_upper: one.high,
      clopper_pearson_two_sided: [lowerBound(k, n, alpha / 2), upperBound(k, n, alpha / 2)],
      clopper_pearson_one_sided_lower: lowerBound(k, n, alpha),
      clopper_pearson_one_sided_upper: upperBound(k, n, alpha),
    };
  },
  accuracy_sample_size_normal_approx: ({ p0, p1, power, alpha }) => ({
    n: Math.ceil(approximateQuestions(p0 as number, p1 as number, power as number, alpha as number)),
  }),
  sprt: ({ sequence, p0, p1, alpha, beta }) => {
    const plan = { p0, p1, alpha, beta } as { p0: number; p1: number; alpha: number; beta: number };
    const walk = walkSprt((sequence as number[]).map(Boolean), plan);
    return {
      decision: walk.decision,
      stopped_at: walk.stoppedAt,
      llr: walk.logLikelihoodRatio,
      upper: walk.upper,
      lower: walk.lower,
    };
  },
  ranking: ({ run, qrels, k }) => {
    const scored = scoreRanking(run as string[], qrels as Record<string, number>, k as number);
    return {
      "precision@k": scored?.precision ?? 0,
      "recall@k": scored?.recall ?? 0,
      "rr@k": scored?.reciprocalRank ?? 0,
      "ap@k": scored?.averagePrecision ?? 0,
      "ndcg@k_linear": scored?.ndcg ?? 0,
      "ndcg@k_exp": scored?.ndcgExponential ?? 0,
      "hit@k": scored?.hit ?? 0,
    };
  },
  mrr_mean: ({ first_relevant_rank: ranks, k }) => {
    const gains = (ranks as (number | null)[]).map((rank) =>
      rank === null || rank > (k as number) ? 0 : 1 / rank,
    );
    return { mrr: gains.reduce((sum, gain) => sum + gain, 0) / gains.length };
  },
  classification_counts: ({ tp, fp, fn, tn }) => {
    const [truePositives, falsePositives, falseNegatives, trueNegatives] = [tp, fp, fn, tn] as number[] as [
      number,
      number,
      number,
      number,
    ];
    return { ...scoreCounts({ truePositives, falsePositives, falseNegatives, trueNegatives }) };
  },
  classification_scores: (input) => ({
    roc_auc: measureRocAuc(readCases(input)),
    average_precision: measureAveragePrecision(readCases(input)),
  }),
  alert_budget: (input) => {
    const spent = spendAlertBudget(readCases(input), input.budget as number);
    return { precision_at_budget: spent.precision, recall_at_budget: spent.recall };
  },
  forecast: ({ insample, actual, forecast, m }) => {
    const [training, seen, predicted] = [insample, actual, forecast] as [number[], number[], number[]];
    return {
      smape: measureSmape(seen, predicted),
      mase: measureMase(training, seen, predicted, m as number),
    };
  },
  owa: (input) => {
    const { smape, mase, naive2_smape, naive2_mase } = input as Given;
    return {
      owa: measureOwa(
        { smape: smape as number, mase: mase as number },
        { smape: naive2_smape as number, mase: naive2_mase as number },
      ),
    };
  },
  percentile: ({ x, p }) => {
    const values = x === "range(1,101)" ? Array.from({ length: 100 }, (_, at) => at + 1) : (x as number[]);
    return {
      nearest_rank: pickPercentile(values, p as number),
      linear_type7: interpolatePercentile(values, p as number),
    };
  },
  schedule_latency: ({ scheduled_ms, service_ms, servers }) => {
    const plan = { serviceMs: service_ms as number, servers: servers as number };
    const { fromScheduleMs, fromSendMs } = replaySchedule(scheduled_ms as number[], plan);
    return {
      latency_from_schedule_ms: fromScheduleMs,
      mean: fromScheduleMs.reduce((sum, ms) => sum + ms, 0) / fromScheduleMs.length,
      max: Math.max(...fromScheduleMs),
      latency_from_send_ms: fromSendMs,
    };
  },
  hdr_coordinated_omission_correction: ({ values, expected_interval }) => ({
    corrected: fillOmission(values as number[], expected_interval as number),
  }),
  goodput: ({ latency_ms, slo_ms, duration_s }) => {
    const measured = measureGoodput(latency_ms as (number | null)[], slo_ms as number, duration_s as number);
    return { goodput_rps: measured?.goodputRps, slo_attainment: measured?.attainment };
  },
  cost: ({ usd_per_hour, qps }) => {
    const price = { usdPerHour: usd_per_hour as number, asOf: "2026-11-20", source: "reference" };
    return { usd_per_1k_queries: priceGoodput(qps as number, price)?.usdPer1k };
  },
  energy: ({ mean_watts, qps }) => {
    const energy = estimateEnergy(mean_watts as number, qps as number);
    return { joules_per_query: energy?.joulesPerQuery, wh_per_1k_queries: energy?.wattHoursPer1k };
  },
  mann_whitney_exact: ({ x, y }) => {
    const compared = compareRanks(x as number[], y as number[]);
    return { U_x: compared.u, p_two_sided: compared.pTwoSided };
  },
  paired_randomisation_exact: ({ a, b }) => {
    const compared = comparePaired(a as number[], b as number[]);
    return { mean_diff: compared.meanDifference, p_two_sided: compared.p };
  },
  bonferroni: ({ alpha, m }) => ({ per_test_alpha: splitAlpha(alpha as number, m as number) }),
  zero_failures_upper_bound: ({ n, confidence }) => ({
    exact: upperBound(0, n as number, 1 - (confidence as number)),
    rule_of_three: 3 / (n as number),
  }),
  t_interval_runs: ({ x, confidence, t_critical }) => {
    const runs = x as number[];
    expect(quantileOfStudent((1 + (confidence as number)) / 2, runs.length - 1)).toBeCloseTo(
      t_critical as number,
      9,
    );
    const bounds = boundRuns(runs, (1 - (confidence as number)) / 2);
    return {
      mean: bounds?.mean,
      std: bounds?.sd,
      se: bounds?.standardError,
      cv: bounds?.cv,
      ci_low: bounds?.low,
      ci_high: bounds?.high,
    };
  },
};

describe.each(Object.keys(ANSWERS))("reference values of %s", (kind) => {
  const { vectors, skipReason } = readVectors(kind);
  test.skipIf(skipReason !== null)("are there", () => expect(vectors.length).toBeGreaterThan(0));
  test.each(vectors)("$id", ({ input, expected, tol }) => {
    const answers = ANSWERS[kind]?.(input) ?? {};
    for (const [name, value] of Object.entries(expected)) {
      const pairs: [unknown, unknown][] = Array.isArray(value)
        ? value.map((part, at) => [(answers[name] as unknown[])[at], part])
        : [[answers[name], value]];
      for (const [ours, theirs] of pairs) {
        if (typeof theirs !== "number") expect(ours, name).toBe(theirs);
        else expect(Math.abs((ours as number) - theirs), name).toBeLessThanOrEqual(tol + 1e-15);
      }
    }
  });
});

/** The series themselves are no part of this repository: looked for by hash where `PILOTAGE_EVAL_DATA` points. */
const series = readVectors("m4_dataset").vectors.flatMap((vector) => {
  const folder = join(
    process.env.PILOTAGE_EVAL_DATA ?? "",
    `dev-m4-${String(vector.input.group).toLowerCase()}`,
  );
  const [train, held] = ["train", "test"].map((name) => readSeries(join(folder, `${name}.csv.gz`)));
  return train && held ? [{ vector, train, held, id: vector.id }] : [];
});
test.skipIf(series.length === 0).each(series)("M4's own table comes out: $id", ({ vector, train, held }) => {
  const { horizon, m: season, method } = vector.input as { horizon: number; m: number; method: string };
  const score = (forecast: (training: readonly number[]) => number[]) => {
    const rows = [...train].map(([name, training]) => {
      const [actual, predicted] = [held.get(name) ?? [], forecast(training)];
      return {
        smape: measureSmape(actual, predicted),
        mase: measureMase(training, actual, predicted, season) ?? 0,
      };
    });
    const mean = (key: "smape" | "mase") => rows.reduce((sum, row) => sum + row[key], 0) / rows.length;
    return { smape: mean("smape"), mase: mean("mase") };
  };
  const methods: Record<string, (training: readonly number[]) => number[]> = {
    naive: (training) => forecastNaive(training, horizon),
    snaive: (training) => forecastSeasonalNaive(training, horizon, season),
    naive2: (training) => forecastNaive2(training, horizon, season),
  };
  const forecast = methods[method];
  if (!forecast) throw new Error(`unknown method ${method}`);
  const [group, naive2] = [score(forecast), score(methods.naive2 as typeof forecast)];
  const tol = vector.tol;
  expect(Math.abs(group.smape - Number(vector.expected.smape))).toBeLessThanOrEqual(tol);
  expect(Math.abs(group.mase - Number(vector.expected.mase))).toBeLessThanOrEqual(tol);
  expect(Math.abs(measureOwa(group, naive2) - Number(vector.expected.owa))).toBeLessThanOrEqual(tol);
});

function earlyStopping({ p, c, d }: Given): { quantile: number; confidence: number; tolerance: number } {
  return { quantile: p ?? 0, confidence: c ?? 0, tolerance: d ?? 0 };
}

function readCases({ y, score }: Vector["input"]): { positive: boolean; score: number }[] {
  return (y as number[]).map((label, at) => ({ positive: label === 1, score: (score as number[])[at] ?? 0 }));
}

function readSeries(path: string): Map<string, number[]> | null {
  if (!existsSync(path)) return null;
  const text = gunzipSync(readFileSync(path)).toString("utf8");
  return new Map(
    text
      .split("\n")
      .filter((line) => /^[A-Z]\d+,/.test(line))
      .map((line) => {
        const [name = "", ...values] = line.split(",");
        return [name, values.filter((value) => value.trim() !== "").map(Number)];
      }),
  );
}
