"""The figures that decide: average precision, budgets, sMAPE, MASE, OWA, and their intervals."""

import numpy as np
import pytest

from mlops_pilot.bootstrap import Statistic, bootstrap
from mlops_pilot.errors import DATA, PilotError
from mlops_pilot.evaluate import (
    average_precision,
    best_f1,
    entity_precision,
    precision_recall,
    recall_at_budget,
    weighted_average_precision,
)
from mlops_pilot.measure_forecast import measure_naive2, measure_series, owa
from mlops_pilot.naive import is_seasonal, naive2, seasonal_factors, seasonal_naive


def ints(text: str) -> np.ndarray:
    return np.array([int(each) for each in text.split()])


@pytest.mark.parametrize(
    ("labels", "scores", "expected"),
    [
        pytest.param("1 0 0 0", [4, 3, 2, 1], 1.0, id="the positive first"),
        pytest.param("0 0 0 1", [4, 3, 2, 1], 0.25, id="the positive last"),
        pytest.param("1 0 1 0", [4, 3, 2, 1], (1 + 2 / 3) / 2, id="one between"),
        pytest.param("1 0 0 0 0 0 0 0 0 0", [1] * 10, 0.1, id="all equal is no order"),
    ],
)
def test_average_precision_steps_over_ties(labels: str, scores: list[int], expected: float) -> None:
    assert average_precision(ints(labels), np.array(scores, float)) == pytest.approx(expected)


def test_average_precision_without_positives_is_no_number() -> None:
    assert np.isnan(average_precision(np.zeros(4), np.arange(4.0)))


def test_a_row_drawn_twice_counts_as_two_rows() -> None:
    labels, scores = ints("1 0 1 0 0"), np.array([5.0, 4, 4, 2, 1])
    times = np.array([2, 0, 1, 3, 1])
    again = np.repeat(np.arange(5), times)
    drawn = weighted_average_precision(labels, scores)(times)
    assert drawn == pytest.approx(average_precision(labels[again], scores[again]))


def test_equals_the_library_that_everybody_uses() -> None:
    from sklearn.metrics import average_precision_score, precision_recall_curve

    draw = np.random.default_rng(3)
    labels = (draw.random(2000) < 0.1).astype(int)
    scores = np.round(draw.random(2000) + labels * 0.4, 2)
    assert average_precision(labels, scores) == pytest.approx(average_precision_score(labels, scores))
    curve, (precision, recall, thresholds) = precision_recall(labels, scores), precision_recall_curve(labels, scores)
    assert curve.precision == pytest.approx(precision[:-1][::-1])
    assert curve.recall == pytest.approx(recall[:-1][::-1])
    assert curve.threshold == pytest.approx(thresholds[::-1])


def test_the_best_f1_is_the_highest_over_all_thresholds() -> None:
    assert best_f1(ints("1 1 0 0"), np.array([4.0, 3, 2, 1])) == 1.0
    assert best_f1(ints("0 0"), np.array([1.0, 2])) == 0.0


def test_recall_at_a_budget_counts_each_day_apart_and_shares_ties() -> None:
    days = ints("1 1 1 2 2 2")
    assert recall_at_budget(ints("1 0 0 0 0 1"), np.array([9.0, 1, 1, 9, 8, 7]), days, 1) == 0.5
    assert recall_at_budget(ints("1 0 0 0 0 1"), np.ones(6), days, 1) == pytest.approx(1 / 3)
    assert recall_at_budget(ints("1 0 0 0 0 1"), np.ones(6), days, 10) == 1.0


def test_a_card_that_was_found_counts_no_more_on_later_days() -> None:
    labels, days = ints("1 0 1 1"), ints("1 1 2 2")
    cards = np.array(["a", "b", "a", "c"])
    assert entity_precision(labels, np.array([9.0, 1, 9, 1]), days, cards, 1) == 1.0
    assert entity_precision(labels, np.array([9.0, 1, 9, 1]), days, cards, 2) == 0.5


def mean_of(values: np.ndarray) -> Statistic:
    return lambda weights: float(np.average(values, weights=weights))


def test_an_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    """Cards with five rows each, all alike: rows drawn one by one would give intervals less than half as wide."""
    draw, covered = np.random.default_rng(11), 0
    clusters = np.repeat(np.arange(60), 5)
    for repeat in range(100):
        values = np.repeat(draw.normal(size=60), 5)
        interval = bootstrap(mean_of(values), clusters, repeats=200, seed=repeat)
        covered += interval.low <= 0 <= interval.high
    assert 88 <= covered <= 99


def test_the_same_seed_gives_the_same_interval() -> None:
    mean = mean_of(np.arange(9.0))
    assert bootstrap(mean, np.arange(9), repeats=50, seed=4) == bootstrap(mean, np.arange(9), repeats=50, seed=4)


def season_of(length: int) -> np.ndarray:
    return np.array([10.0, 20, 30, 40])[np.arange(length) % 4]


def test_naive_forecasts_go_on_with_the_season() -> None:
    series = season_of(41)
    assert is_seasonal(series, 4)
    assert seasonal_naive(series, 6, 4).tolist() == [20, 30, 40, 10, 20, 30]
    assert naive2(series, 6, 4) == pytest.approx([20, 30, 40, 10, 20, 30])
    assert seasonal_factors(series, 4) == pytest.approx([0.4, 0.8, 1.2, 1.6])


@pytest.mark.parametrize(
    "series",
    [
        pytest.param(np.random.default_rng(1).normal(50, 1, 60), id="noise"),
        pytest.param(np.full(60, 3.0), id="a constant"),
        pytest.param(season_of(11), id="fewer than three seasons"),
        pytest.param(season_of(60) - 10, id="a zero, which no factor can make"),
    ],
)
def test_naive2_repeats_the_last_value_of_what_has_no_season(series: np.ndarray) -> None:
    assert naive2(series, 3, 4).tolist() == [series[-1]] * 3


def test_forecast_errors_are_the_competition_s() -> None:
    train, actual = [np.array([1.0, 2, 3, 5])], np.array([[4.0, 0.0]])
    errors = measure_series(train, actual, np.array([[6.0, 0.0]]), 1)
    assert errors.smape == pytest.approx([20.0])
    assert errors.mase == pytest.approx([1 / (4 / 3)])
    benchmark = measure_naive2(train, actual, 1)
    assert owa(benchmark, benchmark) == 1.0
    assert owa(errors, benchmark) < 1


def test_a_series_that_never_changes_has_no_mase_and_says_so() -> None:
    with pytest.raises(PilotError, match=r"series 2 never changes") as stopped:
        measure_series([season_of(20) + np.arange(20), np.full(20, 3.0)], np.ones((2, 2)), np.ones((2, 2)), 4)
    assert stopped.value.exit_code == DATA
