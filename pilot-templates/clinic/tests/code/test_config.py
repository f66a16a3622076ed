"""A broken pilot.json is answered with what, where and what to do."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from clinic_pilot.config import load_config, parse_config
from clinic_pilot.errors import PilotError
from tests.code.conftest import SMALL


def edited(path: list[str | int], value: object) -> str:
    changed: Any = deepcopy(SMALL)
    at = changed
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return json.dumps(changed, indent=2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "pilot.json:1: not JSON"),
        ('{\n  "rounds": 12,\n}', "pilot.json:3: not JSON"),
        ('{"rounds": 1, "rounds": 2}', "rounds: written twice. Keep one."),
        ("[]", "(the whole file)"),
        (edited(["rounds"], 9), "pilot.json:7: rounds: 9 is too small. Write at least 10."),
        (edited(["rounds"], 101), "rounds: 101 is too large. Write at most 100."),
        (edited(["rounds"], "12"), 'It is "12".'),
        (edited(["rounds"], float("nan")), "rounds"),
        (edited(["workers"], [0]), "0 is too small. Write at least 1."),
        (edited(["workers"], [65]), "workers: 65 is too large. Write at most 64"),
        (edited(["workers"], [257]), "257 is too large"),
        (edited(["workers"], [2, 1]), "Name each once, rising."),
        (edited(["workers"], []), "workers"),
        (edited(["targets", 0, "metric"], "latency"), "Write 'gatherSpeedUp', 'processSpeedUp' or 'nativeSpeedUp'."),
        (edited(["targets", 0, "confidence"], 0.5), "0.5 is too small. Write at least 0.9."),
        (edited(["preset"], "quick"), "preset: unknown key. Remove it, or correct its spelling."),
        (edited(["examples"], {}), "missing. Add it; README.md says what it means."),
        (edited(["examples", "waiting", "delayMs"], 0), "Write more than 0."),
        (edited(["examples", "waiting", "calls"], 201), "Write 2 to 200"),
        (edited(["examples", "hotFunction", "size"], 10**6), "Write 10 to 10000"),
        (edited(["projectId"], "prj_1"), "It must match"),
    ],
)
def test_a_broken_configuration_says_what_where_and_what_to_do(text: str, said: str) -> None:
    with pytest.raises(PilotError) as caught:
        parse_config(text)
    assert caught.value.exit_code == 78
    assert said in str(caught.value)
    assert str(caught.value).startswith("pilot.json")


def test_a_missing_configuration_is_said(tmp_path: Path) -> None:
    with pytest.raises(PilotError, match="--dir") as caught:
        load_config(tmp_path / "pilot.json")
    assert caught.value.exit_code == 66
