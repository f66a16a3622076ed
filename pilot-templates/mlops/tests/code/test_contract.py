"""The same examples that the app's own tests run; a file's name says what it shows."""

import json
from pathlib import Path

import pytest
from pydantic import BaseModel

from mlops_pilot.canonical import canonical_json, canonical_sha256
from mlops_pilot.config import MlopsConfig, parse_config
from mlops_pilot.errors import PilotError
from mlops_pilot.gate import check_aggregates
from mlops_pilot.report import Report, read_report

EXAMPLES = Path(__file__).parents[2] / "contract" / "examples"
MODELS: dict[str, type[BaseModel]] = {"pilot": MlopsConfig, "report": Report}
# What only the app looks for: a pilot that wrote the report itself cannot be of another project or of another time.
OF_THE_APP = {"REPORT_SPEC_MISMATCH", "TIME_ORDER"}


def examples(kind: str) -> list[object]:
    found = sorted(EXAMPLES.glob(f"*/{kind}/*.json"))
    assert found, f"contract/examples/*/{kind} is empty"
    return [pytest.param(path, id=f"{path.parts[-3]}-{path.stem}") for path in found]


@pytest.mark.parametrize("path", examples("valid"))
def test_a_valid_example_is_accepted(path: Path) -> None:
    model = MODELS[path.parts[-3]].model_validate_json(path.read_bytes())
    if isinstance(model, Report):
        check_aggregates(read_report(path))


@pytest.mark.parametrize("path", examples("invalid"))
def test_an_invalid_example_is_refused(path: Path) -> None:
    with pytest.raises(ValueError, match="validation error"):
        MODELS[path.parts[-3]].model_validate_json(path.read_bytes())


@pytest.mark.parametrize("path", examples("disagreeing"))
def test_what_contradicts_itself_is_refused(path: Path) -> None:
    if path.parts[-3] == "pilot":
        with pytest.raises(PilotError) as caught:
            parse_config(path.read_text())
        assert caught.value.exit_code == 78
    elif path.stem.split(".")[1] not in OF_THE_APP:
        with pytest.raises(PilotError) as caught:
            check_aggregates(read_report(path))
        assert caught.value.exit_code == 65


def test_canonical_json_is_the_same_on_both_sides() -> None:
    for case in json.loads((EXAMPLES / "canonical.json").read_text())["cases"]:
        assert canonical_json(case["value"]) == case["canonical"]
        assert canonical_sha256(case["value"]) == case["sha256"]


@pytest.mark.parametrize(("name", "model"), [("report", Report), ("pilot", MlopsConfig)])
def test_the_schema_and_the_model_name_the_same_keys(name: str, model: type[BaseModel]) -> None:
    schema = json.loads((EXAMPLES.parent / f"{name}.schema.json").read_text())
    assert set(schema["properties"]) == set(model.model_fields)
