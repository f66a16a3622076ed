"""`pilot step NAME --day YYYY-MM-DD`"""

import argparse
import json
from datetime import date


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", choices=["ingest", "check", "transform", "train", "promote", "score"])
    parser.add_argument("--day", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD")


def run(options: argparse.Namespace) -> int:
    from mlops_pilot.day import run_step
    from mlops_pilot.project import open_project

    outcome = run_step(options.name, options.day, open_project(options))
    # One JSON object a line: the scheduler's log keeps it.
    value = {"day": str(options.day), "step": outcome.step, "unchanged": outcome.unchanged, "said": outcome.said}
    print(json.dumps(value), flush=True)  # noqa: T201
    return 0
