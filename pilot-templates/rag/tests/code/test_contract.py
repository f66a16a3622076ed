"""The same examples that the app's own tests run; a file's name says what it shows."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import BaseModel

from rag_pilot.canonical import canonical_json, canonical_sha256
from rag_pilot.config import PilotConfig, parse_config
from rag_pilot.errors import PilotError
from rag_pilot.report import Report

EXAMPLES = Path(__file__).parents[2] / "contract" / "examples"
MODELS: dict[str, type[BaseModel]] = {"pilot": PilotConfig, "report": Report}


def examples(kind: str) -> list[object]:
    found = sorted(EXAMPLES.glob(f"*/{kind}/*.json"))
    assert found, f"contract/examples/*/{kind} is empty"
    return [pytest.param(path, id=f"{path.parts[-3]}-{path.stem}") for path in found]


@pytest.mark.parametrize("path", examples("valid"))
def test_a_valid_example_is_accepted(path: Path) -> None:
    MODELS[path.parts[-3]].model_validate_json(path.read_bytes())


@pytest.mark.parametrize("path", examples("invalid"))
def test_an_invalid_example_is_refused(path: Path) -> None:
    check: Callable[[bytes], object] = MODELS[path.parts[-3]].model_validate_json
    with pytest.raises(ValueError, match="validation error"):
        check(path.read_bytes())


@pytest.mark.parametrize(
    "path", sorted((EXAMPLES / "pilot" / "disagreeing").glob("*.json")), ids=lambda path: path.stem
)
def test_a_configuration_that_contradicts_itself_is_refused(path: Path) -> None:
    with pytest.raises(PilotError) as caught:
        parse_config(path.read_text())
    assert caught.value.exit_code == 78


def test_canonical_json_is_the_same_on_both_sides() -> None:
    for case in json.loads((EXAMPLES / "canonical.json").read_text())["cases"]:
        assert canonical_json(case["value"]) == case["canonical"]
        assert canonical_sha256(case["value"]) == case["sha256"]
