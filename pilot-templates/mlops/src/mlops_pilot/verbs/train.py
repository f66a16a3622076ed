"""`pilot train YYYY-MM-DD`"""

import argparse
from datetime import date


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="a day that was transformed")
    parser.add_argument(
        "--resume",
        choices=["last", "earlier", "none"],
        default="last",
        help="which checkpoint of a training that was cut off to go on from",
    )
    parser.add_argument("--workers", type=int, default=1, help="train by Ray on so many; needs the extra ray")


def run(options: argparse.Namespace) -> int:
    from mlops_pilot.project import open_project
    from mlops_pilot.train_model import train_day

    print(train_day(options.day, open_project(options), options.resume, options.workers)[1], flush=True)  # noqa: T201
    return 0
