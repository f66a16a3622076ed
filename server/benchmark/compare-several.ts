import { adjustHolm, splitAlpha } from "#server/benchmark/adjust-levels.ts";
import {
  type ComparedQuestions,
  type ComparedRuns,
  compareReports,
  type ReportComparison,
} from "#server/benchmark/compare-reports.ts";

type Adjusted<Compared extends ComparedRuns | ComparedQuestions> = Compared & {
  /** By Holm over every figure of every run that is compared; told only where it is at most the level of all. */
  pAdjusted: number;
};

export type SeveralComparison = Omit<ReportComparison, "runs" | "questions"> & {
  runs: Adjusted<ComparedRuns>[];
  questions: Adjusted<ComparedQuestions>[];
};

type Comparable = Parameters<typeof compareReports>[0];

/**
 * The first report against each other one. With several figures and several runs one of them differs by chance, so a
 * change is told only where it holds after Holm's adjustment over all of them; the intervals share their level by runs.
 * `alpha` is one-sided.
 */
export function compareSeveral(
  base: Comparable,
  others: readonly Comparable[],
  alpha: number,
): SeveralComparison[] {
  const compared = others.map((other) => compareReports(base, other, splitAlpha(alpha, others.length)));
  const figures = compared.flatMap(({ runs, questions }) => [...runs, ...questions]);
  const adjusted = new Map<ComparedRuns | ComparedQuestions, number>();
  adjustHolm(figures.map(({ p }) => p)).forEach((p, at) => {
    const figure = figures[at];
    if (figure !== undefined) adjusted.set(figure, p);
  });
  return compared.map(({ runs, questions, ...rest }) => ({
    ...rest,
    runs: runs.map(holdBack),
    questions: questions.map(holdBack),
  }));

  function holdBack<Compared extends ComparedRuns | ComparedQuestions>(figure: Compared): Adjusted<Compared> {
    const pAdjusted = adjusted.get(figure) ?? 1;
    // p is two-sided, alpha one-sided.
    const isChance = (figure.change === "better" || figure.change === "worse") && pAdjusted > 2 * alpha;
    return { ...figure, pAdjusted, ...(isChance ? { change: "untold" } : {}) };
  }
}
