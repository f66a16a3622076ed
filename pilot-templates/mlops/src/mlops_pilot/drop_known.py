"""Rows that need no model: those of an entity that was known as compromised before the day of the row."""

from datetime import datetime

import polars as pl

from mlops_pilot.config import MlopsConfig

# The columns before the features; see transform.build_features.
KEYS = ("rowId", "eventTime", "entity", "label")


def drop_known(
    held_out: pl.DataFrame, features: pl.DataFrame, config: MlopsConfig, train_from: datetime
) -> pl.DataFrame:
    """`held_out` without the rows of an entity with a positive since `train_from` that was known by then.

    A label is known on the day after its delay has passed, so that a test day knows no more than its morning did.
    Without entities nothing is known of a row.
    """
    if not config.data.entities:
        return held_out
    day = pl.col("eventTime").dt.date()
    positives = features.filter((pl.col("label") == 1) & (pl.col("eventTime") >= train_from))
    known_on = day + pl.duration(days=config.data.delayDays + 1)
    first = positives.group_by("entity").agg(known_on.min().alias("_known"))
    joined = held_out.join(first, on="entity", how="left", maintain_order="left")
    return joined.filter(pl.col("_known").is_null() | (day < pl.col("_known"))).drop("_known")


def feature_columns(frame: pl.DataFrame) -> list[str]:
    return [name for name in frame.columns if name not in KEYS]
