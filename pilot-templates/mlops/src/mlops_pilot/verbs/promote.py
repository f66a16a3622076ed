"""`pilot promote VERSION YYYY-MM-DD`"""

import argparse
from datetime import date


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("version", help="a folder of .pilot/models")
    parser.add_argument(
        "day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the transformed day whose held-out rows decide"
    )
    parser.add_argument(
        "--as-first", action="store_true", help="judge by the targets alone, when champion and data have grown apart"
    )


def run(options: argparse.Namespace) -> int:
    from mlops_pilot.data_steps import read_split
    from mlops_pilot.project import open_project
    from mlops_pilot.promote_model import promote_version
    from mlops_pilot.train_model import fresh_rows

    project = open_project(options)
    rows = fresh_rows(read_split(options.day, project), project)
    print(promote_version(options.version, rows, project, as_first=options.as_first), flush=True)  # noqa: T201
    return 0
