"""The same examples that the app's own tests run; a file's name says what it shows."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import BaseModel

from clinic_pilot.canonical import canonical_json, canonical_sha256
from clinic_pilot.config import ClinicConfig, parse_config
from clinic_pilot.errors import PilotError
from clinic_pilot.metrics import check_report
from clinic_pilot.report import Report, read_report

CONTRACT = Path(__file__).parents[2] / "contract"
EXAMPLES = CONTRACT / "examples"
MODELS: dict[str, type[BaseModel]] = {"pilot": ClinicConfig, "report": Report}


def examples(kind: str, subject: str = "*") -> list[object]:
    found = sorted(EXAMPLES.glob(f"{subject}/{kind}/*.json"))
    assert found, f"contract/examples/{subject}/{kind} is empty"
    return [pytest.param(path, id=f"{path.parts[-3]}-{path.stem}") for path in found]


@pytest.mark.parametrize("path", examples("valid"))
def test_a_valid_example_is_accepted(path: Path) -> None:
    MODELS[path.parts[-3]].model_validate_json(path.read_bytes())


@pytest.mark.parametrize("path", examples("invalid"))
def test_an_invalid_example_is_refused(path: Path) -> None:
    check: Callable[[bytes], object] = MODELS[path.parts[-3]].model_validate_json
    with pytest.raises(ValueError, match="validation error"):
        check(path.read_bytes())


@pytest.mark.parametrize("path", examples("disagreeing", "pilot"))
def test_a_configuration_that_cannot_be_measured_is_refused(path: Path) -> None:
    with pytest.raises(PilotError, match=r"Write|Name") as caught:
        parse_config(path.read_text())
    assert caught.value.exit_code == 78


@pytest.mark.parametrize("path", examples("valid", "report"))
def test_the_figures_of_a_valid_report_follow_from_its_rounds(path: Path) -> None:
    report = read_report(path)
    if report.outcome.status == "completed":
        check_report(report)


@pytest.mark.parametrize("path", examples("disagreeing", "report"))
def test_a_report_that_disagrees_with_itself_is_refused(path: Path) -> None:
    with pytest.raises(PilotError) as caught:
        check_report(read_report(path))
    assert caught.value.exit_code == 65


def test_the_configuration_has_the_keys_of_the_schema() -> None:
    schema = json.loads((CONTRACT / "pilot.schema.json").read_text())
    assert set(schema["properties"]) == set(ClinicConfig.model_fields)


def test_canonical_json_is_the_same_on_both_sides() -> None:
    for case in json.loads((EXAMPLES / "canonical.json").read_text())["cases"]:
        assert canonical_json(case["value"]) == case["canonical"]
        assert canonical_sha256(case["value"]) == case["sha256"]
