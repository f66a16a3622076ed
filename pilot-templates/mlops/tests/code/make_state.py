"""A state folder with accepted days and a small champion, as the pipeline would have left it."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from shutil import copytree
from tempfile import mkdtemp

import polars as pl

from mlops_pilot.config import MlopsConfig
from mlops_pilot.ingest import keep_snapshot, write_snapshot_record
from mlops_pilot.parse_rows import as_text
from mlops_pilot.project import Project
from mlops_pilot.registry import add_to_history, name_champion
from mlops_pilot.split_day import split_day
from mlops_pilot.train import train
from mlops_pilot.transform import build_features
from mlops_pilot.workdir import Workdir, write_whole
from tests.code.conftest import make_config
from tests.code.make_rows import START, as_frame, make_rows

DAYS = 50
LAST = (START + timedelta(days=DAYS - 1)).date()


def typed_rows() -> pl.DataFrame:
    rows = [
        row | {"channel": row["channel"] if row["channel"] in ("chip", "online") else "contactless"}
        for row in make_rows(4000, DAYS)
    ]
    return as_frame(rows)


def make_state(folder: Path, config: MlopsConfig | None = None) -> Project:
    copytree(_made(), folder / ".pilot")
    return Project(folder, config or make_config(), Workdir(folder / ".pilot"))


@cache
def _made() -> Path:
    work, config = Workdir(Path(mkdtemp()) / ".pilot"), make_config()
    frame = typed_rows()
    for number in range(DAYS):
        day = (START + timedelta(days=number)).date()
        rows = frame.filter(pl.col("time").dt.date() == day)
        kept = keep_snapshot(day.isoformat(), as_text(rows), config, work)
        write_snapshot_record(replace(kept, accepted=True), work)
    features = build_features(frame.lazy(), config).collect()
    with write_whole(work.features(LAST.isoformat())) as draft:
        features.write_parquet(draft)
    for version in ("v1", "v2"):
        add_model(work, config, features, version)
    name_champion(work, "v1", "2026-02-20T06:00:00.000000Z", None)
    add_to_history(
        work, {"version": "v1", "at": "2026-02-20T06:00:00.000000Z", "outcome": "promote", "reason": "the first"}
    )
    return work.state


def add_model(work: Workdir, config: MlopsConfig, features: pl.DataFrame, version: str) -> None:
    seed = 7 if version == "v1" else 8
    seeded = config.model_copy(update={"model": config.model.model_copy(update={"seed": seed, "epochs": 1})})
    learnt = split_day(features, date.fromisoformat(LAST.isoformat()), config).train
    train(learnt, seeded, work.models / version, lineage={"day": LAST.isoformat(), "snapshots": {}})
