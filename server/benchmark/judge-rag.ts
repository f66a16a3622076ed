import { groupByRun } from "#server/benchmark/group-requests.ts";
import { judgeErrorShare } from "#server/benchmark/judge-latency.ts";
import { judgeLatencyTarget } from "#server/benchmark/judge-latency-target.ts";
import { judgeMean } from "#server/benchmark/judge-mean.ts";
import { judgeCostTarget, judgeScoreTarget } from "#server/benchmark/judge-mean-target.ts";
import { judgeProportion } from "#server/benchmark/judge-proportion.ts";
import { judgeRateTarget } from "#server/benchmark/judge-rate-target.ts";
import { leaveOpen } from "#server/benchmark/leave-open.ts";
import type { RagReport } from "#server/benchmark/rag-schema.ts";
import type { Judgement } from "#server/benchmark/schema.ts";
import { scoreAnswers } from "#server/benchmark/score-questions.ts";
import { sayRoom } from "#server/messages/say.ts";
import type { RagMetric } from "#server/scaffold/rag-schema.ts";
import type { Target } from "#server/scaffold/schema.ts";

const say = sayRoom("benchmark");

/** How each quantity of a RAG report is judged, from its raw records. */
export const RAG_JUDGES: Record<RagMetric, (report: RagReport, target: Target, alpha: number) => Judgement> =
  {
    answer_accuracy: (report, target, alpha) => {
      const judged = report.questions.filter((question) => question.correct !== null);
      return judgeShareTarget(judged, target, alpha, say("reason.noneJudged"));
    },
    refusal_accuracy: (report, target, alpha) => {
      const toRefuse = report.questions.filter((question) => question.rule === "must_refuse");
      return judgeShareTarget(toRefuse, target, alpha, say("reason.noneToRefuse"));
    },
    precision_at_k: (report, target, alpha) => judgeScoreTarget(report, "precision_at_k", target, alpha),
    recall_at_k: (report, target, alpha) => judgeScoreTarget(report, "recall_at_k", target, alpha),
    mrr: (report, target, alpha) => judgeScoreTarget(report, "mrr", target, alpha),
    ndcg_at_k: (report, target, alpha) => judgeScoreTarget(report, "ndcg_at_k", target, alpha),
    latency_p50_ms: (report, target, alpha) => judgeLatencyTarget(report, target, 0.5, alpha),
    latency_p95_ms: (report, target, alpha) => judgeLatencyTarget(report, target, 0.95, alpha),
    latency_p99_ms: (report, target, alpha) => judgeLatencyTarget(report, target, 0.99, alpha),
    error_share: judgeErrorTarget,
    throughput_rps: judgeRateTarget,
    usd_per_1k: judgeCostTarget,
  };

function judgeShareTarget(
  questions: RagReport["questions"],
  target: Target,
  alpha: number,
  whenEmpty: string,
): Judgement {
  if (questions.length === 0) return leaveOpen(0, whenEmpty);
  if (target.comparison === "lt" || target.value <= 0 || target.value >= 1) {
    return leaveOpen(questions.length, say("reason.targetToExceed"));
  }
  const correct = questions.filter((question) => question.correct === true).length;
  const judged = judgeProportion({ correct, outOf: questions.length, target: target.value }, alpha);
  return warnByDocument(judged, questions, target, alpha);
}

/** The verdict counts questions; where the same count by document would not show it, the reason says so. */
function warnByDocument(
  judged: Judgement,
  questions: RagReport["questions"],
  target: Target,
  alpha: number,
): Judgement {
  if (judged.verdict === "inconclusive") return judged;
  const groups = scoreAnswers(questions);
  if (groups.length === questions.length) return judged;
  const byDocument = judgeMean(groups, { least: 0, most: 1 }, target, alpha);
  if (byDocument.verdict === judged.verdict) return judged;
  const documents = String(groups.length);
  return {
    ...judged,
    reason: say("reason.byDocument", { reason: judged.reason, documents, count: groups.length }),
  };
}

function judgeErrorTarget(report: RagReport, target: Target, alpha: number): Judgement {
  if (report.requests.length === 0) return leaveOpen(0, say("reason.noRequest"));
  if (target.comparison === "gt" || target.value <= 0 || target.value >= 1) {
    return leaveOpen(report.requests.length, say("reason.targetToStayUnder"));
  }
  const runs = groupByRun(report.requests).map((run) => run.map((request) => request.status !== "ok"));
  return judgeErrorShare(runs, target.value, alpha);
}
