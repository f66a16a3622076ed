"""What drained runs prove about answers per second. The same rule as the app's, to nine digits."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from scipy.special import stdtrit

from rag_pilot.exact_tests import Outcome


@dataclass(frozen=True)
class OfferedRun:
    """One run: what was asked, what was answered until the queue was drained, and over which seconds."""

    requests: int
    answered: int
    seconds: float
    scheduled_seconds: float


@dataclass(frozen=True)
class RateJudgement:
    verdict: Outcome
    rate: float
    low: float
    high: float
    offered: float
    too_little_load: bool


def bound_rate(runs: Sequence[OfferedRun], alpha: float) -> tuple[float, float, float] | None:
    """(rate, low, high) as the ratio of two sums (Fieller); None under two runs, or where no bound exists.

    A mean of the runs' own rates is too high, because short runs count as much as long ones.
    """
    count = len(runs)
    if count < 2:
        return None
    answered = sum(run.answered for run in runs) / count
    seconds = sum(run.seconds for run in runs) / count
    if seconds <= 0:
        return None
    scale = float(stdtrit(count - 1, 1 - alpha)) ** 2 / count / (count - 1)
    var_answered = scale * sum((run.answered - answered) ** 2 for run in runs)
    var_seconds = scale * sum((run.seconds - seconds) ** 2 for run in runs)
    together = scale * sum((run.answered - answered) * (run.seconds - seconds) for run in runs)
    square = seconds * seconds - var_seconds
    if square <= 0:
        return None
    middle = (answered * seconds - together) / square
    half = math.sqrt(max(0.0, middle * middle - (answered * answered - var_answered) / square))
    return answered / seconds, max(0.0, middle - half), middle + half


def judge_rate(runs: Sequence[OfferedRun], target: float, alpha: float) -> RateJudgement | None:
    """More answers a second than the target? A lower rate is the server's fault only where the load offered more."""
    bounds = bound_rate(runs, alpha)
    if bounds is None:
        return None
    rate, low, high = bounds
    scheduled = sum(run.scheduled_seconds for run in runs)
    offered = sum(run.requests for run in runs) / scheduled if scheduled > 0 else 0.0
    too_little = offered <= target
    verdict: Outcome = "pass" if low > target else "fail" if high < target and not too_little else "inconclusive"
    return RateJudgement(verdict, rate, low, high, offered, too_little)
