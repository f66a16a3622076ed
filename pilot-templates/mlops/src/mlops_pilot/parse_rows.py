"""Text of the source becomes typed columns; what is not of its type is counted and named, never guessed."""

from dataclasses import dataclass

import polars as pl

from mlops_pilot.config import Data
from mlops_pilot.errors import DATA, PilotError

# A time without a zone is taken as UTC; another zone than UTC is refused, because days would be cut elsewhere.
_TIME_FORMATS = ("%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M", "%Y-%m-%d")
TIME_SHAPE = r"^\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d{1,6})?)?)?(Z|\+00:?00)?$"


@dataclass(frozen=True)
class Misfit:
    """Values of a column that are there and not of its type. `rows`: their positions, from 0."""

    column: str
    wanted: str
    rows: list[int]


def needed_columns(data: Data) -> list[str]:
    amount = [] if data.amount is None else [data.amount]
    return [data.key, data.time, *data.entities, *amount, *data.numbers, *data.categories, data.label]


def parse_rows(raw: pl.DataFrame, data: Data) -> tuple[pl.DataFrame, list[Misfit]]:
    """The columns of `data` out of text: time datetime[us], amount and numbers float64, label int8, the others text.

    A value of another type is null in the frame and stands in the misfits. Exit 65 when a column is missing.
    """
    missing = [column for column in needed_columns(data) if column not in raw.columns]
    if missing:
        raise PilotError(DATA, f"column {missing[0]} is not in the data; it has {', '.join(raw.columns)}.")
    numbers = [*([] if data.amount is None else [data.amount]), *data.numbers]
    typed = raw.select(
        pl.col(data.key),
        _as_time(data.time),
        *[pl.col(column) for column in data.entities],
        *[_as_number(column) for column in numbers],
        *[pl.col(column) for column in data.categories],
        _as_label(data.label),
    )
    wanted = {data.time: "a time", data.label: "0 or 1"} | dict.fromkeys(numbers, "a number")
    misfits = []
    for column, kind in wanted.items():
        lost = (raw[column].is_not_null() & typed[column].is_null()).arg_true().to_list()
        if lost:
            misfits.append(Misfit(column, kind, lost))
    return typed, misfits


def parse_strictly(raw: pl.DataFrame, data: Data) -> pl.DataFrame:
    """As `parse_rows`; exit 65 naming the column and the first rows when a value is not of its type."""
    typed, misfits = parse_rows(raw, data)
    for misfit in misfits:
        shown = [f"{raw[data.key][row]} ({raw[misfit.column][row]!r})" for row in misfit.rows[:5]]
        raise PilotError(
            DATA, f"{misfit.column}: {len(misfit.rows)} values are not {misfit.wanted}, first {', '.join(shown)}."
        )
    return typed


def as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """Every column as text, as the source spells it; an empty text is no value."""
    columns = [
        pl.col(name).dt.strftime("%Y-%m-%d %H:%M:%S%.f") if dtype == pl.Datetime else pl.col(name).cast(pl.String)
        for name, dtype in frame.schema.items()
    ]
    text = frame.select(columns)
    return text.select(pl.when(pl.all() != "").then(pl.all()))


def _as_time(column: str) -> pl.Expr:
    text = pl.col(column).str.replace("T", " ", literal=True).str.replace(r"(Z|\+00:?00)$", "")
    tried = [text.str.to_datetime(shape, strict=False, time_unit="us") for shape in _TIME_FORMATS]
    return pl.when(pl.col(column).str.contains(TIME_SHAPE)).then(pl.coalesce(tried)).alias(column)


def _as_number(column: str) -> pl.Expr:
    number = pl.col(column).str.strip_chars().cast(pl.Float64, strict=False)
    return pl.when(number.is_finite()).then(number).alias(column)


def _as_label(column: str) -> pl.Expr:
    return (
        pl.col(column)
        .str.to_lowercase()
        .replace_strict({"0": 0, "1": 1, "0.0": 0, "1.0": 1, "false": 0, "true": 1}, default=None, return_dtype=pl.Int8)
        .alias(column)
    )
