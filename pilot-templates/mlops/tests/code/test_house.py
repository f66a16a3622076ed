"""Each framework has its homes, nothing unsafe is ever read, and the scheduler's environment is apart."""

import ast
import tomllib
from pathlib import Path

import pytest

from mlops_pilot.cli import VERBS

from .conftest import ROOT

SOURCES = sorted((ROOT / "src" / "mlops_pilot").rglob("*.py"))
HOMES = {
    "great_expectations": {"expect_rows.py"},
    "sqlalchemy": {"source.py"},
    # The second is the code that a logged model brings with it.
    "mlflow": {"track.py", "mlflow_code/model.py"},
    "sklearn": {"baselines.py"},
    "ray": {"ray_train.py"},
    "fastapi": {"serve.py"},
    "uvicorn": {"open_port.py"},
    "prometheus_client": {"meters.py"},
    # pandas stands where a framework asks for its frames, and where it is compared.
    "pandas": {"mlflow_code/model.py", "pandas_features.py", "bench_features.py"},
    "psycopg": set[str](),
    "airflow": set[str](),
}
FORBIDDEN = {"pickle", "cloudpickle", "joblib", "dill", "shelve", "marshal"}


def imported(path: Path) -> set[str]:
    """At the top or inside a function."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    return names


def place(path: Path) -> str:
    return path.relative_to(ROOT / "src" / "mlops_pilot").as_posix()


@pytest.mark.parametrize("path", SOURCES, ids=place)
def test_a_framework_is_imported_in_its_homes_only(path: Path) -> None:
    strangers = {name for name in imported(path) if name in HOMES and place(path) not in HOMES[name]}
    assert not strangers, f"{place(path)} imports {strangers}; their homes are {[HOMES[name] for name in strangers]}"
    assert not imported(path) & FORBIDDEN


@pytest.mark.parametrize("path", SOURCES, ids=place)
def test_a_module_stays_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 300


@pytest.mark.parametrize("path", SOURCES, ids=place)
def test_no_weights_are_read_in_a_way_that_may_run_code(path: Path) -> None:
    """`torch.load` reads pickles; this pilot has safetensors only."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    assert "torch.load" not in {ast.unparse(call.func) for call in calls}


def test_every_verb_has_its_module() -> None:
    folder = ROOT / "src" / "mlops_pilot" / "verbs"
    assert [name for name in VERBS if not (folder / f"{name.replace('-', '_')}.py").is_file()] == []


def test_the_two_environments_share_no_dependency_of_the_other_kind() -> None:
    """Airflow, MLflow, Great Expectations and PyTorch in one environment pin each other: two, each with its own lock."""

    def locked(path: Path) -> set[str]:
        return {package["name"] for package in tomllib.loads(path.read_text())["package"]}

    assert not {name for name in locked(ROOT / "uv.lock") if name.startswith("apache-airflow")}
    assert not {"torch", "mlflow-skinny", "great-expectations", "polars"} & locked(ROOT / "airflow" / "uv.lock")
