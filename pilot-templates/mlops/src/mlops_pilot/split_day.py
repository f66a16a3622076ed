"""What may be learnt from, what is judged on and what is scored on a day: cut by time, with the delay between them.

At the end of the day the labels of its last `delayDays` are unknown. The held-out rows are the newest labelled ones;
at their first moment the labels of the days before were unknown too, and so those days are left out of training.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import polars as pl

from mlops_pilot.config import Data, MlopsConfig
from mlops_pilot.errors import DATA, PilotError


@dataclass(frozen=True)
class Spans:
    """Moments; each span holds its first and not its last."""

    train_from: datetime
    train_to: datetime
    test_from: datetime
    test_to: datetime
    fresh_from: datetime
    fresh_to: datetime


@dataclass(frozen=True)
class Split:
    """Frames of `transform.build_features`. `fresh`: the day itself, its labels unknown unless the delay is 0."""

    spans: Spans
    train: pl.DataFrame
    held_out: pl.DataFrame
    fresh: pl.DataFrame


def spans_of(day: date, data: Data) -> Spans:
    end, delay = datetime(day.year, day.month, day.day) + timedelta(days=1), timedelta(days=data.delayDays)
    test_to = end - delay
    test_from = test_to - timedelta(days=data.testDays)
    train_to = test_from - delay
    return Spans(train_to - timedelta(days=data.trainDays), train_to, test_from, test_to, end - timedelta(days=1), end)


def split_day(features: pl.DataFrame, day: date, config: MlopsConfig) -> Split:
    """Exit 65 when a part has no rows, when training knows one class only, or when a row stands in both parts."""
    spans, time = spans_of(day, config.data), pl.col("eventTime")
    labelled = features.filter(pl.col("label").is_not_null())
    train = labelled.filter(time.is_between(spans.train_from, spans.train_to, closed="left"))
    held_out = labelled.filter(time.is_between(spans.test_from, spans.test_to, closed="left"))
    fresh = features.filter(time.is_between(spans.fresh_from, spans.fresh_to, closed="left"))
    for part, said, first, last in (
        (train, "to learn from", spans.train_from, spans.train_to),
        (held_out, "held out", spans.test_from, spans.test_to),
    ):
        if part.height == 0:
            days = f"{first:%Y-%m-%d} to {last - timedelta(days=1):%Y-%m-%d}"
            raise PilotError(DATA, f"{day}: there are no labelled rows {said} ({days}); ingest those days first.")
    _require_two_classes(train, day, config)
    _require_apart(train, held_out, day)
    return Split(spans, train, held_out, fresh)


def _require_two_classes(train: pl.DataFrame, day: date, config: MlopsConfig) -> None:
    positives = int(train["label"].sum())
    if positives in (0, train.height):
        raise PilotError(
            DATA,
            f"{day}: {config.data.label} has one class in the training days: {positives:,} of {train.height:,} rows "
            "are 1; nothing can be learnt.",
        )


def _require_apart(train: pl.DataFrame, held_out: pl.DataFrame, day: date) -> None:
    both = held_out.join(train, on="rowId", how="semi")["rowId"].unique().sort()
    if both.len():
        shown = ", ".join(both.head(5).to_list())
        raise PilotError(
            DATA,
            f"{day}: SPLIT_LEAK: {both.len():,} rows stand in the training days and in the held-out ones, "
            f"first {shown}.",
        )
