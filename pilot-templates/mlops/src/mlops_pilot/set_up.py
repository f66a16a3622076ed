"""From a fresh folder to a first champion: the source filled, the history checked, one day run."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from mlops_pilot.day import Outcome, load_history, run_day
from mlops_pilot.errors import NO_INPUT, PilotError
from mlops_pilot.parse_rows import as_text
from mlops_pilot.project import Project
from mlops_pilot.read_data import holds_series, read_data
from mlops_pilot.source import open_source
from mlops_pilot.split_day import spans_of
from mlops_pilot.workdir import write_text

# Left for the schedule: five days to run, and the day after them, which the bundled data delivers badly.
LEFT_DAYS = 6
_BAD_DAY = "bad_day.csv.gz"


def set_up(project: Project, folder: Path | None, day: date | None, model: bool, say: Callable[[str], None]) -> None:
    """Idempotent: what is there already is kept. Exit 66 when there is nothing to fill the source with."""
    where = folder or project.root / project.config.data.path
    if project.config.task == "forecast" and holds_series(where):
        say(f"{where} holds series to forecast; there is no source to fill.")
        return
    project = _fill_source(project, where, folder is not None, say)
    with open_source(project.config, project.work) as source:
        span = source.span()
    if span is None:
        raise PilotError(NO_INPUT, "the source has no rows.")
    first, last = span
    chosen = day or max(first, last - timedelta(days=LEFT_DAYS))
    reach = max(project.config.features.windowsDays, default=0) + project.config.data.delayDays
    start = max(first, spans_of(chosen, project.config.data).train_from.date() - timedelta(days=reach))
    good = load_history(start, chosen, project, lambda _day, _said: None)
    say(f"history: {good} good days, {start} to {chosen}; the source has {first} to {last}")
    if model:
        run_day(chosen, project, lambda outcome: say(_line(outcome)))


def _fill_source(project: Project, where: Path, other_data: bool, say: Callable[[str], None]) -> Project:
    variable = project.config.source.urlVariable
    if os.environ.get(variable) and not other_data:
        return project
    with open_source(project.config, project.work) as source:
        if source.has_table() and not other_data:
            return project
    read = read_data(where, project.config)
    raw = read.raw
    if (where / _BAD_DAY).is_file():
        raw = pl.concat([raw, as_text(pl.read_csv(where / _BAD_DAY, infer_schema=False))])
    with open_source(read.config, project.work) as source:
        source.replace_table(raw)
    say(f"source: {raw.height:,} rows of {read.config.data.name}")
    if read.config != project.config:
        path = project.work.state / "pilot.json"
        write_text(path, json.dumps(read.config.model_dump(mode="json"), indent=2) + "\n")
        say(f"these columns have their own configuration; give it to every verb: --config {path}")
    return replace(project, config=read.config)


def _line(outcome: Outcome) -> str:
    return f"{outcome.step:9} {'unchanged: ' if outcome.unchanged else ''}{outcome.said}"
