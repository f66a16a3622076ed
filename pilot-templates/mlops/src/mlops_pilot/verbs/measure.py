"""`pilot measure --data DIR`"""

import argparse
import json
from pathlib import Path


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data", type=Path, required=True, help="a folder with a table, or with series to forecast")
    parser.add_argument("--seeds", type=int, default=1, help="trainings of a classifier, each with its own seed")
    parser.add_argument("--out", type=Path, help="write the figures there as JSON too")


def run(options: argparse.Namespace) -> int:
    from mlops_pilot.project import open_project
    from mlops_pilot.read_data import holds_series

    config = open_project(options).config
    if holds_series(options.data):
        from mlops_pilot.forecast import measure_forecast

        facts = measure_forecast(options.data, config, _say)
    else:
        from mlops_pilot.measure_data import measure_data

        facts = measure_data(options.data, config, options.seeds, _say).facts()
    text = json.dumps(facts, indent=2)
    _say(text)
    if options.out:
        from mlops_pilot.workdir import write_text

        write_text(options.out, text + "\n")
    return 0


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201
