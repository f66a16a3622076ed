"""The training step of a day: a model folder, its judgement beside the baselines, and a record of both in MLflow."""

import json
from datetime import date
from pathlib import Path

import polars as pl

from mlops_pilot.data_steps import read_split
from mlops_pilot.drop_known import drop_known
from mlops_pilot.errors import NO_INPUT, PilotError
from mlops_pilot.ingest import accepted_days
from mlops_pilot.judge_model import judge_model
from mlops_pilot.model import CARD, load
from mlops_pilot.project import Project
from mlops_pilot.ray_train import train_by_ray
from mlops_pilot.split_day import Split
from mlops_pilot.track import log_training
from mlops_pilot.train import Resume, name_version, train
from mlops_pilot.workdir import write_text

EVALUATION = "evaluation.json"


def train_day(day: date, project: Project, resume: Resume = "last", workers: int = 1) -> tuple[str, str]:
    """Hash of the weights, and one line. More than one of `workers` train by Ray.

    The same day, settings and code again find the model that is there.
    """
    config, work = project.config, project.work
    split = read_split(day, project)
    version = name_version(split.train, config)
    folder = work.models / version
    said = ""
    if not _is_whole(folder):
        lineage = {"day": day.isoformat(), "snapshots": _snapshots(day, split, project)}
        if workers > 1:
            train_by_ray(split.train, config, folder, workers, work.state / "ray", lineage)
            said = f", trained by {workers} workers of Ray"
        else:
            trained = train(split.train, config, folder, lineage=lineage, resume=resume)
            said = f", trained in {trained.seconds:.1f} s on {trained.device}"
    if not (folder / EVALUATION).is_file():
        judgement = judge_model(load(folder), split.train, fresh_rows(split, project), config)
        value = {"day": day.isoformat(), **judgement.facts()}
        write_text(folder / EVALUATION, json.dumps(value, indent=2) + "\n")
    write_text(_trained(day, project), json.dumps({"version": version}) + "\n")
    facts = json.loads((folder / EVALUATION).read_text(encoding="utf-8"))
    log_training(config, work, folder, facts["metrics"], project.root / "uv.lock")
    metrics = facts["metrics"]
    return (
        load(folder).card["weightsSha256"],
        f"{version}: average precision {metrics['averagePrecision']:.3f} (logistic regression "
        f"{metrics['logisticAveragePrecision']:.3f}, boosting {metrics['boostingAveragePrecision']:.3f}){said}",
    )


def trained_version(day: date, project: Project) -> str:
    """What the day's training made, whatever the code has become since. Exit 66 before it."""
    try:
        return str(json.loads(_trained(day, project).read_text(encoding="utf-8"))["version"])
    except FileNotFoundError as cause:
        raise PilotError(NO_INPUT, f"{day} has no trained model; run: pilot train {day}.") from cause


def fresh_rows(split: Split, project: Project) -> pl.DataFrame:
    """The held-out rows that nobody could have known by then."""
    everything = pl.concat([split.train, split.held_out]) if split.train.height else split.held_out
    return drop_known(split.held_out, everything, project.config, split.spans.train_from)


def _trained(day: date, project: Project) -> Path:
    return project.work.state / "trained" / f"{day}.json"


def _is_whole(folder: Path) -> bool:
    if not (folder / CARD).is_file():
        return False
    try:
        load(folder)
    except PilotError:
        return False
    return True


def _snapshots(day: date, split: Split, project: Project) -> dict[str, str]:
    first, last = split.spans.train_from.date(), split.spans.test_to.date()
    return {each.day: each.sha256 for each in accepted_days(project.work, first, min(last, day))}
