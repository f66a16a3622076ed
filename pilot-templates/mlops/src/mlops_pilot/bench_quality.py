"""The champion and logistic regression on the rows that the champion's day held out."""

from datetime import date

import polars as pl

from mlops_pilot.baselines import score_logistic
from mlops_pilot.bench import Gathered, keep_most, last_day
from mlops_pilot.data_steps import read_split
from mlops_pilot.errors import DATA, PilotError
from mlops_pilot.ingest import read_snapshot_record
from mlops_pilot.model import load
from mlops_pilot.project import Project
from mlops_pilot.registry import champion_folder
from mlops_pilot.report import DataSummary, ScoreRecord
from mlops_pilot.split_day import Split
from mlops_pilot.train_model import fresh_rows


def measure_quality(project: Project, gathered: Gathered) -> tuple[date, Split]:
    """Exit 65 for a champion that no day of the pipeline made."""
    config = project.config
    scorer = load(champion_folder(project.work))
    if "day" not in scorer.card:
        raise PilotError(DATA, f"{scorer.version} was not made by a day of the pipeline; promote one that was.")
    day = date.fromisoformat(str(scorer.card["day"]))
    split = read_split(day, project)
    held_out, names = fresh_rows(split, project), scorer.features
    matrix = held_out.select(names).to_numpy()
    baseline = score_logistic(
        split.train.select(names).to_numpy(), split.train["label"].to_numpy(), matrix, config.model.seed
    )
    columns = held_out.select("rowId", "entity", pl.col("eventTime").dt.date().cast(pl.String), "label")
    scores = [
        ScoreRecord(row=row, entity=entity, day=at, label=label, score=float(score), baseline=float(other))
        for (row, entity, at, label), score, other in zip(
            columns.iter_rows(), scorer.score(matrix).tolist(), baseline.tolist(), strict=True
        )
    ]
    gathered.scores, gathered.left_out = keep_most(scores)
    spans, snapshot = split.spans, read_snapshot_record(day.isoformat(), project.work)
    gathered.data = DataSummary(
        name=config.data.name,
        task=config.task,
        rows=len(gathered.scores),
        positives=sum(record.label for record in gathered.scores),
        trainFrom=spans.train_from.date().isoformat(),
        trainTo=last_day(spans.train_to),
        testFrom=spans.test_from.date().isoformat(),
        testTo=last_day(spans.test_to),
        snapshotSha256=None if snapshot is None else snapshot.sha256,
    )
    return day, split
