"""Airflow in its own environment and a fresh home: `airflow db migrate` for real, on SQLite, loopback only."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from mlops_pilot.make_data import START, make_transactions
from mlops_pilot.project import Project
from mlops_pilot.workdir import Workdir

from .conftest import ROOT, make_config
from .test_day import SHORT, fill, trust_history

ENVIRONMENT = ROOT / "airflow" / ".venv"


@dataclass(frozen=True)
class Airflow:
    home: Path
    environment: Mapping[str, str]

    def run(self, *command: str, **more: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [str(ENVIRONMENT / "bin" / "airflow"), *command],
            env={**self.environment, **more},
            cwd=self.home,
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )


def install_airflow() -> None:
    """From its own lock file; skipped where neither the environment nor uv is there."""
    uv = os.environ.get("UV") or shutil.which("uv")
    if uv is None and not (ENVIRONMENT / "bin" / "airflow").is_file():
        pytest.skip("Airflow is not installed (make airflow) and uv is not on the path: the DAG was not run")
    if uv is not None:
        environment = {
            name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT")
        }
        subprocess.run(
            [uv, "sync", "--frozen", "--quiet"], cwd=ROOT / "airflow", env=environment, check=True, timeout=600
        )


def make_project(folder: Path) -> Project:
    """A pilot that learns in a second: nine days of history, three to run."""
    config = make_config(
        data=SHORT,
        features={"windowsDays": [1, 7]},
        model={"kind": "linear", "epochs": 1, "batchSize": 512},
    )
    # So few days show nothing about quality: the first model has no such target to meet.
    config = config.model_copy(update={"targets": [each for each in config.targets if each.metric == "p95Ms"]})
    project = Project(ROOT, config, Workdir(folder / "state"))
    fill(project, make_transactions(16, scale=3))
    trust_history(project)
    (folder / "pilot.json").write_text(json.dumps(config.model_dump(mode="json")))
    return project


def start_airflow(folder: Path, **more: str) -> Airflow:
    home = folder / "airflow"
    home.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "PYTHON", "VIRTUAL"))}
    airflow = Airflow(
        home,
        kept
        | {
            "AIRFLOW_HOME": str(home),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "airflow" / "dags"),
            "AIRFLOW__LOGGING__LOGGING_LEVEL": "WARNING",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PILOT_ROOT": str(ROOT),
            "PILOT_COMMAND": str(Path(sys.executable).parent / "pilot"),
            "PILOT_STATE": str(folder / "state"),
            "PILOT_CONFIG": str(folder / "pilot.json"),
            "PILOT_FIRST_DAY": str(day_of(0)),
            "PILOT_RETRY_SECONDS": "0",
            "OMP_NUM_THREADS": "1",
            **more,
        },
    )
    migrated = airflow.run("db", "migrate")
    assert migrated.returncode == 0, migrated.stderr
    return airflow


def day_of(number: int) -> date:
    return (START + timedelta(days=number)).date()
