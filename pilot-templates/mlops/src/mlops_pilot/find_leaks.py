"""Whether features know more than was known: change what lay in the future and see which features move."""

from collections.abc import Callable
from datetime import datetime, timedelta

import polars as pl

from mlops_pilot.config import Data, MlopsConfig

Build = Callable[[pl.LazyFrame, MlopsConfig], pl.LazyFrame]


def find_leaks(build: Build, frame: pl.DataFrame, config: MlopsConfig, moments: list[datetime]) -> list[str]:
    """Names of features of rows up to a moment that move when rows after it, or labels not known at it, change."""
    before = build(frame.lazy(), config).collect()
    names = before.columns[4:]
    moved: set[str] = set()
    for moment in moments:
        after = build(_change_future(frame, config.data, moment).lazy(), config).collect()
        past = pl.col("eventTime") <= moment
        left, right = before.filter(past), after.filter(past)
        moved |= {name for name in names if not left[name].equals(right[name])}
    return [name for name in names if name in moved]


def _change_future(frame: pl.DataFrame, data: Data, moment: datetime) -> pl.DataFrame:
    time = pl.col(data.time)
    later, unknown = time > moment, time >= moment - timedelta(days=data.delayDays)
    numbers = [*([] if data.amount is None else [data.amount]), *data.numbers]
    return frame.with_columns(
        pl.when(unknown).then(1 - pl.col(data.label)).otherwise(pl.col(data.label)).alias(data.label),
        *[pl.when(later).then(pl.col(name) * 3 + 1).otherwise(pl.col(name)).alias(name) for name in numbers],
    )
