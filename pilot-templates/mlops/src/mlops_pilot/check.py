"""A bad day is stopped here: what a day's rows must be before anything is learnt from them or told by them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl

from mlops_pilot.config import MlopsConfig
from mlops_pilot.errors import DATA, PilotError
from mlops_pilot.expect_rows import SHOWN_ROWS, Failure, Wish, expect_rows
from mlops_pilot.parse_rows import TIME_SHAPE, needed_columns, parse_rows

_NOT_NULL = "expect_column_values_to_not_be_null"
_NUMBER_SHAPE = r"^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$"
_LABELS = ["0", "1", "0.0", "1.0", "false", "true", "False", "True"]


@dataclass(frozen=True)
class Usual:
    """The middle of the days before; None while there are none."""

    rows: float | None = None
    amount: float | None = None


@dataclass(frozen=True)
class Problem:
    """A failure in words a person can act on. `rows`: the first, as `key (value)`."""

    expectation: str
    column: str
    count: int | None
    observed: str
    rows: list[str]

    def __str__(self) -> str:
        where = f"{self.expectation} on {self.column}" if self.column else self.expectation
        if self.count is None:
            return f"{where}: found {self.observed}"
        return f"{where}: {self.count} rows, first {', '.join(self.rows)}"

    def as_json(self) -> dict[str, Any]:
        return {
            "expectation": self.expectation,
            "column": self.column,
            "rows": self.count,
            "observed": self.observed,
            "first": self.rows,
        }


def check_day(
    raw: pl.DataFrame, config: MlopsConfig, day: date | None = None, usual: Usual | None = None
) -> list[Problem]:
    """Every problem of a day's rows as they were delivered (text); none for a good day.

    First what the text must be; then, of what has its type, values and totals. `day` bounds the times.
    """
    data = config.data
    delivered = _check_delivery(raw, config, usual or Usual())
    if raw.height == 0 or any(column not in raw.columns for column in needed_columns(data)):
        return delivered
    typed, _ = parse_rows(raw, data)
    failures = expect_rows(typed, _wishes_of_values(typed, config, day, usual or Usual()))
    known = {problem.column for problem in delivered if problem.column}
    # What is no time as text is none as a value either: said once.
    fresh = [each for each in failures if each.expectation != _NOT_NULL or each.column not in known]
    return [*delivered, *[_name_rows(failure, raw, config) for failure in fresh]]


def require_good_day(problems: list[Problem], day: str) -> None:
    """Exit 65 naming the first problem and how many others there are."""
    if problems:
        others = f" and {len(problems) - 1} other problems" if len(problems) > 1 else ""
        raise PilotError(DATA, f"{day} is not used: {problems[0]}{others}.")


def _check_delivery(raw: pl.DataFrame, config: MlopsConfig, usual: Usual) -> list[Problem]:
    data, checks = config.data, config.checks
    amount = [] if data.amount is None else [data.amount]
    columns = needed_columns(data)
    present = [column for column in columns if column in raw.columns]
    wishes = [
        Wish("expect_table_columns_to_match_set", "", {"column_set": columns, "exact_match": True}),
        Wish("expect_table_row_count_to_be_between", "", _row_bounds(config, usual)),
    ]
    filled = 1 - checks.maxNullShare
    for column in present:
        if column != data.label:
            exact = column in (data.key, data.time, *data.entities)
            options = {"column": column, "mostly": 1.0 if exact else filled}
            wishes.append(Wish(_NOT_NULL, column, options))
    if data.key in present:
        wishes.append(Wish("expect_column_values_to_be_unique", data.key, {"column": data.key}))
    for column, shape in [(data.time, TIME_SHAPE), *[(name, _NUMBER_SHAPE) for name in (*amount, *data.numbers)]]:
        if column in present:
            wishes.append(Wish("expect_column_values_to_match_regex", column, {"column": column, "regex": shape}))
    if data.label in present:
        options = {"column": data.label, "value_set": _LABELS}
        wishes.append(Wish("expect_column_values_to_be_in_set", data.label, options))
    for column, values in data.categories.items():
        if column in present:
            mostly = 1 - checks.maxUnknownCategoryShare
            options = {"column": column, "value_set": values, "mostly": mostly}
            wishes.append(Wish("expect_column_values_to_be_in_set", column, options))
    same = [column for column in (data.time, *data.entities, *amount) if column in present]
    if data.entities and amount and len(same) == len(data.entities) + 2:
        options = {"column_list": same, "ignore_row_if": "any_value_is_missing"}
        wishes.append(Wish("expect_compound_columns_to_be_unique", " + ".join(same), options))
    failures = expect_rows(raw, wishes)
    return [_name_rows(failure, raw, config) for failure in failures]


def _row_bounds(config: MlopsConfig, usual: Usual) -> dict[str, Any]:
    lowest, highest = max(config.checks.minRows, 1), config.checks.maxRows
    if usual.rows is not None:
        lowest = max(lowest, int(usual.rows / config.checks.maxChangeRatio))
        highest = min(highest, int(usual.rows * config.checks.maxChangeRatio) + 1)
    return {"min_value": lowest, "max_value": max(highest, lowest)}


def _wishes_of_values(typed: pl.DataFrame, config: MlopsConfig, day: date | None, usual: Usual) -> list[Wish]:
    data, ratio = config.data, config.checks.maxChangeRatio
    wishes = []
    # The shape may be right and the date impossible: 2026-02-30. Such a time is null once it is typed.
    wishes.append(Wish(_NOT_NULL, data.time, {"column": data.time}))
    if day is not None:
        first = datetime(day.year, day.month, day.day)
        bounds = {"min_value": first, "max_value": first + timedelta(days=1), "strict_max": True}
        wishes.append(Wish("expect_column_values_to_be_between", data.time, {"column": data.time, **bounds}))
    for column, (lowest, highest) in config.checks.ranges.items():
        options = {"column": column, "min_value": lowest, "max_value": highest}
        wishes.append(Wish("expect_column_values_to_be_between", column, options))
    # A day's labels are all unknown until the delay has passed; of no values there is no mean.
    if typed[data.label].count():
        positive = {"column": data.label, "min_value": 0, "max_value": config.checks.maxPositiveShare}
        wishes.append(Wish("expect_column_mean_to_be_between", data.label, positive))
    if data.amount is not None and typed[data.amount].count():
        many = {"column": data.amount, "min_value": 2}
        wishes.append(Wish("expect_column_unique_value_count_to_be_between", data.amount, many))
        if usual.amount is not None:
            near = {"column": data.amount, "min_value": usual.amount / ratio, "max_value": usual.amount * ratio}
            wishes.append(Wish("expect_column_median_to_be_between", data.amount, near))
    return wishes


def _name_rows(failure: Failure, raw: pl.DataFrame, config: MlopsConfig) -> Problem:
    key, columns = config.data.key, failure.column.split(" + ")
    rows = []
    for position in failure.rows[:SHOWN_ROWS]:
        name = raw[key][position] if key in raw.columns else None
        values = [str(raw[column][position])[:40] for column in columns if column in raw.columns]
        rows.append(f"{name if name is not None else f'row {position + 1}'} ({' '.join(values)})")
    observed = failure.observed
    if failure.expectation == "expect_table_columns_to_match_set":
        observed = _columns_said(raw.columns, needed_columns(config.data))
    return Problem(failure.expectation, failure.column, failure.count, observed, rows)


def _columns_said(delivered: list[str], expected: list[str]) -> str:
    new = [column for column in delivered if column not in expected]
    gone = [column for column in expected if column not in delivered]
    said = [f"new column {', '.join(new)}"] if new else []
    said += [f"without column {', '.join(gone)}"] if gone else []
    return "; ".join(said) or "the same columns twice"
