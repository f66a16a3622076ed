"""Faults that days really have, planted on purpose: for tests, and for a failure drill by `pilot plant-fault`."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from mlops_pilot.config import Data

Change = Callable[[pl.DataFrame, Data, random.Random], tuple[pl.DataFrame, list[str]]]


@dataclass(frozen=True)
class Fault:
    """`expectation` and `column` must stand in the failure; `column` names a role of `data`, or nothing."""

    said: str
    expectation: str
    column: str
    change: Change


def plant_fault(raw: pl.DataFrame, data: Data, name: str, seed: int) -> tuple[pl.DataFrame, list[str]]:
    """The day with the fault, and the keys of its rows; no keys where the table as a whole is at fault."""
    return FAULTS[name].change(raw, data, random.Random(f"{name}:{seed}"))  # noqa: S311 - no secret


def _value(role: str, value: str | None, rows: int = 3) -> Change:
    def change(raw: pl.DataFrame, data: Data, draw: random.Random) -> tuple[pl.DataFrame, list[str]]:
        column = _column(data, role)
        at = draw.sample(range(raw.height), rows)
        keys = raw[data.key][at].to_list()
        hit = pl.int_range(pl.len()).is_in(at)
        return raw.with_columns(pl.when(hit).then(pl.lit(value, pl.String)).otherwise(column).alias(column)), keys

    return change


def _repeat(fresh_keys: bool) -> Change:
    def change(raw: pl.DataFrame, data: Data, draw: random.Random) -> tuple[pl.DataFrame, list[str]]:
        again = raw[draw.sample(range(raw.height), 4)]
        keys = again[data.key].to_list()
        if fresh_keys:
            again = again.with_columns(pl.col(data.key) + "-again")
            keys += again[data.key].to_list()
        return pl.concat([raw, again]), keys

    return change


def _whole(made: Callable[[pl.DataFrame, Data], pl.DataFrame]) -> Change:
    return lambda raw, data, _: (made(raw, data), [])


def _shift_day(raw: pl.DataFrame, data: Data, draw: random.Random) -> tuple[pl.DataFrame, list[str]]:
    at = draw.sample(range(raw.height), 3)
    text = raw[data.time].to_list()
    for row in at:
        text[row] = f"{date.fromisoformat(text[row][:10]) + timedelta(days=1)}{text[row][10:]}"
    return raw.with_columns(pl.Series(data.time, text)), raw[data.key][at].to_list()


def _column(data: Data, role: str) -> str:
    if role == "entity":
        return data.entities[0]
    if role == "category":
        return next(iter(data.categories))
    return str(getattr(data, role))


def _scaled(raw: pl.DataFrame, data: Data) -> pl.DataFrame:
    return raw.with_columns((pl.col(str(data.amount)).cast(pl.Float64) * 100).round(0).cast(pl.String))


def _with_label_copy(raw: pl.DataFrame, data: Data) -> pl.DataFrame:
    return raw.with_columns(pl.col(data.label).alias("chargeback"))


_NULL, _SHAPE = "expect_column_values_to_not_be_null", "expect_column_values_to_match_regex"
_SET, _BETWEEN = "expect_column_values_to_be_in_set", "expect_column_values_to_be_between"
_ROWS, _COLUMNS = "expect_table_row_count_to_be_between", "expect_table_columns_to_match_set"
FAULTS: dict[str, Fault] = {
    "key-missing": Fault("rows without a key", _NULL, "key", _value("key", None)),
    "time-missing": Fault("rows without a time", _NULL, "time", _value("time", None)),
    "entity-missing": Fault("rows without a card", _NULL, "entity", _value("entity", None)),
    "amount-missing": Fault("rows without an amount", _NULL, "amount", _value("amount", None)),
    "category-missing": Fault("rows without a category", _NULL, "category", _value("category", None)),
    "time-unparsable": Fault("times in another notation", _SHAPE, "time", _value("time", "31/12/2026 25:00")),
    "time-impossible": Fault("dates that do not exist", _NULL, "time", _value("time", "2026-02-30 10:00:00")),
    "time-other-day": Fault("rows of another day", _BETWEEN, "time", _shift_day),
    "amount-text": Fault("amounts with a unit", _SHAPE, "amount", _value("amount", "12,50 EUR")),
    "amount-not-finite": Fault("amounts that are no number", _SHAPE, "amount", _value("amount", "NaN")),
    "amount-negative": Fault("amounts below zero", _BETWEEN, "amount", _value("amount", "-20.00")),
    "amount-huge": Fault("amounts above the range", _BETWEEN, "amount", _value("amount", "99999999")),
    "amount-in-cents": Fault(
        "every amount a hundredfold", "expect_column_median_to_be_between", "amount", _whole(_scaled)
    ),
    "amount-stuck": Fault(
        "one amount for all rows",
        "expect_column_unique_value_count_to_be_between",
        "amount",
        _whole(lambda raw, data: raw.with_columns(pl.lit("10.00").alias(str(data.amount)))),
    ),
    "category-unknown": Fault("a category nobody declared", _SET, "category", _value("category", "telepathy")),
    "label-unknown": Fault("labels beside 0 and 1", _SET, "label", _value("label", "maybe")),
    "label-one-class": Fault(
        "every row a positive",
        "expect_column_mean_to_be_between",
        "label",
        _whole(lambda raw, data: raw.with_columns(pl.lit("1").alias(data.label))),
    ),
    "key-repeated": Fault("rows delivered twice", "expect_column_values_to_be_unique", "key", _repeat(False)),
    "row-repeated": Fault(
        "the same payment under another key", "expect_compound_columns_to_be_unique", "", _repeat(True)
    ),
    "day-doubled": Fault(
        "the whole day twice",
        "expect_column_values_to_be_unique",
        "key",
        _whole(lambda raw, _: pl.concat([raw, raw])),
    ),
    "day-empty": Fault("no rows", _ROWS, "", _whole(lambda raw, _: raw.clear())),
    "day-cut": Fault("a tenth of the rows", _ROWS, "", _whole(lambda raw, _: raw.head(raw.height // 10))),
    "day-flooded": Fault(
        "five times the rows",
        _ROWS,
        "",
        _whole(
            lambda raw, data: pl.concat(
                [raw.with_columns(pl.col(data.key) + f"-{copy}") for copy in range(5)], how="vertical"
            )
        ),
    ),
    "column-new": Fault("a column nobody declared", _COLUMNS, "", _whole(_with_label_copy)),
    "column-gone": Fault("without the amounts", _COLUMNS, "", _whole(lambda raw, data: raw.drop(str(data.amount)))),
}
