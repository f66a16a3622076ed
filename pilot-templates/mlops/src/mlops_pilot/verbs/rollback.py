"""`pilot rollback --by NAME --reason TEXT`"""

import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", metavar="VERSION", help="default: the champion before this one")
    parser.add_argument("--by", required=True, metavar="NAME", help="who takes the champion out of service")
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why, for the history")


def run(options: argparse.Namespace) -> int:
    from mlops_pilot.project import open_project
    from mlops_pilot.promote_model import roll_back

    for line in roll_back(open_project(options), options.by, options.reason, options.to):
        print(line, flush=True)  # noqa: T201
    return 0
