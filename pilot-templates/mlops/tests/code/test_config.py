"""pilot.json says what is wrong with it, where, and what would be allowed."""

import json
from typing import Any

import pytest

from mlops_pilot.config import parse_config
from mlops_pilot.errors import CONFIG, PilotError

from .conftest import ROOT, pilot_json


def test_the_bundled_configuration_is_valid() -> None:
    parse_config((ROOT / "pilot.json").read_text())


@pytest.mark.parametrize(
    ("said", "sections"),
    [
        ("data.delayDay: unknown key; allowed: path, name, key, time, label", {"data": {"delayDay": 7}}),
        ("model.kind: allowed: 'mlp'", {"model": {"kind": "forest"}}),
        ("data.delayDays: input should be a valid integer", {"data": {"delayDays": "7"}}),
        ("data: card has two roles; a column has one", {"data": {"entities": ["card"], "numbers": ["card"]}}),
        ("checks.minRows: must not be above maxRows (5)", {"checks": {"minRows": 9, "maxRows": 5}}),
        (
            "checks.ranges.amount: the lowest, 2, is above the highest, 1",
            {"checks": {"ranges": {"amount": [2.0, 1.0]}}},
        ),
        ("checks.ranges.size: is no amount and no number of data", {"checks": {"ranges": {"size": [1.0, 2.0]}}}),
        ("features.windowsDays: must rise, each value once", {"features": {"windowsDays": [7, 1]}}),
        ("policy.approver: must be named when policy.regulated is true", {"policy": {"regulated": True}}),
        ("model.precision: bfloat16 needs device.want cuda", {"model": {"precision": "bfloat16"}}),
        ("source.urlVariable: must match", {"source": {"urlVariable": "postgresql://user:secret@host/db"}}),
    ],
)
def test_a_setting_that_cannot_be_is_named(said: str, sections: dict[str, dict[str, Any]]) -> None:
    with pytest.raises(PilotError) as caught:
        parse_config(json.dumps(pilot_json(**sections), indent=2))
    assert caught.value.exit_code == CONFIG
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("pilot.json:1: not JSON", "{"),
        ("(the whole file): input should be", "[]"),
        ("title: written twice; keep one", '{"title": "a", "title": "b"}'),
    ],
)
def test_a_file_that_is_not_a_configuration_is_refused(said: str, text: str) -> None:
    with pytest.raises(PilotError) as caught:
        parse_config(text)
    assert said in str(caught.value)


def test_an_accuracy_target_is_not_offered_and_a_forecast_metric_does_not_fit_classification() -> None:
    value = pilot_json()
    value["targets"] = [{"metric": "owa", "comparison": "lt", "value": 0.5}]
    with pytest.raises(PilotError, match=r"targets.0.metric: owa does not fit task classification"):
        parse_config(json.dumps(value))
    value["targets"] = [{"metric": "accuracy", "comparison": "gt", "value": 0.9}]
    with pytest.raises(PilotError, match=r"targets.0.metric: allowed"):
        parse_config(json.dumps(value))
