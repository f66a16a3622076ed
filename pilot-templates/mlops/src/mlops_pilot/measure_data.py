"""`pilot measure --data DIR`: train and judge on a table of one's own or a public set, without touching the state."""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import polars as pl

from mlops_pilot.config import MlopsConfig
from mlops_pilot.drop_known import drop_known
from mlops_pilot.errors import DATA, PilotError
from mlops_pilot.judge_model import Judgement, judge_model
from mlops_pilot.model import load
from mlops_pilot.read_data import read_data
from mlops_pilot.split_day import Split, split_day
from mlops_pilot.train import train
from mlops_pilot.transform import build_features

# What no honest model reaches on a set whose difficulty is known: beyond it, a feature tells the label.
BEST_F1_CEILINGS = {"vehicle insurance claims": 0.5}


@dataclass(frozen=True)
class Measured:
    """One judgement a seed, on the same rows. `known`: rows left out because their entity was known already."""

    config: MlopsConfig
    split: Split
    held_out: pl.DataFrame
    known: int
    judgements: list[Judgement]
    train_seconds: list[float]

    @property
    def middle(self) -> Judgement:
        """The judgement of the median average precision."""
        ordered = sorted(self.judgements, key=lambda each: each.average_precision.value)
        return ordered[(len(ordered) - 1) // 2]

    def facts(self) -> dict[str, Any]:
        spans, values = self.split.spans, [each.average_precision.value for each in self.judgements]
        return {
            "data": self.config.data.name,
            "train": {
                "from": f"{spans.train_from:%Y-%m-%d}",
                "to": f"{spans.train_to - timedelta(days=1):%Y-%m-%d}",
                "rows": self.split.train.height,
                "positives": int(self.split.train["label"].sum()),
            },
            "test": {
                "from": f"{spans.test_from:%Y-%m-%d}",
                "to": f"{spans.test_to - timedelta(days=1):%Y-%m-%d}",
                "knownRowsLeftOut": self.known,
            },
            "averagePrecisionBySeed": values,
            "medianAveragePrecision": median(values),
            "trainSeconds": self.train_seconds,
            "medianSeed": self.middle.facts(),
        }


def measure_data(folder: Path, config: MlopsConfig, seeds: int, say: Callable[[str], None]) -> Measured:
    """The newest split that the table's days allow. Exit 65 when it does not reach far enough."""
    started = time.perf_counter()
    dataset = read_data(folder, config)
    adapted = dataset.config
    features = build_features(dataset.typed().lazy(), adapted).collect()
    say(f"{features.height:,} rows, {len(features.columns) - 4} features in {time.perf_counter() - started:.1f} s")
    last = features.filter(pl.col("label").is_not_null())["eventTime"].dt.date().max()
    if not isinstance(last, date):
        raise PilotError(DATA, f"{folder}: no row has a label; nothing can be measured.")
    split = split_day(features, last + timedelta(days=adapted.data.delayDays), adapted)
    held_out = drop_known(split.held_out, features, adapted, split.spans.train_from)
    judgements, seconds = [], []
    for seed in range(config.model.seed, config.model.seed + seeds):
        seeded = adapted.model_copy(update={"model": adapted.model.model_copy(update={"seed": seed})})
        with tempfile.TemporaryDirectory() as made:
            trained = train(split.train, seeded, Path(made))
            judgement = judge_model(load(Path(made)), split.train, held_out, seeded)
        require_believable(adapted.data.name, judgement.metrics["bestF1"])
        judgements.append(judgement)
        seconds.append(trained.seconds)
        say(f"seed {seed}: average precision {judgement.average_precision.value:.4f} in {trained.seconds:.1f} s")
    return Measured(adapted, split, held_out, split.held_out.height - held_out.height, judgements, seconds)


def require_believable(name: str, best_f1: float) -> None:
    """Exit 65 for a figure that is too good for its set."""
    ceiling = BEST_F1_CEILINGS.get(name)
    if ceiling is not None and best_f1 > ceiling:
        raise PilotError(
            DATA,
            f"F1 {best_f1:.3f} on {name} is above {ceiling:g}, which honest features do not reach: look for a leak.",
        )
