"""The fourth example: the engineer's own callable, in a process of its own, with a limit for each call."""

import contextlib
import json
import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from clinic_pilot.errors import DATA, NO_INPUT, USAGE, PilotError
from clinic_pilot.process_clock import check_times
from clinic_pilot.rounds import Timings, Variant

SPEC = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*:[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")
DEFAULT_LIMIT_SECONDS = 60.0


def measure_workload(spec: str, folder: Path, rounds: int, limit_seconds: float, say: Callable[[int], None]) -> Timings:
    """One warm-up and `rounds` rounds of `module:function`; modules are looked for in `folder` first.

    @raises PilotError 64 for a name of another form, 66 when it cannot be imported, 65 when it raises, gives different
    results or no comparable one, or when the import or one call takes longer than the limit
    """
    if not SPEC.fullmatch(spec):
        raise PilotError(USAGE, f"--workload {spec}: write module:function, for example my_code.search:rank_once.")
    own = Variant("own", lambda: None)
    timings: Timings | None = None
    done = -1
    for line in _call_child(spec, folder, rounds, limit_seconds):
        if "failed" in line:
            raise _explain(spec, line)
        if "wallMs" not in line:
            continue
        check_times(spec, line["wallMs"], line["cpuMs"])
        done += 1
        if timings is None:
            timings = Timings(own, line["wallMs"], line["check"])
            continue
        if line["check"] != timings.check:
            said = "Fix its random seed and its input; figures of different work cannot be compared"
            raise PilotError(DATA, f"{spec} gave another result in round {done}. {said}.")
        timings.wall_ms.append(line["wallMs"])
        timings.cpu_ms.append(line["cpuMs"])
        say(done)
    if timings is None or done < rounds:
        raise PilotError(DATA, f"{spec} ended the process in round {max(done + 1, 0)}. It must return.")
    return timings


def _explain(spec: str, line: dict[str, Any]) -> PilotError:
    reason = str(line["reason"]).rstrip(".")
    if line["failed"] == "import":
        return PilotError(NO_INPUT, f"{spec} cannot be imported: {reason}. Name the folder of its code with --code.")
    if line["failed"] == "value":
        said = "Return what can be compared: a number, a text, a list, an array"
        return PilotError(DATA, f"{spec} returned a {reason}, which only says where it lies in memory. {said}.")
    return PilotError(DATA, f"{spec} raised {reason}. It must run through before it can be measured.")


def _call_child(spec: str, folder: Path, rounds: int, limit_seconds: float) -> Iterator[dict[str, Any]]:
    """The lines of the child. Its whole process group ends with it, whatever happens."""
    reading, writing = os.pipe()
    command = [sys.executable, "-m", "clinic_pilot.run_workload", spec, str(folder), str(rounds), str(writing)]
    package = str(Path(__file__).parents[1])
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, [package, os.environ.get("PYTHONPATH")]))}
    child = subprocess.Popen(  # noqa: S603
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, pass_fds=[writing], start_new_session=True
    )
    os.close(writing)
    try:
        for text in _read_lines(reading, limit_seconds, spec):
            yield json.loads(text)
    finally:
        os.close(reading)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _read_lines(reading: int, limit_seconds: float, spec: str) -> Iterator[str]:
    kept, end_at = b"", time.monotonic() + limit_seconds
    while True:
        while b"\n" in kept:
            line, _, kept = kept.partition(b"\n")
            yield line.decode()
            end_at = time.monotonic() + limit_seconds
        ready, _, _ = select.select([reading], [], [], max(0.0, end_at - time.monotonic()))
        if not ready:
            said = "Measure a smaller piece of it, or raise --limit"
            raise PilotError(DATA, f"{spec} took longer than {limit_seconds:g} s for one call. {said}.")
        piece = os.read(reading, 65_536)
        if not piece:
            return
        kept += piece
