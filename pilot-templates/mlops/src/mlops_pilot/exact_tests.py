"""What a sample proves: exact binomial tests, three outcomes. The same rules as the app's, to the digit."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from scipy.special import bdtr, betaincinv

Outcome = Literal["pass", "fail", "inconclusive"]
# Under ten runs nothing can show that runs agree with each other, however many requests each of them has.
LEAST_RUNS = 10


def chance_at_most(count: int, size: int, share: float) -> float:
    """P(Bin(size, share) <= count)."""
    if count < 0:
        return 0.0
    return 1.0 if count >= size else float(bdtr(count, size, share))


def chance_at_least(count: int, size: int, share: float) -> float:
    return 1.0 if count <= 0 else chance_at_most(size - count, size, 1 - share)


def lower_bound(count: int, size: int, alpha: float) -> float:
    """One-sided Clopper-Pearson."""
    return 0.0 if count <= 0 else float(betaincinv(count, size - count + 1, alpha))


def upper_bound(count: int, size: int, alpha: float) -> float:
    return 1.0 if count >= size else float(betaincinv(count + 1, size - count, 1 - alpha))


def judge_proportion(correct: int, out_of: int, target: float, alpha: float, comparison: str = "gt") -> Outcome:
    """Is the true share above (`gt`) or under (`lt`) the target? Strict: a share equal to the target misses it."""
    above = chance_at_least(correct, out_of, target) < alpha
    under = chance_at_most(correct, out_of, target) < alpha
    if above == under:
        return "inconclusive"
    return "pass" if above == (comparison == "gt") else "fail"


@dataclass(frozen=True)
class OverJudgement:
    """`dependence` is D: the sample counts as `requests / D` independent ones."""

    verdict: Outcome
    requests: int
    over: int
    design_effect: float
    autocorrelation_time: float
    dependence: float
    effective_requests: int
    effective_over: int


def judge_over_share(
    runs: Sequence[Sequence[bool]], over_share: float, alpha: float, least_dependence: float = 1.0
) -> OverJudgement:
    """Is the share of requests over the limit shown to be under `over_share`?

    Requests of one run wait for each other, so they are not independent. The counts are divided by D, the largest of
    the design effect (how much runs differ), the autocorrelation time (how long being late lasts) and
    `least_dependence` (what a queue this busy must show), before the exact test: over rounded up, requests rounded
    down.
    """
    requests = sum(map(len, runs))
    counts = [sum(run) for run in runs]
    over = sum(counts)
    effect = design_effect(counts, requests, over_share)
    tau = autocorrelation_time(runs)
    dependence = max(effect, tau, least_dependence)
    size = math.floor(requests / dependence)
    late = min(math.ceil(over / dependence), size)
    passes = chance_at_most(late, size, over_share) <= alpha
    fails = chance_at_least(late, size, over_share) <= alpha
    verdict: Outcome = "pass" if passes else "fail" if fails else "inconclusive"
    if len(runs) < LEAST_RUNS:
        verdict = "inconclusive"
    return OverJudgement(verdict, requests, over, effect, tau, dependence, size, late)


def design_effect(counts: Sequence[int], requests: int, over_share: float) -> float:
    """Variance of the counts between runs against what independent requests would show; never under 1."""
    if len(counts) < 2:
        return 1.0
    mean = sum(counts) / len(counts)
    variance = sum((count - mean) ** 2 for count in counts) / (len(counts) - 1)
    return max(1.0, variance / (requests / len(counts) * over_share * (1 - over_share)))


def autocorrelation_time(runs: Sequence[Sequence[bool]]) -> float:
    """1 + 2 sum of the autocorrelations of "over", pooled over runs around the mean of all requests.

    The sum ends at the first correlation that is not positive, and at a quarter of the shortest run, past which it is
    noise.
    """
    requests = sum(map(len, runs))
    mean = sum(map(sum, runs)) / requests
    variance = mean * (1 - mean)
    if variance == 0:
        return 1.0
    tau = 1.0
    for lag in range(1, min(map(len, runs)) // 4 + 1):
        products = ((run[at] - mean) * (run[at + lag] - mean) for run in runs for at in range(len(run) - lag))
        correlation = sum(products) / requests / variance
        if correlation <= 0:
            break
        tau += 2 * correlation
    return tau
