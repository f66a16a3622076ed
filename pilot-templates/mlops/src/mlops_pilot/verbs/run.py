"""`pilot run`"""

import argparse
import json
import os
import sys
import threading
from dataclasses import replace


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, help="instead of serving.port; 0 takes a free one")
    parser.add_argument("--expose", action="store_true", help="on every address, not only 127.0.0.1; needs a key")
    parser.add_argument("--allow-host", action="append", default=[], metavar="NAME", help="a name callers may use")
    parser.add_argument("--supervised", action="store_true", help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    from mlops_pilot.champion_service import ChampionService, steady_threads
    from mlops_pilot.door import LOCAL_NAMES
    from mlops_pilot.meters import Meters
    from mlops_pilot.open_port import EVERY_ADDRESS, bind, require_key, serve_app
    from mlops_pilot.project import open_project
    from mlops_pilot.serve import build_app

    project = open_project(options)
    project = replace(project, config=require_key(project.config, options.expose))
    # The port first: it is known at once whether it is free.
    serving = project.config.serving
    listener = bind(
        EVERY_ADDRESS if options.expose else serving.host, serving.port if options.port is None else options.port
    )
    with listener:
        meters = Meters()
        service = ChampionService(project, meters)
        steady_threads()
        service.refresh()
        service.watch()
        if options.supervised:
            threading.Thread(target=_end_with_parent, daemon=True).start()

        def announce(port: int) -> None:
            state = service.problem or f"{service.require().version} serves."
            text = json.dumps({"port": port}) if options.supervised else f"http://127.0.0.1:{port} {state}"
            print(text, flush=True)  # noqa: T201

        names = LOCAL_NAMES | {name.lower() for name in options.allow_host}
        serve_app(build_app(service, meters, names), listener, announce)
    return 0


def _end_with_parent() -> None:
    sys.stdin.read()
    os._exit(0)
