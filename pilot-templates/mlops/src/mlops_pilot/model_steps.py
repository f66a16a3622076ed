"""The steps of a day that handle models: train, promote, score. Each gives back what it made and one line."""

from datetime import date

from mlops_pilot.errors import UNAVAILABLE, PilotError
from mlops_pilot.project import Project

Made = tuple[str, str]


def train(day: date, project: Project) -> Made:
    raise PilotError(UNAVAILABLE, f"{day}: there is no model to train yet.")


def promote(day: date, project: Project) -> Made:
    raise PilotError(UNAVAILABLE, f"{day}: there is no model to promote yet.")


def score(day: date, project: Project) -> Made:
    raise PilotError(UNAVAILABLE, f"{day}: there is no model to score with yet.")
