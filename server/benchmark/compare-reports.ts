import { boundMean } from "#server/benchmark/bound-mean.ts";
import { lowerBound, upperBound } from "#server/benchmark/bound-proportion.ts";
import { comparePaired } from "#server/benchmark/compare-paired.ts";
import { comparePairedRuns } from "#server/benchmark/compare-paired-runs.ts";
import { compareRuns, type RunComparison } from "#server/benchmark/compare-runs.ts";
import { groupByRun } from "#server/benchmark/group-requests.ts";
import { pickPercentile } from "#server/benchmark/pick-percentile.ts";
import type { RagReport } from "#server/benchmark/rag-schema.ts";
import { rankQuestion } from "#server/benchmark/rank-question.ts";
import { rateRuns } from "#server/benchmark/rate-runs.ts";
import { latencyFromScheduleMs, recomputeMetrics } from "#server/benchmark/recompute-metrics.ts";
import { chanceAtMost } from "#server/benchmark/sum-binomial.ts";
import { toCanonicalJson } from "#server/scaffold/canonical-json.ts";

/** Seen from the reader: worse is slower, dearer, or more often wrong. */
export type Change = "better" | "worse" | "none" | "untold";

/** Figures of each drained run, as a ratio after / before. */
export type ComparedRuns = {
  metric: "latency_p50_ms" | "latency_p95_ms" | "throughput_rps";
  before: number;
  after: number;
  ratio: number;
  low: number | null;
  high: number | null;
  p: number;
  runs: number;
  isPaired: boolean;
  change: Change;
};

/** The same questions under both, as a difference after - before between 0 and 1. */
export type ComparedQuestions = {
  metric: "answer_accuracy" | "ndcg_at_k";
  before: number;
  after: number;
  difference: number;
  low: number;
  high: number;
  p: number;
  pairs: number;
  /** Right only after, and right only before; of scores: higher and lower. */
  gained: number;
  lost: number;
  change: Change;
};

export type Sameness = {
  questions: boolean;
  /** Seed, arrivals, rate, runs and requests: each request has a twin. */
  schedule: boolean;
  machine: boolean;
  /** Configuration keys that differ, such as `retrieval.k`. */
  settings: string[];
};

export type ReportComparison = {
  same: Sameness;
  runs: ComparedRuns[];
  questions: ComparedQuestions[];
};

/** Differences under two points of a hundred are real at times and matter to nobody. */
export const PRACTICAL_POINTS = 0.02;

/**
 * What changed from one run to another. Runs are paired where the schedule is the same, questions where the data is;
 * `alpha` is one-sided and to be split by whoever compares several runs with one.
 */
export function compareReports(before: RagReport, after: RagReport, alpha = 0.05): ReportComparison {
  const same = findSameness(before, after);
  return {
    same,
    runs: (["latency_p50_ms", "latency_p95_ms", "throughput_rps"] as const).flatMap((metric) => {
      const [old, now] = [rate(before, metric), rate(after, metric)];
      const isPaired = same.schedule && old.length === now.length;
      const compared = isPaired ? comparePairedRuns(old, now, alpha) : compareRuns(old, now, alpha);
      const [b, a] = [recomputeMetrics(before)[metric].value, recomputeMetrics(after)[metric].value];
      if (compared === null || b === null || a === null || now.some((value) => !Number.isFinite(value))) {
        return [];
      }
      const { ratio, low, high, pTwoSided } = compared;
      const runs = Math.min(old.length, now.length);
      const change = turn(compared.change, metric === "throughput_rps");
      return [{ metric, before: b, after: a, ratio, low, high, p: pTwoSided, runs, isPaired, change }];
    }),
    questions: same.questions
      ? [compareAnswers(before, after, alpha), compareRanking(before, after, alpha)].filter(
          (compared) => compared !== null,
        )
      : [],
  };
}

function findSameness(before: RagReport, after: RagReport): Sameness {
  const { workload: old, data: _, targets: __, projectId: ___, title: ____, ...rest } = before.config;
  const { workload: now, data: _d, targets: _t, projectId: _p, title: _i, ...others } = after.config;
  return {
    questions: before.fingerprint.dataSha256 === after.fingerprint.dataSha256,
    schedule:
      toCanonicalJson(old) === toCanonicalJson(now) &&
      before.requests.length === after.requests.length &&
      before.requests.every((request, at) => request.questionId === after.requests[at]?.questionId),
    machine: (["cpu", "cores", "memoryBytes", "gpu", "device"] as const).every(
      (key) => before.fingerprint[key] === after.fingerprint[key],
    ),
    settings: listDifferences({ ...rest, workload: old }, { ...others, workload: now }),
  };
}

