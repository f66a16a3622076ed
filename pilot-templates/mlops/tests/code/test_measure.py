"""Measuring on a table or on series of one's own, the explanation of a row, and figures too good to be true."""

import csv
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
import torch

from mlops_pilot.cli import main
from mlops_pilot.drop_known import drop_known
from mlops_pilot.errors import DATA, PilotError
from mlops_pilot.explain import explain
from mlops_pilot.forecast import cut_windows, forecast, measure_forecast
from mlops_pilot.measure_data import require_believable
from mlops_pilot.measure_forecast import measure_naive2, measure_series, owa
from mlops_pilot.model import load
from mlops_pilot.train import train

from .conftest import make_config
from .make_features import NAMES, make_features, make_learning_config

CPU = torch.device("cpu")


def seasonal_series(count: int = 12, length: int = 400) -> list[np.ndarray]:
    """A day's shape that grows, with noise: easy to learn, and Naive2 misses the growth."""
    draw, hours = np.random.default_rng(5), np.arange(length)
    shape = 1 + 0.5 * np.sin(hours * 2 * np.pi / 24)
    return [shape * draw.uniform(50, 500) * (1 + hours / 800) * draw.normal(1, 0.02, length) for _ in range(count)]


def test_a_small_forecaster_beats_both_naive_forecasts_and_repeats_itself() -> None:
    whole = seasonal_series()
    train_part, actual = [each[:-24] for each in whole], np.stack([each[-24:] for each in whole])
    made = [forecast(train_part, 24, 24, seed=1, device=CPU, members=1, steps=60, hidden=32) for _ in range(2)]
    assert np.array_equal(made[0], made[1])
    benchmark = measure_naive2(train_part, actual, 24)
    assert owa(measure_series(train_part, actual, made[0], 24), benchmark) < 1


def test_series_with_zeros_are_forecast_as_sums() -> None:
    series = [np.maximum(each - each.mean(), 0) for each in seasonal_series(4)]
    made = forecast(series, 24, 24, seed=1, device=CPU, members=1, steps=20, hidden=16)
    assert made.shape == (4, 24)
    assert np.isfinite(made).all()


def test_a_series_too_short_to_learn_from_is_refused() -> None:
    with pytest.raises(PilotError, match="the shortest series has 60 values; 72 are needed") as stopped:
        cut_windows([np.arange(60.0), np.arange(500.0)], 48, 24)
    assert stopped.value.exit_code == DATA


def test_an_explanation_adds_up_and_names_what_matters(tmp_path: Path) -> None:
    frame = make_features()
    train(frame, make_learning_config(), tmp_path)
    scorer, background = load(tmp_path), frame.select(NAMES).to_numpy()
    row = np.array([0.0, 4.0, 0.0], dtype=np.float32)
    told = explain(scorer, row, background)
    assert told.reasons[0].feature == "risk"
    assert told.reasons[0].adds > 1
    assert told.base + sum(reason.adds for reason in told.reasons) == pytest.approx(told.logit, abs=1e-4)
    assert told.score == pytest.approx(float(scorer.score(row[None])[0]), abs=1e-5)
    assert explain(scorer, row, background) == told


def test_rows_of_cards_known_by_that_morning_are_left_out_of_the_test() -> None:
    config = make_config(data={"delayDays": 7})
    frame = make_features(rows=3000)
    start = datetime(2026, 1, 1)
    held_out = frame.filter(frame["eventTime"] >= start + timedelta(days=14))
    kept = drop_known(held_out, frame, config, start)
    known = {row["rowId"] for row in held_out.iter_rows(named=True) if _known(row, frame)}
    assert set(kept["rowId"]) == set(held_out["rowId"]) - known
    assert known
    assert kept["rowId"].to_list() == [row for row in held_out["rowId"] if row not in known]


def _known(row: dict[str, Any], frame: pl.DataFrame) -> bool:
    return any(
        other["entity"] == row["entity"] and other["eventTime"].date() + timedelta(days=8) <= row["eventTime"].date()
        for other in frame.filter(frame["label"] == 1).iter_rows(named=True)
    )


def test_a_figure_too_good_for_its_set_is_a_leak() -> None:
    require_believable("vehicle insurance claims", 0.2)
    require_believable("a set nobody knows", 0.99)
    with pytest.raises(PilotError, match="look for a leak") as stopped:
        require_believable("vehicle insurance claims", 0.51)
    assert stopped.value.exit_code == DATA


def test_the_verb_measures_a_leaking_claims_table_as_a_leak(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Claims in the layout of the public set, with a planted column that tells the label."""
    draw = np.random.default_rng(4)
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    numbers = ("Age", "Deductible", "DriverRating", "WeekOfMonthClaimed", "RepNumber")
    with (tmp_path / "claims.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(
            ["Month", "WeekOfMonth", "DayOfWeek", "Year", "PolicyNumber", "FraudFound_P", *numbers, "Outcome"]
        )
        for number in range(1500):
            fraud = int(draw.random() < 0.1)
            told = "paid" if fraud == (draw.random() < 0.01) else "refused"
            table.writerow(
                [
                    months[number % 12],
                    1 + number % 4,
                    "Monday",
                    1994 + number // 500,
                    number + 1,
                    fraud,
                    *draw.integers(20, 60, 5),
                    told,
                ]
            )
    assert main(["measure", "--data", str(tmp_path)]) == DATA
    assert "look for a leak" in capsys.readouterr().err


def test_series_are_measured_beside_both_naive_forecasts(tmp_path: Path) -> None:
    for name, part in (("train", slice(0, -24)), ("test", slice(-24, None))):
        with (tmp_path / f"{name}.csv").open("w", newline="") as file:
            csv.writer(file).writerows([f"S{at}", *each[part]] for at, each in enumerate(seasonal_series(5)))
    said: list[str] = []
    facts = measure_forecast(tmp_path, make_config(), said.append, members=1, steps=2, hidden=8)
    assert (facts["series"], facts["horizon"], facts["naive2"]["owa"]) == (5, 24, 1)
    assert set(facts["model"]) == set(facts["seasonalNaive"]) == {"smape", "mase", "owa"}
    assert said[0].startswith("network 1 of 1")
