"""How much faster, and how sure: ratios of the same round, their median, and bounds that assume no distribution."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from clinic_pilot.config import MetricName

Outcome = Literal["pass", "fail", "inconclusive"]
# The bound that stands in the report; the gate uses the confidence of its target.
REPORT_ALPHA = 0.05


@dataclass(frozen=True)
class Comparison:
    """Which variant of which example is compared with which."""

    metric: MetricName
    example: str
    baseline: str
    variant: str


COMPARISONS = (
    Comparison("gatherSpeedUp", "waiting", "sequential", "gather"),
    Comparison("processSpeedUp", "computing", "serial", "processes"),
    Comparison("nativeSpeedUp", "hot_function", "python", "numpy"),
)


def choose_workers(counts: Sequence[int], cores: int | None) -> int:
    """The largest count that the machine has cores for, else the smallest there is: said before it is measured.

    Choosing the fastest afterwards would report luck as speed.
    """
    return max((count for count in counts if count <= (cores or 1)), default=min(counts))


def list_ratios(baseline_ms: Sequence[float], variant_ms: Sequence[float]) -> list[float]:
    """Baseline through variant, round by round: what slows the machine for a while slows both."""
    return [base / other for base, other in zip(baseline_ms, variant_ms, strict=True)]


def bound_rank(rounds: int, alpha: float) -> int:
    """Largest k with P(Bin(rounds, 1/2) <= k - 1) <= alpha; 0 when there is none.

    The k-th smallest of the ratios is then below their true median with a confidence of at least 1 - alpha (David and
    Nagaraja, Order Statistics, 7.1). Ten rounds give k = 2.
    """
    below, k = 0, 0
    # In whole numbers: a sum of powers of two must not depend on the order of additions.
    while (below := below + math.comb(rounds, k)) <= alpha * 2**rounds:
        k += 1
    return k


def bound_below(ratios: Sequence[float], alpha: float = REPORT_ALPHA) -> float:
    k = bound_rank(len(ratios), alpha)
    return sorted(ratios)[k - 1] if k else 0.0


def bound_above(ratios: Sequence[float], alpha: float = REPORT_ALPHA) -> float:
    k = bound_rank(len(ratios), alpha)
    return sorted(ratios, reverse=True)[k - 1] if k else math.inf


def judge_ratios(ratios: Sequence[float], value: float, alpha: float) -> Outcome:
    """Is the true median above `value`? Strict: a bound equal to the value shows nothing."""
    if bound_below(ratios, alpha) > value:
        return "pass"
    return "fail" if bound_above(ratios, alpha) < value else "inconclusive"