function listDifferences(old: unknown, now: unknown, path = ""): string[] {
  if (isObject(old) && isObject(now)) {
    const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
    return keys.flatMap((key) => listDifferences(old[key], now[key], path === "" ? key : `${path}.${key}`));
  }
  return toCanonicalJson(old ?? null) === toCanonicalJson(now ?? null) ? [] : [path];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** One figure a run; infinite where the percentile falls on a request without an answer. */
function rate(report: RagReport, metric: ComparedRuns["metric"]): number[] {
  if (metric === "throughput_rps") return rateRuns(report).map(({ answered, seconds }) => answered / seconds);
  const quantile = metric === "latency_p50_ms" ? 0.5 : 0.95;
  return groupByRun(report.requests).map(
    (run) => pickPercentile(run.map(latencyFromScheduleMs), quantile) ?? Number.NaN,
  );
}

function turn(change: RunComparison["change"], largerIsBetter: boolean): Change {
  if (change === "none" || change === "untold") return change;
  return (change === "larger") === largerIsBetter ? "better" : "worse";
}

/** Exact test of the questions that changed sides (McNemar). */
function compareAnswers(before: RagReport, after: RagReport, alpha: number): ComparedQuestions | null {
  const old = new Map(before.questions.map((question) => [question.id, question.correct]));
  const pairs = after.questions.flatMap(({ id, correct: now }) => {
    const then = old.get(id) ?? null;
    return then === null || now === null ? [] : [{ then, now }];
  });
  if (pairs.length === 0) return null;
  const gained = pairs.filter(({ then, now }) => now && !then).length;
  const lost = pairs.filter(({ then, now }) => then && !now).length;
  const [n, changed] = [pairs.length, gained + lost];
  // Each end from two exact bounds at half the level: it holds whatever share of the questions changes sides.
  const bound = (count: number) => ({
    low: lowerBound(count, n, alpha / 2),
    high: upperBound(count, n, alpha / 2),
  });
  const [low, high] = [bound(gained).low - bound(lost).high, bound(gained).high - bound(lost).low];
  return {
    metric: "answer_accuracy",
    before: pairs.filter(({ then }) => then).length / n,
    after: pairs.filter(({ now }) => now).length / n,
    difference: (gained - lost) / n,
    low,
    high,
    p: Math.min(1, 2 * chanceAtMost(Math.min(gained, lost), changed, 0.5)),
    pairs: n,
    gained,
    lost,
    change: nameDifference(low, high),
  };
}

function compareRanking(before: RagReport, after: RagReport, alpha: number): ComparedQuestions | null {
  const score = (report: RagReport) =>
    new Map(report.questions.map((one) => [one.id, rankQuestion(one, report.config.retrieval.k)?.ndcg]));
  const [old, now] = [score(before), score(after)];
  const pairs = [...old].flatMap(([id, then]) => {
    const later = now.get(id);
    return then === undefined || later === undefined ? [] : [{ then, later }];
  });
  const n = pairs.length;
  if (n === 0) return null;
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / n;
  const differences = pairs.map(({ then, later }) => later - then);
  const { low, high } = boundMean(
    differences.map((sum) => ({ sum, size: 1 })),
    { least: -1, most: 1 },
    alpha,
  );
  return {
    metric: "ndcg_at_k",
    before: mean(pairs.map(({ then }) => then)),
    after: mean(pairs.map(({ later }) => later)),
    difference: mean(differences),
    low,
    high,
    p: comparePaired(
      pairs.map(({ later }) => later),
      pairs.map(({ then }) => then),
    ).p,
    pairs: n,
    gained: differences.filter((one) => one > 0).length,
    lost: differences.filter((one) => one < 0).length,
    change: nameDifference(low, high),
  };
}

function nameDifference(low: number, high: number): Change {
  if (low > PRACTICAL_POINTS) return "better";
  if (high < -PRACTICAL_POINTS) return "worse";
  return low >= -PRACTICAL_POINTS && high <= PRACTICAL_POINTS ? "none" : "untold";
}
