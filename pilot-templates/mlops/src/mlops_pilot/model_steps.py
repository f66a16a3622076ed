"""The steps of a day that handle models: train, promote, score. Each gives back what it made and one line.

What they need is imported when they run: the steps before them start without PyTorch and MLflow.
"""

from datetime import date

from mlops_pilot.errors import NO_INPUT, PilotError
from mlops_pilot.project import Project

Made = tuple[str, str]


def train(day: date, project: Project) -> Made:
    from mlops_pilot.train_model import train_day

    return train_day(day, project)


def promote(day: date, project: Project) -> Made:
    from mlops_pilot.promote_model import promote_day

    return promote_day(day, project)


def score(day: date, project: Project) -> Made:
    """The day's rows by the champion, in `.pilot/scores/`: rowId, eventTime, entity, score, version."""
    import polars as pl

    from mlops_pilot.code_version import file_sha256
    from mlops_pilot.data_steps import read_split
    from mlops_pilot.model import load
    from mlops_pilot.registry import model_folder, read_champion
    from mlops_pilot.workdir import write_whole

    champion = read_champion(project.work)
    if champion is None:
        raise PilotError(NO_INPUT, f"{day}: no model has been promoted yet, so nothing is scored.")
    scorer, fresh = load(model_folder(project.work, champion.version)), read_split(day, project).fresh
    scores = fresh.select("rowId", "eventTime", "entity").with_columns(
        score=pl.Series(scorer.score(fresh.select(scorer.features).to_numpy())), version=pl.lit(champion.version)
    )
    path = project.work.scores(day.isoformat())
    with write_whole(path) as draft:
        scores.write_parquet(draft)
    return file_sha256(path), f"{scores.height:,} rows by {champion.version}"
