import type { ScoreGroup } from "#server/benchmark/chance-of-mean.ts";
import { groupByDocument, type ScoredQuestion } from "#server/benchmark/group-questions.ts";
import type { RagReport } from "#server/benchmark/rag-schema.ts";
import { type Ranking, rankQuestion } from "#server/benchmark/rank-question.ts";
import type { MetricName } from "#server/scaffold/schema.ts";

export type ScoreMetric = Extract<MetricName, "precision_at_k" | "recall_at_k" | "mrr" | "ndcg_at_k">;

const SCORES: Record<ScoreMetric, (ranking: Ranking) => number> = {
  precision_at_k: (ranking) => ranking.precision,
  recall_at_k: (ranking) => ranking.recall,
  mrr: (ranking) => ranking.reciprocalRank,
  ndcg_at_k: (ranking) => ranking.ndcg,
};

/** The scores behind a mean of the report, by document; questions without gold documents are in no mean. */
export function scoreQuestions(
  report: Pick<RagReport, "questions" | "config">,
  metric: ScoreMetric,
): ScoreGroup[] {
  return groupByDocument(
    report.questions.flatMap((question): ScoredQuestion[] => {
      const ranking = rankQuestion(question, report.config.retrieval.k);
      return ranking === null ? [] : [{ relevant: question.relevant, score: SCORES[metric](ranking) }];
    }),
  );
}

/** Whether the rule's answers were right, by document. */
export function scoreAnswers(questions: RagReport["questions"]): ScoreGroup[] {
  return groupByDocument(
    questions.flatMap(({ relevant, correct }) =>
      correct === null ? [] : [{ relevant, score: correct ? 1 : 0 }],
    ),
  );
}
