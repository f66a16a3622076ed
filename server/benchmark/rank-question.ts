import type { QuestionRecord } from "#server/benchmark/rag-schema.ts";

export type Ranking = { precision: number; recall: number; reciprocalRank: number; ndcg: number };

/**
 * trec_eval conventions: precision divides by k even when fewer documents came back, recall by all gold documents,
 * gain is 1 for a gold document and the discount is log2(rank + 1).
 * Null where no document is gold: such a question is left out of the means, never counted as zero.
 */
export function rankQuestion(
  question: Pick<QuestionRecord, "retrieved" | "relevant">,
  k: number,
): Ranking | null {
  const gold = new Set(question.relevant);
  if (gold.size === 0) return null;
  let hits = 0;
  let gain = 0;
  let firstRank = 0;
  question.retrieved.slice(0, k).forEach((document, at) => {
    if (!gold.has(document)) return;
    hits += 1;
    gain += 1 / Math.log2(at + 2);
    if (firstRank === 0) firstRank = at + 1;
  });
  let idealGain = 0;
  for (let at = 0; at < Math.min(gold.size, k); at += 1) idealGain += 1 / Math.log2(at + 2);
  return {
    precision: hits / k,
    recall: hits / gold.size,
    reciprocalRank: firstRank === 0 ? 0 : 1 / firstRank,
    ndcg: gain / idealGain,
  };
}
