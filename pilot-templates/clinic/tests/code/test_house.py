"""Each framework has one home, modules stay small, and nothing unsafe is read."""

import ast
from pathlib import Path

import pytest

SOURCES = sorted((Path(__file__).parents[2] / "src" / "clinic_pilot").rglob("*.py"))
HOMES = {
    "numba": {"hot_function.py"},
    "numpy": {"hot_function.py", "digest_result.py"},
    "psutil": {"process_clock.py"},
    "asyncio": {"waiting.py", "delay_server.py", "lessons.py", "run_workload.py"},
    "http": {"page.py"},
}
FORBIDDEN = {"pickle", "cloudpickle", "joblib", "dill", "shelve", "marshal"}


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").split(".")[0])
    return names


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_a_framework_is_imported_in_its_homes_only(path: Path) -> None:
    strangers = {name for name, homes in HOMES.items() if name in imported(path) and path.name not in homes}
    assert not strangers
    assert not imported(path) & FORBIDDEN


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_a_module_stays_small(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= 300


@pytest.mark.parametrize("name", ["waiting", "computing", "hot_function"])
def test_an_example_reads_as_a_lesson(name: str) -> None:
    path = next(path for path in SOURCES if path.stem == name)
    lesson = ast.get_docstring(ast.parse(path.read_text())) or ""
    assert all(part in lesson for part in ("What bounds it", "What fits", "What does not", "Anti-pattern"))
