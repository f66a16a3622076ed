"""A bad day is stopped by name, with its rows; a good day is never stopped."""

import os
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from mlops_pilot.check import Usual, check_day, require_good_day
from mlops_pilot.config import Data
from mlops_pilot.errors import DATA, PilotError
from mlops_pilot.make_data import START, make_transactions
from mlops_pilot.plant_faults import FAULTS, plant_fault
from mlops_pilot.read_data import read_data

from .conftest import make_config

TABLE = make_transactions(40)
USUAL = Usual(rows=380.0, amount=25.0)
CLEAN_DAYS = [(START + timedelta(days=number)).date() for number in range(20)]


def rows_of(day: date, table: pl.DataFrame = TABLE, time: str = "time") -> pl.DataFrame:
    return table.filter(pl.col(time).str.starts_with(day.isoformat()))


def role(data: Data, name: str) -> str:
    columns = {"entity": data.entities[0], "category": next(iter(data.categories)), "": ""}
    return columns.get(name) or str(getattr(data, name or "key"))


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found_with_its_expectation_its_column_and_all_its_rows(name: str, seed: int) -> None:
    config, day, fault = make_config(), CLEAN_DAYS[seed], FAULTS[name]
    bad, keys = plant_fault(rows_of(day), config.data, name, seed)
    found = [each for each in check_day(bad, config, day, USUAL) if each.expectation == fault.expectation]
    assert len(found) == 1, f"{name} was not found by {fault.expectation}"
    if fault.column:
        assert found[0].column == role(config.data, fault.column)
    if keys and name not in ("key-missing", "key-repeated"):
        assert found[0].count == len(keys)
        named = {row.split(" ")[0] for row in found[0].rows}
        assert named <= set(keys)
        assert len(named) == min(len(keys), 5)


def test_no_clean_day_is_stopped() -> None:
    config = make_config()
    assert {day.isoformat(): check_day(rows_of(day), config, day, USUAL) for day in CLEAN_DAYS} == {
        day.isoformat(): [] for day in CLEAN_DAYS
    }


def test_the_sentence_names_the_day_the_expectation_the_column_and_the_first_rows() -> None:
    config, day = make_config(), CLEAN_DAYS[3]
    bad, keys = plant_fault(rows_of(day), config.data, "amount-text", 1)
    with pytest.raises(PilotError) as caught:
        require_good_day(check_day(bad, config, day, USUAL), day.isoformat())
    assert caught.value.exit_code == DATA
    said = str(caught.value)
    assert said.startswith("2026-01-08 is not used: expect_column_values_to_match_regex on amount: 3 rows, first ")
    assert all(f"{key} (12,50 EUR)" in said for key in keys)


def test_several_problems_are_counted() -> None:
    config, day = make_config(), CLEAN_DAYS[3]
    bad, _ = plant_fault(rows_of(day), config.data, "amount-text", 1)
    bad, _ = plant_fault(bad, config.data, "entity-missing", 2)
    with pytest.raises(PilotError, match=r"card: 3 rows.* and 1 other problems\."):
        require_good_day(check_day(bad, config, day, USUAL), day.isoformat())


@pytest.mark.parametrize(("share", "stopped"), [(0.0, True), (0.05, False)])
def test_a_share_of_missing_or_unknown_values_may_be_allowed(share: float, stopped: bool) -> None:
    config = make_config(checks={"maxNullShare": share, "maxUnknownCategoryShare": share})
    for name in ("amount-missing", "category-unknown"):
        bad, _ = plant_fault(rows_of(CLEAN_DAYS[0]), config.data, name, 1)
        assert bool(check_day(bad, config, CLEAN_DAYS[0], USUAL)) is stopped


def test_a_day_without_days_before_it_is_held_to_the_configured_limits_only() -> None:
    cut = rows_of(CLEAN_DAYS[0]).head(30)
    assert check_day(cut, make_config(), CLEAN_DAYS[0]) == []
    assert len(check_day(cut, make_config(checks={"minRows": 31}), CLEAN_DAYS[0])) == 1


def test_a_day_whose_labels_are_all_unknown_yet_is_good() -> None:
    today = rows_of(CLEAN_DAYS[2]).with_columns(fraud=pl.lit(None, pl.String))
    assert check_day(today, make_config(), CLEAN_DAYS[2], USUAL) == []


EVALUATION = os.environ.get("PILOTAGE_EVAL_DATA")
pytest_eval = pytest.mark.skipif(EVALUATION is None, reason="PILOTAGE_EVAL_DATA is not set: no public set is checked")


@pytest_eval
def test_no_day_of_the_public_card_transactions_is_stopped() -> None:
    read = read_data(Path(EVALUATION or "") / "dev-fdh-transactions", make_config())
    table = read.raw.with_columns(pl.col("TX_DATETIME").str.slice(0, 10).alias("of"))
    days = table["of"].unique().sort().to_list()[30:50]
    stopped = {
        day: found
        for day in days
        if (found := check_day(table.filter(of=day).drop("of"), read.config, date.fromisoformat(day), Usual(9_580, 44)))
    }
    assert stopped == {}


@pytest_eval
@pytest.mark.parametrize(
    ("name", "gaps"),
    [
        ("dev-adult-dirty", {"workclass": 1_836, "occupation": 1_843, "native-country": 583}),
        ("dev-vehicle-insurance-fraud", {"DayOfWeekClaimed": 1, "MonthClaimed": 1, "Age": 320}),
    ],
)
def test_every_real_gap_of_a_public_set_is_counted(name: str, gaps: dict[str, int]) -> None:
    read = read_data(Path(EVALUATION or "") / name, make_config())
    found = check_day(read.raw, read.config)
    assert {each.column: each.count for each in found} == gaps
