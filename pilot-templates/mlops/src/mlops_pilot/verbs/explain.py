"""`pilot explain ROW`"""

import argparse
from datetime import date


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("row", help="the key of a row")
    parser.add_argument(
        "--day", type=date.fromisoformat, required=True, metavar="YYYY-MM-DD", help="the transformed day that holds it"
    )
    parser.add_argument("--reasons", type=int, default=6, help="how many to show")


def run(options: argparse.Namespace) -> int:
    import polars as pl

    from mlops_pilot.errors import NO_INPUT, PilotError
    from mlops_pilot.explain import explain
    from mlops_pilot.model import load
    from mlops_pilot.project import open_project
    from mlops_pilot.registry import champion_folder

    project = open_project(options)
    scorer = load(champion_folder(project.work))
    path = project.work.features(options.day.isoformat())
    if not path.is_file():
        raise PilotError(NO_INPUT, f"{options.day} was not transformed; run: pilot day {options.day}.")
    table = pl.read_parquet(path)
    found = table.filter(pl.col("rowId") == options.row)
    if found.height == 0:
        raise PilotError(NO_INPUT, f"{options.row} is not among the rows of {options.day}.")
    background = table.select(scorer.features).to_numpy()
    told = explain(scorer, found.select(scorer.features).to_numpy()[0], background, seed=project.config.model.seed)
    _say(f"{options.row}: score {told.score:.4f} by {scorer.version}; a usual row has logit {told.base:.2f}")
    for reason in told.reasons[: options.reasons]:
        _say(f"  {reason.adds:+7.2f}  {reason.feature} is {reason.value:.4g}, usually {reason.usual:.4g}")
    return 0


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201
