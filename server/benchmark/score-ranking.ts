export type RankingScores = {
  precision: number;
  recall: number;
  reciprocalRank: number;
  averagePrecision: number;
  ndcg: number;
  /** With the gain 2^grade - 1; equal to `ndcg` where every gold document has grade 1. */
  ndcgExponential: number;
  hit: number;
};

/**
 * One ranking against graded gold documents, cut at k, by the conventions of trec_eval: precision divides by k even
 * when fewer came back, recall and average precision by all gold documents, gain is the grade, the discount
 * log2(rank + 1), and a grade of 0 or less is no gold. Null where nothing is gold: such a question belongs in no mean.
 */
export function scoreRanking(
  retrieved: readonly string[],
  grades: Readonly<Record<string, number>>,
  k: number,
): RankingScores | null {
  const ideal = Object.values(grades)
    .filter((grade) => grade > 0)
    .sort((a, b) => b - a);
  if (ideal.length === 0) return null;
  // A name such as "constructor" must not find a grade that nobody gave.
  const gradeOf = (id: string) => (Object.hasOwn(grades, id) ? Math.max(0, grades[id] ?? 0) : 0);
  const found = retrieved.slice(0, k).map(gradeOf);
  let hits = 0;
  let precisions = 0;
  found.forEach((grade, at) => {
    if (grade === 0) return;
    hits += 1;
    precisions += hits / (at + 1);
  });
  const first = found.findIndex((grade) => grade > 0);
  return {
    precision: hits / k,
    recall: hits / ideal.length,
    reciprocalRank: first < 0 ? 0 : 1 / (first + 1),
    averagePrecision: precisions / ideal.length,
    ndcg: sumGains(found, (grade) => grade) / sumGains(ideal.slice(0, k), (grade) => grade),
    ndcgExponential: sumGains(found, raise) / sumGains(ideal.slice(0, k), raise),
    hit: hits > 0 ? 1 : 0,
  };
}

function raise(grade: number): number {
  return 2 ** grade - 1;
}

function sumGains(grades: readonly number[], gain: (grade: number) => number): number {
  return grades.reduce((sum, grade, at) => sum + gain(grade) / Math.log2(at + 2), 0);
}
