"""`pilot setup`"""

import argparse
from datetime import date
from pathlib import Path


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, help="a folder with a table, instead of data.path")
    parser.add_argument("--day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day of the first model")
    parser.add_argument("--no-model", action="store_true", help="stop before the first model is made")


def run(options: argparse.Namespace) -> int:
    from mlops_pilot.project import open_project
    from mlops_pilot.set_up import set_up

    def say(text: str) -> None:
        print(text, flush=True)  # noqa: T201

    set_up(open_project(options), options.data, options.day, not options.no_model, say)
    return 0
