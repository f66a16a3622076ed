import type { ScoreGroup } from "#server/benchmark/chance-of-mean.ts";

export type ScoredQuestion = { relevant: readonly string[]; score: number };

/**
 * Questions asked of one document are right or wrong together, so they count as one group. The document is the first
 * gold one in the order of the data set; a question without any stands alone. All documents that share a question would
 * be the stricter rule, but on sets with many gold documents a question it makes one group of everything.
 */
export function groupByDocument(questions: readonly ScoredQuestion[]): ScoreGroup[] {
  const groups = new Map<string, ScoreGroup>();
  questions.forEach(({ relevant, score }, at) => {
    const [document] = relevant;
    const key = document === undefined ? `alone ${at}` : `document ${document}`;
    const group = groups.get(key) ?? { sum: 0, size: 0 };
    groups.set(key, { sum: group.sum + score, size: group.size + 1 });
  });
  return [...groups.values()];
}
