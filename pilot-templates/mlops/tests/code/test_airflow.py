"""The DAG only wires: Airflow runs it for real, in an environment of its own, on days of the made-up transactions."""

import ast
import json
from pathlib import Path

import pytest

from mlops_pilot.plant_in_source import plant_in_source
from mlops_pilot.project import Project

from .airflow_home import Airflow, day_of, install_airflow, make_project, start_airflow
from .conftest import ROOT
from .test_day import files_of

DAG = ROOT / "airflow" / "dags" / "daily.py"


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> tuple[Airflow, Project]:
    install_airflow()
    folder = tmp_path_factory.mktemp("scheduled")
    return start_airflow(folder), make_project(folder)


def states_of(output: str) -> str:
    """`airflow dags test` ends with 0 even when a task failed: what it printed last says why."""
    return output[-4000:]


def test_the_dag_imports_nothing_of_the_pilot_and_starts_no_shell() -> None:
    tree = ast.parse(DAG.read_text())
    names = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert not any(name.startswith("mlops_pilot") for name in names)
    assert "shell" not in {
        keyword.arg for node in ast.walk(tree) if isinstance(node, ast.Call) for keyword in node.keywords
    }
    assert not any(word in DAG.read_text() for word in ("BashOperator", "run_id", "dag_run.conf", "{{"))


def test_a_day_runs_through_and_the_same_day_again_changes_no_file(started: tuple[Airflow, Project]) -> None:
    airflow, project = started
    first = airflow.run("dags", "test", "daily", str(day_of(9)))
    assert first.returncode == 0, states_of(first.stdout + first.stderr)
    assert project.work.scores(str(day_of(9))).is_file(), states_of(first.stdout + first.stderr)
    before = files_of(project.work.state)
    second = airflow.run("dags", "test", "daily", str(day_of(9)))
    assert second.returncode == 0, states_of(second.stdout + second.stderr)
    assert files_of(project.work.state) == before


def test_a_task_that_is_killed_is_tried_again_and_goes_on(started: tuple[Airflow, Project], tmp_path: Path) -> None:
    airflow, project = started
    marker, wrapper = tmp_path / "killed", tmp_path / "pilot"
    # Kills itself, as the system does for want of memory, the first time that it is to train.
    wrapper.write_text(
        "#!/bin/sh\n"
        f'case "$*" in *"step train"*) if [ ! -e {marker} ]; then touch {marker}; kill -9 $$; fi;; esac\n'
        f'exec {airflow.environment["PILOT_COMMAND"]} "$@"\n'
    )
    wrapper.chmod(0o755)
    done = airflow.run("dags", "test", "daily", str(day_of(10)), PILOT_COMMAND=str(wrapper))
    assert marker.exists()
    assert done.returncode == 0, states_of(done.stdout + done.stderr)
    assert project.work.scores(str(day_of(10))).is_file(), states_of(done.stdout + done.stderr)


def test_a_bad_day_stops_at_its_check_and_the_champion_stays(started: tuple[Airflow, Project]) -> None:
    airflow, project = started
    champion = (project.work.models / "champion.json").read_bytes()
    plant_in_source("amount-text", day_of(11), 1, project)
    done = airflow.run("dags", "test", "daily", str(day_of(11)))
    assert "exit 65: pilot: 2026-01-16 is not used: expect_column_values_to_match_regex on amount: 3 rows" in (
        done.stdout + done.stderr
    )
    alert = json.loads((project.work.alerts / f"{day_of(11)}-check.json").read_text())
    assert alert["champion"] == "keeps serving"
    assert not project.work.features(str(day_of(11))).exists()
    assert (project.work.models / "champion.json").read_bytes() == champion
