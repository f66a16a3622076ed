"""`pilot load-history --from YYYY-MM-DD --to YYYY-MM-DD`"""

import argparse
from datetime import date


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="first", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")
    parser.add_argument("--to", dest="last", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")


def run(options: argparse.Namespace) -> int:
    from mlops_pilot.day import load_history
    from mlops_pilot.project import open_project

    def say(day: str, said: str) -> None:
        print(f"{day} {said}", flush=True)  # noqa: T201

    good = load_history(options.first, options.last, open_project(options), say)
    print(f"{good} good days of {(options.last - options.first).days + 1}")  # noqa: T201
    return 0
