"""The verbs as a user calls them, on a small configuration."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import psutil
import pytest

from clinic_pilot.advise import advise
from clinic_pilot.cli import main
from clinic_pilot.describe_report import describe_report
from clinic_pilot.examples import waiting
from clinic_pilot.metrics import check_report
from clinic_pilot.report import Report, read_report
from clinic_pilot.rounds import Variant


def test_bench_measures_all_examples_and_an_own_workload(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "own_code.py").write_text("def work():\n    return sum(i * i for i in range(20000))\n")
    out = root / "deep" / "report.json"
    arguments = ["bench", "--dir", str(root), "--out", str(out), "--workload", "own_code:work", "--code", str(root)]
    assert main([*arguments, "--progress", "json"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line["phase"] for line in lines if line["done"] == line["total"]] == [
        "workload", "waiting", "computing", "hot_function", "report",
    ]  # fmt: skip
    report = read_report(out)
    check_report(report)
    assert [example.id for example in report.examples] == ["waiting", "computing", "hot_function", "workload"]
    computed = [(item.name, item.workers) for item in report.examples[1].variants]
    assert computed == [("serial", None), ("threads", 1), ("threads", 2), ("processes", 1), ("processes", 2)]
    assert {"hot_function rust"} <= {item.what for item in report.notRun}
    assert report.fingerprint.gilEnabled is not None
    words = out.with_suffix(".md").read_text()
    assert "## Gate: " in words
    assert "**Your workload**" in words
    assert not list(out.parent.glob(".*.part"))


def test_an_example_that_stops_leaves_a_failed_report(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> list[Variant]:
        raise OSError("no more ports")

    monkeypatch.setattr(waiting, "list_variants", broken)
    assert main(["bench", "--dir", str(root), "--out", str(root / "report.json")]) == 69
    report = read_report(root / "report.json")
    assert report.outcome.model_dump() == {"status": "failed", "stage": "waiting", "reason": "no more ports"}
    assert [metric.value for metric in report.metrics] == [None, None, None]
    assert main(["gate", str(root / "report.json"), "--dir", str(root)]) == 3


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--out", "/proc/nowhere/report.json"], 73, "Name a file in a folder of yours with --out"),
        (["--out", "/"], 73, "is a folder"),
        (["--limit", "0", "--workload", "a:b"], 64, "--limit 0.0"),
        (["--limit", "nan", "--workload", "a:b"], 64, "--limit nan"),
        (["--workload", "nonsense"], 64, "module:function"),
        (["--config", "absent.json"], 66, "absent.json: cannot be read"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_measured(
    root: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    out = [] if "--out" in arguments else ["--out", str(root / "report.json")]
    assert main(["bench", "--dir", str(root), *out, *arguments]) == code
    assert said in capsys.readouterr().err


def test_advice_names_what_was_shown_and_warns_of_a_busy_machine(valid_report: dict[str, Any]) -> None:
    report = Report.model_validate(valid_report)
    words = "\n".join(advise(report))
    assert "keeps 0.97 cores busy while it runs: it computes" in words
    assert "at least 15.3 times as fast" in words
    assert "processes 0.98 x with 1, 1.85 x with 2" in words
    assert "take turns" in words
    for variant in [*valid_report["examples"][1]["variants"], *valid_report["examples"][3]["variants"]]:
        variant["cpuMs"] = [wall / 2 for wall in variant["wallMs"]]
    busy = "\n".join(advise(Report.model_validate(valid_report)))
    assert "**The machine was busy**: a pure computation got 0.50 of a core" in busy
    assert "cannot be told from waiting for an answer" in busy


def test_a_first_call_that_compiles_is_told_and_in_no_figure(valid_report: dict[str, Any]) -> None:
    words = describe_report(Report.model_validate(valid_report), {"numba": 900.0, "numpy": 6.0})
    assert "- hot_function numba: 900 ms, later 0.2 ms" in words
    assert "hot_function numpy" not in words


def test_setup_says_what_will_be_measured(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clinic_pilot.native.build_native", lambda _: None)
    assert main(["setup", "--dir", str(root)]) == 0
    assert "10 rounds, workers 1, 2, 1 targets" in capsys.readouterr().out


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_bench_that_is_ended_leaves_no_process_behind(root: Path, how: signal.Signals) -> None:
    command = [sys.executable, "-m", "clinic_pilot.cli", "bench", "--dir", str(root), "--out", str(root / "r.json")]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as bench:
        assert bench.stderr is not None
        next(line for line in bench.stderr if line.startswith("computing    1/"))
        started = psutil.Process(bench.pid).children(recursive=True)
        bench.send_signal(how)
        for line in bench.stderr:
            assert "Traceback" not in line
    assert len(started) >= 3
    _, alive = psutil.wait_procs(started, timeout=20)
    assert alive == []
    assert not (root / "r.json").exists()


def test_importing_the_package_does_nothing() -> None:
    import clinic_pilot

    assert isinstance(clinic_pilot, ModuleType)
