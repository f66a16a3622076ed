"""`pilot audit VERSION`"""

import argparse
from pathlib import Path


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("version", nargs="?", help="default: the champion")
    parser.add_argument("--out", type=Path, help="default: .pilot/report/audit-VERSION.zip")
    parser.add_argument("--without-tracking", action="store_true", help="do not ask MLflow")


def run(options: argparse.Namespace) -> int:
    from mlops_pilot.audit import write_audit_pack
    from mlops_pilot.project import open_project
    from mlops_pilot.registry import champion_folder, model_folder
    from mlops_pilot.track import tracked_facts

    project = open_project(options)
    folder = model_folder(project.work, options.version) if options.version else champion_folder(project.work)
    known = None if options.without_tracking else tracked_facts(project.config, project.work, folder.name)
    path = options.out or project.work.report / f"audit-{folder.name}.zip"
    print(f"written to {write_audit_pack(folder.name, project, path, known)}", flush=True)  # noqa: T201
    return 0
