"""How long the steps of a day, a training and a large batch take."""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Literal

import numpy as np
import polars as pl

from mlops_pilot.canonical import plain_numbers
from mlops_pilot.config import MlopsConfig
from mlops_pilot.errors import UNAVAILABLE, PilotError
from mlops_pilot.ingest import accepted_days, read_snapshot
from mlops_pilot.model import load
from mlops_pilot.parse_rows import parse_strictly
from mlops_pilot.project import Project
from mlops_pilot.registry import champion_folder
from mlops_pilot.report import Batch, StageTiming, Training
from mlops_pilot.train import train
from mlops_pilot.transform import build_features
from mlops_pilot.workdir import write_text

STEP_SECONDS = 3_600
SIDES: dict[str, Literal["wrapper", "model"]] = {"train": "model", "score": "model"}
# A copy without them does the whole day anew and leaves the real records alone.
_LEFT_OUT = ("models", "mlflow.db*", "artifacts", "events", "alerts", "days", "bench", "report", "*.lock")


def time_day(project: Project, day: date) -> list[StageTiming]:
    """Each step in a process of its own, as the scheduler starts it, in a copy of the state without models.

    The tracking server is not told: the copy has a record of its own. Exit 69 when a step fails.
    """
    from mlops_pilot.day import STEPS

    environment = {name: value for name, value in os.environ.items() if name != project.config.tracking.uriVariable}
    stages = []
    with tempfile.TemporaryDirectory() as folder:
        state, config = Path(folder, "state"), Path(folder, "pilot.json")
        shutil.copytree(project.work.state, state, ignore=shutil.ignore_patterns(*_LEFT_OUT))
        write_config(project.config, config)
        command = [sys.executable, "-m", "mlops_pilot.cli", "--dir", str(project.root), "--config", str(config)]
        for name in STEPS:
            wall, cpu = time.perf_counter(), _child_seconds()
            done = subprocess.run(  # noqa: S603
                [*command, "--state", str(state), "step", name, "--day", day.isoformat()],
                env=environment,
                capture_output=True,
                text=True,
                timeout=STEP_SECONDS,
                check=False,
            )
            if done.returncode:
                said = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
                raise PilotError(UNAVAILABLE, f"the step {name} of {day} ended with {done.returncode}: {said[:500]}")
            stages.append(
                StageTiming(
                    name=name,
                    side=SIDES.get(name, "wrapper"),
                    calls=1,
                    wallMs=round((time.perf_counter() - wall) * 1000, 3),
                    cpuMs=round((_child_seconds() - cpu) * 1000, 3),
                )
            )
    return stages


def time_training(frame: pl.DataFrame, config: MlopsConfig, epochs: int) -> Training:
    """From the frame to the model folder, on the configured device."""
    short = config.model_copy(update={"model": config.model.model_copy(update={"epochs": epochs})})
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        trained = train(frame, short, Path(folder, "model"), resume="none")
        wall = (time.perf_counter() - start) * 1000
    return Training(rows=trained.rows, epochs=trained.epochs, wallMs=round(wall, 3))


def time_batches(project: Project, rows: int, repeats: int) -> list[Batch]:
    """Typed rows to scores: features built and scored, all rows. One batch before them is not counted."""
    from mlops_pilot.device import choose_device

    config = project.config
    frame = make_batch(project, rows)
    scorer = load(champion_folder(project.work), choose_device(config.device))
    batches = []
    for number in range(repeats + 1):
        start = time.perf_counter()
        features = build_features(frame.lazy(), config).select(scorer.features).collect()
        scores = scorer.score(features.to_numpy())
        wall = (time.perf_counter() - start) * 1000
        if not np.isfinite(scores).all():
            raise PilotError(UNAVAILABLE, "a score of the batch is no number.")
        if number:
            batches.append(Batch(rows=len(scores), wallMs=round(wall, 3)))
    return batches


def make_batch(project: Project, rows: int) -> pl.DataFrame:
    """At least `rows` typed rows: all accepted days, and copies of them with entities of their own."""
    config = project.config
    days = accepted_days(project.work, date(1, 1, 1), date(9999, 12, 31))
    known = pl.concat([parse_strictly(read_snapshot(each.day, project.work), config.data) for each in days])
    names = [config.data.key, *config.data.entities]
    copies = [
        known.with_columns(pl.concat_str(pl.col(name).cast(pl.String), pl.lit(f"~{number}")) for name in names)
        for number in range(-(-rows // known.height))
    ]
    return pl.concat(copies)


def write_config(config: MlopsConfig, path: Path) -> None:
    write_text(path, json.dumps(plain_numbers(config.model_dump(mode="json")), ensure_ascii=False))


def _child_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
