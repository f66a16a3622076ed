"""Spoil a day of the bundled source, for a failure drill."""

from datetime import date, timedelta

import polars as pl

from mlops_pilot.errors import NO_INPUT, PilotError
from mlops_pilot.plant_faults import plant_fault
from mlops_pilot.project import Project
from mlops_pilot.source import open_source


def plant_in_source(name: str, day: date, seed: int, project: Project) -> list[str]:
    """The keys of the spoilt rows; none where the day as a whole is spoilt. Exit 66 when the day has no rows."""
    config, time = project.config, pl.col(project.config.data.time)
    with open_source(config, project.work) as source:
        table = source.read_all()
        mine = time.is_between(pl.lit(day.isoformat()), pl.lit((day + timedelta(days=1)).isoformat()), closed="left")
        rows, others = table.filter(mine), table.filter(mine.not_() | time.is_null())
        if rows.height == 0:
            raise PilotError(NO_INPUT, f"the source has no rows on {day}.")
        spoilt, keys = plant_fault(rows, config.data, name, seed)
        # A column that only the day has, or lacks, is one that the whole table has, or lacks for it.
        source.replace_table(pl.concat([others, spoilt], how="diagonal"))
    return keys
