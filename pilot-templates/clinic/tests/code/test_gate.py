"""Three outcomes, and no verdict on figures that do not follow from the rounds."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from clinic_pilot.cli import main
from clinic_pilot.config import ClinicConfig
from clinic_pilot.gate import judge_report, overall
from clinic_pilot.metrics import check_report
from clinic_pilot.report import Report, config_sha256, write_report

TARGET = {"metric": "gatherSpeedUp", "comparison": "gt", "value": 5, "confidence": 0.95}


def with_targets(value: dict[str, Any], targets: list[dict[str, Any]]) -> Report:
    changed = deepcopy(value)
    changed["config"]["targets"] = targets
    changed["configSha256"] = config_sha256(ClinicConfig.model_validate(changed["config"]))
    return Report.model_validate(changed)


# The example's gather is 16.2 times as fast, the bound 15.3.
@pytest.mark.parametrize(
    ("changes", "verdict", "code"),
    [
        ({"value": 5}, "pass", 0),
        ({"value": 100}, "fail", 1),
        ({"value": 16.1}, "inconclusive", 3),
        ({"comparison": "lt", "value": 100}, "inconclusive", 3),
        ({"confidence": 0.999}, "pass", 0),
    ],
)
def test_the_gate_ends_with_its_verdict(
    valid_report: dict[str, Any], tmp_path: Path, changes: dict[str, Any], verdict: str, code: int
) -> None:
    report = with_targets(valid_report, [TARGET | changes])
    write_report(report, tmp_path / "report.json")
    (tmp_path / "pilot.json").write_text(json.dumps(report.model_dump(mode="json")["config"]))
    assert overall(judge_report(report)) == verdict
    assert main(["gate", str(tmp_path / "report.json"), "--dir", str(tmp_path)]) == code


def test_one_missed_target_fails_the_gate(valid_report: dict[str, Any]) -> None:
    assert overall(judge_report(with_targets(valid_report, [TARGET, TARGET | {"value": 100}]))) == "fail"


def test_what_was_not_measured_is_left_open(valid_report: dict[str, Any]) -> None:
    valid_report["examples"] = valid_report["examples"][1:]
    valid_report["metrics"][0] |= {"value": None, "low": None, "n": 0}
    assert [item.verdict for item in judge_report(with_targets(valid_report, [TARGET]))] == ["inconclusive"]


def test_a_bench_that_stopped_proves_nothing(valid_report: dict[str, Any]) -> None:
    valid_report["outcome"] = {"status": "failed", "stage": "waiting", "reason": "no port"}
    (verdict,) = judge_report(with_targets(valid_report, [TARGET]))
    assert (verdict.verdict, verdict.reason) == ("inconclusive", "the bench stopped in waiting: no port")


def test_a_figure_that_is_missing_is_noticed(valid_report: dict[str, Any]) -> None:
    valid_report["metrics"].pop()
    with pytest.raises(Exception, match="nativeSpeedUp: missing"):
        check_report(Report.model_validate(valid_report))


def test_targets_that_moved_after_the_measurement_are_refused(
    valid_report: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_report(Report.model_validate(valid_report), tmp_path / "report.json")
    (tmp_path / "pilot.json").write_text(json.dumps(valid_report["config"] | {"targets": [TARGET | {"value": 1}]}))
    assert main(["gate", str(tmp_path / "report.json"), "--dir", str(tmp_path)]) == 65
    assert "run pilot bench" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [(None, 66, "Run pilot bench first"), ("{", 65, "not JSON"), ('{"a": NaN}', 65, "NaN is not a number"), ("{}", 65, "schemaVersion")],
)  # fmt: skip
def test_a_report_that_cannot_be_read_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str | None, code: int, said: str
) -> None:
    if text is not None:
        (tmp_path / "report.json").write_text(text)
    assert main(["gate", str(tmp_path / "report.json")]) == code
    assert said in capsys.readouterr().err


def test_a_nan_among_the_times_is_refused(valid_report: dict[str, Any], tmp_path: Path) -> None:
    valid_report["examples"][0]["variants"][0]["wallMs"][3] = float("nan")
    (tmp_path / "report.json").write_text(json.dumps(valid_report))
    assert main(["gate", str(tmp_path / "report.json")]) == 65
