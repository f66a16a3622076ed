"""`pilot approve VERSION --by NAME --reason TEXT`"""

import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("version", help="a folder of .pilot/models")
    parser.add_argument("--by", required=True, metavar="NAME", help="policy.approver of pilot.json")
    parser.add_argument("--reason", required=True, metavar="TEXT", help="what was looked at")


def run(options: argparse.Namespace) -> int:
    from mlops_pilot.project import open_project
    from mlops_pilot.promote_model import approve

    approve(options.version, options.by, options.reason, open_project(options))
    print(f"{options.version} is approved by {options.by}; its next promotion counts it.", flush=True)  # noqa: T201
    return 0
