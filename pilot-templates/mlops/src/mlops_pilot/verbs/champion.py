"""`pilot champion`"""

import argparse


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--sync", action="store_true", help="move MLflow's alias to the champion that serves")


def run(options: argparse.Namespace) -> int:
    from mlops_pilot.project import open_project
    from mlops_pilot.registry import history, read_champion

    project = open_project(options)
    champion = read_champion(project.work)
    for entry in history(project.work):
        _say(f"{entry['at']}  {entry['outcome']:8} {entry['version']}  {entry['reason']}")
    _say("no champion yet" if champion is None else f"champion: {champion.version}")
    if options.sync and champion is not None:
        from mlops_pilot.track import name_tracked_champion

        number = name_tracked_champion(project.config, project.work, champion.version)
        _say("MLflow does not know it" if number is None else f"MLflow's alias champion is version {number}")
    return 0


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201
