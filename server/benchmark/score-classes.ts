export type ClassCounts = {
  truePositives: number;
  falsePositives: number;
  falseNegatives: number;
  trueNegatives: number;
};

export type ClassScores = { precision: number; recall: number; f1: number; accuracy: number };

/** Precision, recall and F1 are 0 where their denominator is: a model that never alarms must not look good. */
export function scoreCounts(counts: ClassCounts): ClassScores {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = counts;
  const all = truePositives + falsePositives + falseNegatives + trueNegatives;
  return {
    precision: divide(truePositives, truePositives + falsePositives),
    recall: divide(truePositives, truePositives + falseNegatives),
    f1: divide(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives),
    accuracy: divide(truePositives + trueNegatives, all),
  };
}

export type ScoredCase = { positive: boolean; score: number };

/** Area under the ROC curve: the chance that a positive case scores higher than a negative one, ties as a half. */
export function measureRocAuc(cases: readonly ScoredCase[]): number | null {
  const positives = cases.filter((one) => one.positive).length;
  const negatives = cases.length - positives;
  if (positives === 0 || negatives === 0) return null;
  let below = 0;
  let pairs = 0;
  for (const tied of groupTies(cases).toReversed()) {
    const right = tied.filter((one) => one.positive).length;
    pairs += right * (below + (tied.length - right) / 2);
    below += tied.length - right;
  }
  return pairs / (positives * negatives);
}

/**
 * PR-AUC as step-wise average precision: no line is drawn between points, which would promise what no threshold keeps.
 * Cases with the same score enter together, so that their order in the file changes nothing.
 */
export function measureAveragePrecision(cases: readonly ScoredCase[]): number | null {
  const positives = cases.filter((one) => one.positive).length;
  if (positives === 0) return null;
  let found = 0;
  let seen = 0;
  let area = 0;
  for (const tied of groupTies(cases)) {
    const right = tied.filter((one) => one.positive).length;
    found += right;
    seen += tied.length;
    area += (right / positives) * (found / seen);
  }
  return area;
}

/** Precision and recall when only the `budget` highest scores can be looked at; ties stay in the order they came. */
export function spendAlertBudget(
  cases: readonly ScoredCase[],
  budget: number,
): { precision: number; recall: number } {
  const caught = cases
    .toSorted((a, b) => b.score - a.score)
    .slice(0, budget)
    .filter((one) => one.positive).length;
  return {
    precision: divide(caught, budget),
    recall: divide(caught, cases.filter((one) => one.positive).length),
  };
}

function groupTies(cases: readonly ScoredCase[]): ScoredCase[][] {
  const groups: ScoredCase[][] = [];
  for (const one of cases.toSorted((a, b) => b.score - a.score)) {
    const last = groups.at(-1);
    if (last?.[0]?.score === one.score) last.push(one);
    else groups.push([one]);
  }
  return groups;
}

function divide(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
