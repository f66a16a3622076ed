"""Feature frames with a known answer, small enough to train on in a blink."""

from datetime import datetime, timedelta

import numpy as np
import polars as pl

from mlops_pilot.config import MlopsConfig

from .conftest import make_config

NAMES = ["amount", "risk", "noise"]


def make_learning_config(**model: object) -> MlopsConfig:
    choices = {"hidden": [8], "epochs": 3, "batchSize": 256, "learningRate": 0.01, "seed": 7, **model}
    return make_config(model=choices)


def make_features(rows: int = 1500, seed: int = 1, start: datetime = datetime(2026, 1, 1)) -> pl.DataFrame:
    """About one positive in ten; `risk` tells much, `amount` some, `noise` nothing."""
    draw = np.random.default_rng(seed)
    labels = (draw.random(rows) < 0.1).astype(np.int8)
    values = draw.normal(size=(rows, 3)).astype(np.float32)
    values[:, 1] += 2.0 * labels
    values[:, 0] += 0.7 * labels
    return pl.DataFrame(
        {
            "rowId": [f"r{seed}-{row:05d}" for row in range(rows)],
            "eventTime": [start + timedelta(minutes=10 * row) for row in range(rows)],
            "entity": [f"c{row % 200}" for row in range(rows)],
            "label": labels,
            **{name: values[:, at] for at, name in enumerate(NAMES)},
        },
        schema_overrides={"eventTime": pl.Datetime("us")},
    )
