"""The engineer's own callable: what works, and what is answered with a sentence."""

import time
from pathlib import Path

import pytest

from clinic_pilot.errors import PilotError
from clinic_pilot.workload import measure_workload

CODE = """
import asyncio, itertools, os, subprocess, sys, time
counter = itertools.count()
def good():
    print("chatter")
    return sum(range(2000))
async def waiting():
    await asyncio.sleep(0.02)
    return "ok"
class Service:
    @staticmethod
    def call():
        return {"a": [1, sum(range(999))]}
def raises():
    return 1 / 0
def empty():
    pass
def differs():
    return next(counter) + 0 * sum(range(2000))
def late_differs():
    return min(next(counter), 3) + 0 * sum(range(2000))
def no_value():
    return object()
def endless():
    subprocess.Popen([sys.executable, "-c", f"import time,sys; sys.argv.append('{os.environ.get('MARK', '')}'); time.sleep(600)"])
    while True:
        time.sleep(1)
def leaves():
    os._exit(0)
def exits():
    sys.exit("enough")
def needs(one):
    return one
number = 5
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "own_code.py").write_text(CODE)
    (tmp_path / "broken.py").write_text("def f(:\n")
    return tmp_path


def measure(folder: Path, spec: str, limit_seconds: float = 20) -> list[float]:
    return measure_workload(spec, folder, 10, limit_seconds, lambda _: None).wall_ms


@pytest.mark.parametrize("spec", ["own_code:good", "own_code:Service.call"])
def test_a_callable_is_measured_in_every_round(folder: Path, spec: str) -> None:
    assert len(measure(folder, spec)) == 10


def test_an_async_function_is_awaited(folder: Path) -> None:
    timings = measure_workload("own_code:waiting", folder, 10, 20, lambda _: None)
    assert min(timings.wall_ms) >= 20
    assert sum(timings.cpu_ms) < sum(timings.wall_ms)


@pytest.mark.parametrize(
    ("spec", "code", "said"),
    [
        ("own_code", 64, "write module:function"),
        ("own_code:good()", 64, "write module:function"),
        ("../own_code:good", 64, "write module:function"),
        ("absent:good", 66, "No module named 'absent'"),
        ("own_code:absent", 66, "has no attribute 'absent'"),
        ("own_code:number", 66, "number is not callable"),
        ("own_code:needs", 66, "needs arguments (one)"),
        ("broken:f", 66, "SyntaxError"),
        ("own_code:raises", 65, "ZeroDivisionError: division by zero (own_code.py:15)"),
        ("own_code:exits", 65, "SystemExit: enough"),
        ("own_code:empty", 65, "takes under a microsecond"),
        ("own_code:differs", 65, "another result in round 1"),
        ("own_code:late_differs", 65, "another result in round 1"),
        ("own_code:no_value", 65, "returned a object, which only says where it lies"),
        ("own_code:leaves", 65, "ended the process in round 0"),
    ],
)
def test_a_workload_that_cannot_be_measured_is_answered_with_a_sentence(
    folder: Path, spec: str, code: int, said: str
) -> None:
    with pytest.raises(PilotError) as caught:
        measure(folder, spec)
    assert caught.value.exit_code == code
    assert said in str(caught.value)
    assert str(caught.value).endswith(".")


def test_a_call_that_takes_too_long_is_ended_with_everything_it_started(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import psutil

    mark = f"clinic-test-{time.monotonic_ns()}"
    monkeypatch.setenv("MARK", mark)
    start = time.monotonic()
    with pytest.raises(PilotError, match=r"longer than 2 s for one call.*--limit") as caught:
        measure(folder, "own_code:endless", limit_seconds=2)
    assert caught.value.exit_code == 65
    assert time.monotonic() - start < 15
    assert not any(mark in " ".join(process.info["cmdline"] or []) for process in psutil.process_iter(["cmdline"]))
