"""`pilot day YYYY-MM-DD`"""

import argparse
from datetime import date


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("day", type=date.fromisoformat, metavar="YYYY-MM-DD")
    parser.add_argument("--again", action="store_true", help="redo a finished day, for example after a change of code")


def run(options: argparse.Namespace) -> int:
    from mlops_pilot.day import Outcome, run_day
    from mlops_pilot.project import open_project

    def say(outcome: Outcome) -> None:
        print(f"{outcome.step:9} {'unchanged: ' if outcome.unchanged else ''}{outcome.said}", flush=True)  # noqa: T201

    run_day(options.day, open_project(options), say, options.again)
    return 0
