"""`pilot test`"""

import argparse
import subprocess
import sys


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rest", nargs="*", help="passed on to pytest")


def run(options: argparse.Namespace) -> int:
    command = [sys.executable, "-m", "pytest", *options.rest]
    return subprocess.run(command, cwd=options.dir, check=False).returncode  # noqa: S603
