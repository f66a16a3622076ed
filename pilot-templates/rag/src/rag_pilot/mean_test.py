"""What a mean over questions proves: an exact test by document. The same rule as the app's, to nine digits."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtri

from rag_pilot.exact_tests import Outcome

Comparison = Literal["gt", "lt"]
# Under so many answers the dearest one seen says too little about the dearest there is.
LEAST_PRICED_ANSWERS = 20
POWER = 0.8
MOST_GROUPS = 1_000_000


@dataclass(frozen=True)
class ScoreGroup:
    """Questions of one document: the sum of their scores and how many."""

    sum: float
    size: int


@dataclass(frozen=True)
class MeanJudgement:
    verdict: Outcome
    mean: float
    low: float
    high: float
    groups: int
    questions: int
    more_questions: int | None


def group_by_document(scored: Iterable[tuple[Sequence[str], float]]) -> list[ScoreGroup]:
    """(gold documents, score) a question; the first gold document names its group, none stands alone."""
    groups: dict[tuple[str, str], ScoreGroup] = {}
    for number, (relevant, score) in enumerate(scored):
        key = ("document", relevant[0]) if relevant else ("alone", str(number))
        group = groups.get(key, ScoreGroup(0.0, 0))
        groups[key] = ScoreGroup(group.sum + score, group.size + 1)
    return list(groups.values())


def chance_mean_at_most(groups: Sequence[ScoreGroup], mean: float, unseen: float) -> float:
    """Chance that the mean is at most `mean` when every group weighs at random and one more scores `unseen`.

    Exponential weights: over right and wrong answers with `unseen` at the worst end this is the exact binomial test.
    A weighted sum of exponentials has a known characteristic function, inverted through its saddle point.
    """
    sums = np.array([group.sum for group in groups])
    sizes = np.array([group.size for group in groups], dtype=float)
    size = float(sizes.mean())
    all_slopes = np.append(sums - mean * sizes, (unseen - mean) * size)
    slopes, counts = np.unique(all_slopes[all_slopes != 0], return_counts=True)
    if (slopes < 0).all():
        return 1.0
    if (slopes > 0).all():
        return 0.0
    line = _pick_line(slopes, counts)
    tail = _integrate(slopes, counts, line)
    return min(1.0, max(0.0, 1 - tail if line > 0 else -tail))


def bound_mean(groups: Sequence[ScoreGroup], least: float, most: float, alpha: float) -> tuple[float, float]:
    """One-sided bounds, each at `alpha`."""
    low = _solve(least, most, groups, least, alpha)
    return low, _solve(least, most, groups, most, 1 - alpha)


def judge_mean(
    groups: Sequence[ScoreGroup], least: float, most: float, target: float, comparison: Comparison, alpha: float
) -> MeanJudgement:
    """Is the true mean above (`gt`) or under (`lt`) the target? Strict, as everywhere."""
    questions = sum(group.size for group in groups)
    mean = sum(group.sum for group in groups) / questions
    above = chance_mean_at_most(groups, target, least) < alpha
    under = 1 - chance_mean_at_most(groups, target, most) < alpha
    verdict: Outcome = "inconclusive"
    if above != under:
        verdict = "pass" if above == (comparison == "gt") else "fail"
    low, high = bound_mean(groups, least, most, alpha)
    more = _need_questions(groups, mean, least, most, target, alpha) if verdict == "inconclusive" else 0
    return MeanJudgement(verdict, mean, low, high, len(groups), questions, more)


def _pick_line(slopes: np.ndarray, counts: np.ndarray) -> float:
    """The saddle point of the cumulant function, kept off the pole at 0."""
    low, high = 1 / slopes.min(), 1 / slopes.max()
    for _ in range(60):
        middle = (low + high) / 2
        if (counts * slopes / (1 - slopes * middle)).sum() > 0:
            high = middle
        else:
            low = middle
    saddle = (low + high) / 2
    least = 0.3 / math.sqrt((counts * slopes * slopes).sum())
    return float(saddle if abs(saddle) >= least else math.copysign(least, saddle))


def _integrate(slopes: np.ndarray, counts: np.ndarray, line: float) -> float:
    """Trapezoid in u with y = width sinh(u): algebraic tails (few groups) become exponential ones."""
    bends = slopes / (1 - slopes * line)
    width = 1 / math.sqrt((counts * bends * bends).sum())
    height = -(counts * np.log1p(-slopes * line)).sum()
    step, total = 0.06, 0.0
    for node in range(1_000):
        y = width * math.sinh(node * step)
        turns = bends * y
        size = math.exp(height - 0.5 * (counts * np.log1p(turns * turns)).sum()) * width * math.cosh(node * step)
        turn = (counts * np.arctan(turns)).sum()
        term = size * (line * math.cos(turn) + y * math.sin(turn)) / (line * line + y * y)
        total += term / 2 if node == 0 else term
        if size / math.hypot(line, y) < 1e-15:
            break
    return total * step / math.pi


def _solve(least: float, most: float, groups: Sequence[ScoreGroup], unseen: float, level: float) -> float:
    def gap(mean: float) -> float:
        return chance_mean_at_most(groups, mean, unseen) - level

    if gap(least) >= 0:
        return least
    if gap(most) <= 0:
        return most
    return float(brentq(gap, least, most, xtol=1e-12, rtol=1e-12))


def _need_questions(
    groups: Sequence[ScoreGroup], mean: float, least: float, most: float, target: float, alpha: float
) -> int | None:
    """How many more tell it four times in five, if what was seen is the truth; None where no number would."""
    gap = abs(mean - target)
    if gap == 0:
        return None
    per_group = sum(group.size for group in groups) / len(groups)
    spread = math.sqrt(sum(((group.sum - mean * group.size) / per_group) ** 2 for group in groups) / len(groups))
    pull = mean - least if mean > target else most - mean
    reach = float(ndtri(1 - alpha) + ndtri(POWER)) * spread
    # So many groups with the best score possible are the fewest that show anything.
    room = (target - least if mean > target else most - target) / (most - least)
    fewest = math.ceil(math.log(alpha) / math.log(room)) if 0 < room < 1 else 1
    needed = max(fewest, math.ceil(((reach + math.sqrt(reach * reach + 4 * gap * pull)) / (2 * gap)) ** 2))
    return None if needed > MOST_GROUPS else max(1, math.ceil((needed - len(groups)) * per_group))
