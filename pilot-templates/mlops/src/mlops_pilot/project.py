"""What every verb starts from: the configuration, the pilot's folder and its state."""

import argparse
from dataclasses import dataclass
from pathlib import Path

from mlops_pilot.config import MlopsConfig, load_config
from mlops_pilot.workdir import Workdir


@dataclass(frozen=True)
class Project:
    root: Path
    config: MlopsConfig
    work: Workdir


def open_project(options: argparse.Namespace) -> Project:
    root = options.dir.resolve()
    config = load_config(options.config or root / "pilot.json")
    return Project(root, config, Workdir((options.state or root / ".pilot").resolve()))
