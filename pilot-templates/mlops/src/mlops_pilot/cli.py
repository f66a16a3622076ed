"""`pilot setup | test | run | bench | gate`, and the steps of a day."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from mlops_pilot.errors import INTERNAL, PilotError

INTERRUPTED = 130
# A verb and what it does; `mlops_pilot/verbs/<name with underscores>.py` holds it.
VERBS = {
    "setup": "check pilot.json, fill the bundled source, load the history, make the first model",
    "day": "one day from end to end: ingest, check, transform, train, promote, score",
    "step": "one step of a day, as the scheduler runs it",
    "load-history": "ingest and check days that are only learnt from",
    "plant-fault": "spoil a day of the bundled source, for a failure drill",
    "bench-features": "features by Polars and by pandas on the same rows: seconds and memory",
    "make-data": "write made-up transactions with documented statistics",
    "train": "train and judge the model of a transformed day; goes on where a killed training stopped",
    "promote": "hold a version against the champion on the held-out rows of a day",
    "approve": "say yes to a version by name, where pilot.json says regulated",
    "rollback": "serve the champion before this one again",
    "champion": "which version serves, and every decision that led there",
    "explain": "why one row got its score",
    "audit": "write the audit pack of a version",
    "measure": "train and judge on a table or on series of one's own, without touching the state",
    "run": "serve the champion on 127.0.0.1, with a page to try it",
    "bench": "measure; writes report.json and report.md",
    "gate": "judge a report: exit 0 pass, 1 fail, 3 inconclusive",
    "monitor": "drift, freshness and volume of a day; an alert for each that is out of bounds",
    "test": "tests of the code, of the data and of the models",
}


def main(arguments: Sequence[str] | None = None) -> int:
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = _parser(given).parse_args(given)
    try:
        return int(options.run(options))
    except PilotError as error:
        if options.debug:
            raise
        print(f"pilot: {error}", file=sys.stderr)  # noqa: T201
        return error.exit_code
    except KeyboardInterrupt:
        print("pilot: stopped.", file=sys.stderr)  # noqa: T201
        return INTERRUPTED
    except Exception as error:
        if options.debug:
            raise
        said = " ".join(str(error).split())[:300]
        print(f"pilot: internal error: {type(error).__name__}: {said}; --debug shows where.", file=sys.stderr)  # noqa: T201
        return INTERNAL


def _parser(given: Sequence[str]) -> argparse.ArgumentParser:
    """Knows every verb by name, and in full those that stand among the arguments: the others are not imported."""
    parser = argparse.ArgumentParser(prog="pilot", description="From transactions to a guarded release, every day.")
    _add_common(parser, Path(), None, False)
    verbs = parser.add_subparsers(required=True, metavar="VERB", title="verbs")
    for name, said in VERBS.items():
        verb = verbs.add_parser(name, help=said, description=said)
        # Also after the verb; SUPPRESS keeps what was said before it.
        _add_common(verb, argparse.SUPPRESS, argparse.SUPPRESS, argparse.SUPPRESS)
        if name in given:
            module = import_module(f"mlops_pilot.verbs.{name.replace('-', '_')}")
            module.arguments(verb)
            verb.set_defaults(run=module.run)
    return parser


def _add_common(parser: argparse.ArgumentParser, folder: object, path: object, debug: object) -> None:
    parser.add_argument("--dir", type=Path, default=folder, help="folder of the pilot (default: here)")
    parser.add_argument("--config", type=Path, default=path, help="instead of pilot.json")
    parser.add_argument("--state", type=Path, default=path, help="instead of .pilot")
    parser.add_argument("--debug", action="store_true", default=debug, help="show where an error came from")


if __name__ == "__main__":
    sys.exit(main())
