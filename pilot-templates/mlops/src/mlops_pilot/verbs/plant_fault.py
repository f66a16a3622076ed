"""`pilot plant-fault NAME --day YYYY-MM-DD`: a failure drill on the bundled source."""

import argparse
import os
from datetime import date


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", help="which fault; an unknown one lists them")
    parser.add_argument("--day", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
    parser.add_argument("--seed", type=int, default=1)


def run(options: argparse.Namespace) -> int:
    from mlops_pilot.errors import CONFIG, NO_PERMISSION, PilotError
    from mlops_pilot.plant_faults import FAULTS
    from mlops_pilot.plant_in_source import plant_in_source
    from mlops_pilot.project import open_project

    if options.name not in FAULTS:
        raise PilotError(CONFIG, f"{options.name} is no fault; there are {', '.join(FAULTS)}.")
    project = open_project(options)
    variable = project.config.source.urlVariable
    if os.environ.get(variable):
        raise PilotError(NO_PERMISSION, f"a drill spoils the bundled source only; unset {variable} first.")
    keys = plant_in_source(options.name, options.day, options.seed, project)
    rows = f" in {', '.join(keys)}" if keys else ""
    print(f"{options.day} now has {FAULTS[options.name].said}{rows}.")  # noqa: T201
    return 0
