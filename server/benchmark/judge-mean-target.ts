import type { ScoreRange } from "#server/benchmark/bound-mean.ts";
import type { ScoreGroup } from "#server/benchmark/chance-of-mean.ts";
import { judgeMean, type MeanJudgement } from "#server/benchmark/judge-mean.ts";
import { leaveOpen } from "#server/benchmark/leave-open.ts";
import { priceQuestions } from "#server/benchmark/price-questions.ts";
import type { RagReport } from "#server/benchmark/rag-schema.ts";
import type { Judgement } from "#server/benchmark/schema.ts";
import { type ScoreMetric, scoreQuestions } from "#server/benchmark/score-questions.ts";
import { sayRoom } from "#server/messages/say.ts";
import type { Target } from "#server/scaffold/schema.ts";

const say = sayRoom("benchmark");

const SHARE: ScoreRange = { least: 0, most: 1 };

/** Under so many answers the dearest one seen says too little about the dearest there is (simulated token counts). */
export const LEAST_PRICED_ANSWERS = 20;

/** The mean of a score per question, counted by document. */
export function judgeScoreTarget(
  report: RagReport,
  metric: ScoreMetric,
  target: Target,
  alpha: number,
): Judgement {
  const groups = scoreQuestions(report, metric);
  if (groups.length === 0) return leaveOpen(0, say("reason.noneWithGold"));
  if (target.value <= 0 || target.value >= 1) return leaveOpen(countOf(groups), say("reason.targetShare"));
  return tellMean(judgeMean(groups, SHARE, target, alpha), target, alpha, (share) => share.toFixed(3));
}

/**
 * The mean cost of an answer. A cost has no upper end, so the dearest answer seen stands for the one that was not; with
 * token counts as skewed as those of language models a mean on its target then passes at most one time in fifteen.
 */
export function judgeCostTarget(report: RagReport, target: Target, alpha: number): Judgement {
  const { usdPerMillionTokensIn, usdPerMillionTokensOut } = report.config.answer;
  if (usdPerMillionTokensIn === null || usdPerMillionTokensOut === null) {
    return leaveOpen(report.usage.answers, say("reason.noPrice"));
  }
  const priced = priceQuestions(report);
  if (priced === null) return leaveOpen(report.usage.answers, say("reason.noTokens"));
  if (countOf(priced.groups) < LEAST_PRICED_ANSWERS) {
    return {
      ...leaveOpen(countOf(priced.groups), say("reason.fewAnswers", { least: String(LEAST_PRICED_ANSWERS) })),
      needs: { questions: LEAST_PRICED_ANSWERS - countOf(priced.groups) },
    };
  }
  const judged = judgeMean(priced.groups, { least: 0, most: priced.most }, target, alpha);
  return tellMean(judged, target, alpha, (usd) => `${Number(usd.toPrecision(4))} USD`);
}

/** A judged mean in words, with the figures as `write` prints them. */
export function tellMean(
  judged: MeanJudgement,
  { comparison, value }: Pick<Target, "comparison" | "value">,
  alpha: number,
  write: (figure: number) => string,
): Judgement {
  const seen = say("reason.meanSeen", {
    mean: write(judged.mean),
    questions: String(judged.questions),
    count: judged.groups,
    documents: String(judged.groups),
  });
  const above = (judged.verdict === "pass") === (comparison === "gt");
  const sides = { seen, confidence: percent(1 - alpha), side: comparison, target: write(value) };
  if (judged.verdict !== "inconclusive") {
    const bound = above ? judged.low : judged.high;
    const reason = say(above ? "reason.meanAbove" : "reason.meanUnder", { ...sides, bound: write(bound) });
    return { verdict: judged.verdict, reason, bound, n: judged.questions, needs: {} };
  }
  const more = judged.moreQuestions;
  const needed =
    more === null
      ? say("reason.meanNoneTells")
      : say("reason.meanTells", { more: String(more), mean: write(judged.mean) });
  return {
    verdict: "inconclusive",
    reason: say("reason.meanOpen", { ...sides, low: write(judged.low), high: write(judged.high), needed }),
    bound: comparison === "gt" ? judged.low : judged.high,
    n: judged.questions,
    needs: more === null ? {} : { questions: more },
  };
}

function countOf(groups: readonly ScoreGroup[]): number {
  return groups.reduce((sum, group) => sum + group.size, 0);
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1))} %`;
}
