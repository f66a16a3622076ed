"""Choices that tests of the code build on, whatever pilot.json says by now."""

import json
from pathlib import Path
from typing import Any

import pytest

from mlops_pilot.config import MlopsConfig
from mlops_pilot.workdir import Workdir

ROOT = Path(__file__).parents[2]
CHOICES: dict[str, dict[str, Any]] = {
    "data": {"path": "data", "name": "test transactions", "key": "id", "time": "time", "label": "fraud", "amount": "amount", "entities": ["card", "terminal"], "numbers": [], "categories": {"channel": ["chip", "contactless", "online"]}, "delayDays": 7, "trainDays": 14, "testDays": 7},
    "features": {"windowsDays": [1, 7, 30]},
    "model": {"kind": "mlp", "hidden": [8], "epochs": 2, "batchSize": 256, "learningRate": 0.01, "seed": 7, "precision": "float32"},
    "device": {"want": "cpu", "fallback": False},
    "checks": {"minRows": 1, "maxRows": 100_000, "maxNullShare": 0.0, "maxUnknownCategoryShare": 0.0, "maxPositiveShare": 0.5, "maxChangeRatio": 3.0, "ranges": {"amount": [0.01, 10_000.0]}},
    "policy": {"regulated": False, "approver": None},
    "alerts": {"budgetPerDay": 20, "costMissUsd": 120.0, "costAlarmUsd": 4.0},
    "source": {"urlVariable": "SOURCE_URL", "table": "transactions", "lateDays": 3},
    "workload": {"runs": 2, "requestsPerRun": 5, "warmupRequests": 1, "arrivalsPerSecond": 50, "timeoutSeconds": 10},
}  # fmt: skip


def pilot_json(**sections: dict[str, Any]) -> dict[str, Any]:
    """The bundled pilot.json with fixed choices, and `sections` laid over it: `pilot_json(data={"delayDays": 0})`."""
    value: dict[str, Any] = json.loads((ROOT / "pilot.json").read_text())
    value["task"] = "classification"
    for choices in (CHOICES, sections):
        for section, keys in choices.items():
            value[section] = value[section] | keys
    return value


def make_config(**sections: dict[str, Any]) -> MlopsConfig:
    return MlopsConfig.model_validate(pilot_json(**sections))


@pytest.fixture
def config() -> MlopsConfig:
    return make_config()


@pytest.fixture
def work(tmp_path: Path) -> Workdir:
    return Workdir(tmp_path / ".pilot")
