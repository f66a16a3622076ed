"""A small configuration of our own, so that tests of the code do not move when pilot.json does."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clinic_pilot.config import ClinicConfig

ROOT = Path(__file__).parents[2]
SMALL: dict[str, Any] = {
    "schemaVersion": 1,
    "template": "clinic",
    "templateVersion": "1.0.0",
    "projectId": None,
    "title": "Small clinic",
    "rounds": 10,
    "workers": [1, 2],
    "seed": 7,
    "examples": {
        "waiting": {"calls": 4, "delayMs": 5},
        "computing": {"tasks": 4, "workPerTask": 20000},
        "hotFunction": {"size": 60},
    },
    "targets": [{"metric": "gatherSpeedUp", "comparison": "gt", "value": 1.1, "confidence": 0.95}],
}


@pytest.fixture
def config() -> ClinicConfig:
    return ClinicConfig.model_validate(SMALL)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with a pilot.json and the crate, nothing built."""
    (tmp_path / "pilot.json").write_text(json.dumps(SMALL, indent=2))
    crate = tmp_path / "native"
    (crate / "src").mkdir(parents=True)
    (crate / ".cargo").mkdir()
    for name in ("Cargo.toml", "Cargo.lock", "src/lib.rs", ".cargo/config.toml"):
        (crate / name).write_bytes((ROOT / "native" / name).read_bytes())
    return tmp_path


@pytest.fixture
def valid_report() -> dict[str, Any]:
    value: dict[str, Any] = json.loads((ROOT / "contract/examples/report/valid/completed.json").read_text())
    return value


@pytest.fixture(autouse=True)
def no_thread_stays() -> Iterator[None]:
    before = threading.active_count()
    yield
    assert threading.active_count() <= before
