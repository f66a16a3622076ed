"""How sure a speed-up is."""

import math
import random
from statistics import median

import pytest

from clinic_pilot.speed_ups import bound_above, bound_below, bound_rank, choose_workers, judge_ratios, list_ratios


@pytest.mark.parametrize(
    ("rounds", "alpha", "k"),
    [
        (4, 0.05, 0),
        (5, 0.05, 1),
        (10, 0.05, 2),
        (12, 0.05, 3),
        (20, 0.05, 6),
        (100, 0.05, 42),
        (10, 0.001, 1),
        (9, 0.001, 0),
    ],
)
def test_the_rank_of_the_bound_follows_the_binomial(rounds: int, alpha: float, k: int) -> None:
    assert bound_rank(rounds, alpha) == k


def test_the_bound_holds_as_often_as_it_says() -> None:
    """Of 2,000 samples whose true median is 1, at most about 5 % may claim more than 1; that is exact for k = 3 at 1.9 %."""
    draw = random.Random(1)
    wrong = sum(bound_below([math.exp(draw.gauss(0, 0.5)) for _ in range(12)]) > 1 for _ in range(2000))
    assert wrong / 2000 == pytest.approx(0.0193, abs=0.009)


@pytest.mark.parametrize(
    ("ratios", "value", "verdict"),
    [
        ([2.0] * 10, 1.9, "pass"),
        ([2.0] * 10, 2.0, "inconclusive"),
        ([2.0] * 10, 2.1, "fail"),
        ([1.0, 1.0, *[3.0] * 8], 2, "inconclusive"),
        ([1.0, *[3.0] * 9], 2, "pass"),
        ([3.0, *[1.0] * 9], 2, "fail"),
    ],
)
def test_a_target_is_met_missed_or_left_open(ratios: list[float], value: float, verdict: str) -> None:
    assert judge_ratios(ratios, value, 0.05) == verdict


def test_the_bounds_lie_on_both_sides_of_the_median() -> None:
    ratios = [float(at) for at in range(1, 13)]
    assert (bound_below(ratios), median(ratios), bound_above(ratios)) == (3, 6.5, 10)


def test_what_slows_the_machine_in_one_round_slows_both_sides_of_a_ratio() -> None:
    assert list_ratios([10, 100, 10], [5, 50, 5]) == [2, 2, 2]


@pytest.mark.parametrize(
    ("counts", "cores", "chosen"),
    [([1, 2, 4], 2, 2), ([1, 2, 4], 3, 2), ([1, 2, 4], 64, 4), ([4, 8], 2, 4), ([1, 2], None, 1)],
)
def test_the_judged_pool_is_known_before_it_is_measured(counts: list[int], cores: int | None, chosen: int) -> None:
    assert choose_workers(counts, cores) == chosen
