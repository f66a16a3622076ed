import { boundMean, type ScoreRange } from "#server/benchmark/bound-mean.ts";
import { chanceMeanAtMost, type ScoreGroup } from "#server/benchmark/chance-of-mean.ts";
import { quantileOfNormal } from "#server/benchmark/quantile-of-normal.ts";

export type MeanTarget = { comparison: "gt" | "lt"; value: number };

export type MeanJudgement = {
  verdict: "pass" | "fail" | "inconclusive";
  mean: number;
  low: number;
  high: number;
  groups: number;
  questions: number;
  /** So many more questions tell it four times in five, if what was seen is the truth; null where none would. */
  moreQuestions: number | null;
};

/**
 * Is the true mean above (or under) the target? Strict: a mean equal to it misses it. Chosen by simulated coverage over
 * the percentile bootstrap and Student's t, which pass a mean exactly on its target up to half of the time near the end
 * of the scale, and over Hoeffding's and Chernoff's bounds, which never do but need several times the questions.
 */
export function judgeMean(
  groups: readonly ScoreGroup[],
  range: ScoreRange,
  target: MeanTarget,
  alpha: number,
): MeanJudgement {
  const questions = groups.reduce((sum, group) => sum + group.size, 0);
  const mean = groups.reduce((sum, group) => sum + group.sum, 0) / questions;
  const above = chanceMeanAtMost(groups, target.value, range.least) < alpha;
  const under = 1 - chanceMeanAtMost(groups, target.value, range.most) < alpha;
  const verdict = above === under ? "inconclusive" : above === (target.comparison === "gt") ? "pass" : "fail";
  return {
    verdict,
    mean,
    ...boundMean(groups, range, alpha),
    groups: groups.length,
    questions,
    moreQuestions: verdict === "inconclusive" ? needQuestions(groups, mean, range, target.value, alpha) : 0,
  };
}

const POWER = 0.8;
/** Past this nobody asks so many questions. */
const MOST_GROUPS = 1e6;

/** The gap must hold both normal quantiles of the spread and the pull of the one unseen group. */
function needQuestions(
  groups: readonly ScoreGroup[],
  mean: number,
  { least, most }: ScoreRange,
  target: number,
  alpha: number,
): number | null {
  const questions = groups.reduce((sum, group) => sum + group.size, 0);
  const perGroup = questions / groups.length;
  const gap = Math.abs(mean - target);
  if (gap === 0) return null;
  const spread = Math.sqrt(
    groups.reduce((sum, group) => sum + ((group.sum - mean * group.size) / perGroup) ** 2, 0) / groups.length,
  );
  const pull = mean > target ? mean - least : most - mean;
  const reach = (quantileOfNormal(1 - alpha) + quantileOfNormal(POWER)) * spread;
  // gap = reach / sqrt(n) + pull / (n + 1) solved for the root of n, with n + 1 taken as n.
  const root = (reach + Math.sqrt(reach * reach + 4 * gap * pull)) / (2 * gap);
  // So many groups with the best score possible are the fewest that show anything.
  const room = mean > target ? (target - least) / (most - least) : (most - target) / (most - least);
  const fewest = room > 0 && room < 1 ? Math.ceil(Math.log(alpha) / Math.log(room)) : 1;
  const needed = Math.max(fewest, Math.ceil(root * root));
  return needed > MOST_GROUPS ? null : Math.max(1, Math.ceil((needed - groups.length) * perGroup));
}
