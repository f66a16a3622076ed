"""Features are what was known at the moment of the event, and equal to a plain reference."""

from datetime import datetime, timedelta

import numpy as np
import polars as pl
import pytest

from mlops_pilot.config import MlopsConfig
from mlops_pilot.find_leaks import find_leaks
from mlops_pilot.name_features import feature_names
from mlops_pilot.reference_features import reference_features
from mlops_pilot.transform import build_features

from .conftest import make_config
from .make_rows import START, as_frame, make_rows

MOMENTS = [START + timedelta(days=day, hours=11, seconds=17) for day in (9, 30, 45)]


@pytest.mark.parametrize(("rows", "delay"), [(10_000, 7), (2_000, 0)])
def test_polars_and_the_plain_reference_agree_on_every_feature_of_every_row(rows: int, delay: int) -> None:
    config, made = make_config(data={"delayDays": delay}), make_rows(rows)
    built = build_features(as_frame(made).lazy(), config).collect()
    names = feature_names(config)
    assert built.columns == ["rowId", "eventTime", "entity", "label", *names]
    wanted = np.array([[row[name] for name in names] for row in reference_features(made, config)])
    np.testing.assert_allclose(built.select(names).to_numpy(), wanted, rtol=1e-6, atol=1e-6)


def test_the_order_of_the_rows_of_the_source_changes_nothing(config: MlopsConfig) -> None:
    frame = as_frame(make_rows(2_000))
    shuffled = frame.sample(fraction=1, shuffle=True, seed=1)
    assert build_features(frame.lazy(), config).collect().equals(build_features(shuffled.lazy(), config).collect())


def test_a_label_is_hidden_until_its_delay_has_passed(config: MlopsConfig) -> None:
    frame, today = as_frame(make_rows(2_000)).with_columns(fraud=pl.lit(1, pl.Int8)), START + timedelta(days=40)
    built = build_features(frame.lazy(), config, as_of=today).collect()
    known = built.filter(pl.col("label").is_not_null())["eventTime"]
    latest = known.max()
    assert isinstance(latest, datetime)
    assert timedelta(days=7) < today - latest < timedelta(days=8)
    assert built.filter(pl.col("eventTime") >= today - timedelta(days=7))["label"].null_count() > 0


def test_no_feature_knows_the_future(config: MlopsConfig) -> None:
    assert find_leaks(build_features, as_frame(make_rows(3_000)), config, MOMENTS) == []


def _with_todays_label(frame: pl.LazyFrame, config: MlopsConfig) -> pl.LazyFrame:
    return build_features(frame, config).with_columns(card_risk_7d=pl.col("label").fill_null(0).cast(pl.Float32))


def _without_the_delay(frame: pl.LazyFrame, config: MlopsConfig) -> pl.LazyFrame:
    hurried = config.model_copy(update={"data": config.data.model_copy(update={"delayDays": 0})})
    return build_features(frame, hurried)


def _with_the_mean_of_all_time(frame: pl.LazyFrame, config: MlopsConfig) -> pl.LazyFrame:
    return build_features(frame, config).with_columns(card_mean_30d=pl.col("amount").mean().over("entity"))


@pytest.mark.parametrize(
    ("build", "caught"),
    [
        (_with_todays_label, {"card_risk_7d"}),
        (_without_the_delay, {f"{entity}_risk_{days}d" for entity in ("card", "terminal") for days in (1, 7, 30)}),
        (_with_the_mean_of_all_time, {"card_mean_30d"}),
    ],
)
def test_a_planted_leak_is_found_by_its_name(build, caught: set[str], config: MlopsConfig) -> None:  # type: ignore[no-untyped-def]
    assert set(find_leaks(build, as_frame(make_rows(3_000)), config, MOMENTS)) == caught


def test_a_table_without_entities_amount_or_windows_has_its_numbers_and_categories() -> None:
    config = make_config(
        data={"entities": [], "amount": None, "numbers": ["amount"]},
        features={"windowsDays": []},
        checks={"ranges": {}},
    )
    built = build_features(as_frame(make_rows(50)).lazy(), config).collect()
    assert built.columns[4:] == [
        "hour_sin",
        "hour_cos",
        "is_weekend",
        "amount",
        "channel=chip",
        "channel=contactless",
        "channel=online",
    ]
    assert built["entity"].to_list() == built["rowId"].to_list()
