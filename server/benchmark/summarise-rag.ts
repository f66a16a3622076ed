import { type BandPoint, bandLatency } from "#server/benchmark/band-latency.ts";
import { lowerBound, upperBound } from "#server/benchmark/bound-proportion.ts";
import { boundVerdict, type Interval } from "#server/benchmark/bound-verdict.ts";
import { groupByRun } from "#server/benchmark/group-requests.ts";
import { measureUtilisation } from "#server/benchmark/measure-utilisation.ts";
import { pickPercentile } from "#server/benchmark/pick-percentile.ts";
import type { QuestionRecord, RagFigure, RagReport } from "#server/benchmark/rag-schema.ts";
import { latencyFromScheduleMs } from "#server/benchmark/recompute-metrics.ts";
import type { Verdict } from "#server/benchmark/schema.ts";
import { type SealedPlan, sealPlan } from "#server/benchmark/seal-plan.ts";
import { sayRoom } from "#server/messages/say.ts";

const say = sayRoom("benchmark");

/** A point of a cumulative curve: this share of the requests was done after this long. */
export type CurvePoint = { ms: number; share: number };

/** Right of judged with the one-sided bound at each end; `unjudged` are questions the rule has no opinion on. */
export type BoundShare = {
  tag: string;
  correct: number;
  outOf: number;
  unjudged: number;
  low: number;
  high: number;
};

export type MissClass = NonNullable<QuestionRecord["errorClass"]> | "unclassified";

/** What a page draws of a report: everything but the raw records, which stay on the server. */
export type RagPicture = {
  kind: "rag";
  header: Pick<
    RagReport,
    | "runId"
    | "templateVersion"
    | "modified"
    | "preset"
    | "startedAt"
    | "finishedAt"
    | "outcome"
    | "fingerprint"
    | "data"
    | "notRun"
    | "configSha256"
    | "stages"
    | "usage"
  >;
  /** What was going to be judged how, and its seal: it follows from what stood before the run. */
  sealed: { plan: SealedPlan; sha256: string };
  workload: RagReport["config"]["workload"];
  retrieval: RagReport["config"]["retrieval"];
  answerMode: RagReport["config"]["answer"]["mode"];
  metrics: RagFigure[];
  intervals: (Interval | null)[];
  band: BandPoint[];
  load: {
    requests: number;
    failed: number;
    utilisation: number | null;
    dispatchP99Ms: number | null;
    pooled: CurvePoint[];
    runs: CurvePoint[][];
    /** Where the curve leaves the drawing: the slowest answered request, null when none was answered. */
    slowestMs: number | null;
  };
  /** All judged questions, then each tag. */
  all: BoundShare;
  tags: BoundShare[];
  misses: { errorClass: MissClass; count: number }[];
};

/** Enough for a smooth curve at the width of the sheet; a percentile is read off the verdict, not off the picture. */
const POOLED_POINTS = 200;
const RUN_POINTS = 60;
/** 90 % two-sided: each end is the one-sided 95 % bound that a verdict would use. */
const TAG_ALPHA = 0.05;

export function summariseRag(report: RagReport, verdicts: readonly Verdict[]): RagPicture {
  const runs = groupByRun(report.requests).map((run) => run.map(latencyFromScheduleMs));
  const all = runs.flat();
  const answered = all.filter(Number.isFinite);
  return {
    kind: report.kind,
    header: pickHeader(report),
    sealed: sealPlan({
      preset: report.preset,
      configSha256: report.configSha256,
      config: report.config,
      questions: report.data.questions,
    }),
    workload: report.config.workload,
    retrieval: report.config.retrieval,
    answerMode: report.config.answer.mode,
    metrics: report.metrics,
    intervals: verdicts.map((verdict) => boundVerdict(report, verdict)),
    band: bandLatency(report),
    load: {
      requests: all.length,
      failed: all.length - answered.length,
      utilisation: measureUtilisation(report),
      dispatchP99Ms: pickPercentile(
        report.requests.map((request) => request.sentMs - request.scheduledMs),
        0.99,
      ),
      pooled: drawCurve(all, POOLED_POINTS),
      runs: runs.map((run) => drawCurve(run, RUN_POINTS)),
      slowestMs: answered.length === 0 ? null : answered.reduce((most, ms) => Math.max(most, ms), 0),
    },
    all: boundShare(say("accuracy.allJudged"), report.questions),
    tags: boundTags(report.questions),
    misses: countMisses(report),
  };
}

function pickHeader(report: RagReport): RagPicture["header"] {
  const { runId, templateVersion, modified, preset, startedAt, finishedAt, outcome } = report;
  const { fingerprint, data, notRun, configSha256, stages, usage } = report;
  return {
    runId,
    templateVersion,
    modified,
    preset,
    startedAt,
    finishedAt,
    outcome,
    fingerprint,
    data,
    notRun,
    configSha256,
    stages,
    usage,
  };
}

/** Cumulative over all requests, so that a curve with errors ends under 100 %. */
function drawCurve(latencies: readonly number[], points: number): CurvePoint[] {
  const sorted = latencies.filter(Number.isFinite).sort((a, b) => a - b);
  const step = Math.max(1, Math.ceil(sorted.length / points));
  const kept = sorted.flatMap((ms, at) =>
    at % step === 0 || at === sorted.length - 1 ? [{ ms, share: (at + 1) / latencies.length }] : [],
  );
  const [first] = sorted;
  return first === undefined ? [] : [{ ms: first, share: 0 }, ...kept];
}

function boundTags(questions: RagReport["questions"]): BoundShare[] {
  const names = [...new Set(questions.map((question) => question.tag))];
  return names.map((tag) =>
    boundShare(
      tag,
      questions.filter((question) => question.tag === tag),
    ),
  );
}

function boundShare(tag: string, questions: RagReport["questions"]): BoundShare {
  const judged = questions.filter((question) => question.correct !== null);
  const correct = judged.filter((question) => question.correct).length;
  const outOf = judged.length;
  return {
    tag,
    correct,
    outOf,
    unjudged: questions.length - outOf,
    low: outOf === 0 ? 0 : lowerBound(correct, outOf, TAG_ALPHA),
    high: outOf === 0 ? 1 : upperBound(correct, outOf, TAG_ALPHA),
  };
}

function countMisses(report: RagReport): RagPicture["misses"] {
  const counts = new Map<MissClass, number>();
  for (const { correct, errorClass } of report.questions) {
    if (correct === false)
      counts.set(errorClass ?? "unclassified", (counts.get(errorClass ?? "unclassified") ?? 0) + 1);
  }
  return [...counts].map(([errorClass, count]) => ({ errorClass, count })).sort((a, b) => b.count - a.count);
}
