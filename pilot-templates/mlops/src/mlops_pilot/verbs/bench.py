"""`pilot bench`"""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, default=Path("report.json"))
    parser.add_argument("--data", type=Path, help="a folder with a table or with series, instead of data.path")
    parser.add_argument("--preset", choices=["quick", "standard"], help="10 runs of 60 or of 240 requests")
    parser.add_argument("--progress", choices=["text", "json"], default="text", help="on stderr")


def run(options: argparse.Namespace) -> int:
    from mlops_pilot.bench import apply_preset, name_preset, open_bench, run_bench
    from mlops_pilot.describe_report import describe_pacing, describe_report
    from mlops_pilot.errors import UNAVAILABLE, PilotError
    from mlops_pilot.project import open_project
    from mlops_pilot.report import write_report
    from mlops_pilot.workdir import write_text

    say: Callable[[str, int, int, str], None] = _say_json if options.progress == "json" else _say_text
    project = open_bench(open_project(options), options.data, say)
    project = replace(project, config=apply_preset(project.config, options.preset))
    report = run_bench(project, name_preset(project.config, options.preset), say)
    write_report(report, options.out)
    write_text(options.out.with_suffix(".md"), describe_report(report))
    say("report", 1, 1, f"written to {options.out}")
    if report.outcome.status == "failed":
        reason = report.outcome.reason.rstrip(".")
        raise PilotError(
            UNAVAILABLE,
            f"the bench stopped in {report.outcome.stage}: {reason}. What was measured is in {options.out}.",
        )
    for metric in report.metrics:
        if metric.value is not None:
            print(f"{metric.name:20} {metric.value:10.4g} {metric.unit}")  # noqa: T201
    print(describe_pacing(report), flush=True)  # noqa: T201
    return 0


def _say_json(phase: str, done: int, total: int, message: str) -> None:
    line = json.dumps({"phase": phase, "done": done, "total": total, "message": message}, ensure_ascii=False)
    print(line, file=sys.stderr, flush=True)  # noqa: T201


def _say_text(phase: str, done: int, total: int, message: str) -> None:
    print(f"{phase:8} {done}/{total} {message}", file=sys.stderr, flush=True)  # noqa: T201
