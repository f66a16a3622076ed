"""`pilot gate`"""

import argparse
from pathlib import Path


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("report", type=Path, nargs="?", default=Path("report.json"), help="default: report.json")


def run(options: argparse.Namespace) -> int:
    from mlops_pilot.gate import EXIT, check_unmoved, judge_report, overall
    from mlops_pilot.project import open_project
    from mlops_pilot.report import read_report

    report = read_report(options.report)
    check_unmoved(report, open_project(options).config)
    verdicts = judge_report(report)
    for item in verdicts:
        sign = ">" if item.target.comparison == "gt" else "<"
        value = "none" if item.value is None else f"{item.value:.4g}"
        print(f"{item.verdict:12} {item.target.metric} {sign} {item.target.value:g}: {value}; {item.reason}.")  # noqa: T201
    outcome = overall(verdicts)
    print(f"gate: {outcome}", flush=True)  # noqa: T201
    return EXIT[outcome]
