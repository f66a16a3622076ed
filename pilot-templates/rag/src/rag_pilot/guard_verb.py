"""`pilot guard-report`."""

import argparse
from pathlib import Path
from typing import Any


def add_guard_verb(verbs: Any) -> argparse.ArgumentParser:
    """`verbs` is argparse's own collection; the parser that was added."""
    report: argparse.ArgumentParser = verbs.add_parser(
        "guard-report", help="what the guard reaches on public sets, and against an endpoint that echoes"
    )
    report.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder that holds dev-guardrails")
    report.set_defaults(verb=_report)
    return report


def _report(options: argparse.Namespace) -> int:
    from rag_pilot.config import load_config
    from rag_pilot.guard_report import report_guard

    config = load_config(options.config or options.dir / "pilot.json")
    print(report_guard(config, options.dir.resolve(), options.data), flush=True)  # noqa: T201
    return 0
