"""Wall time, and processor time of this process with all its descendants."""

import math
import os
import time
from collections.abc import Callable
from typing import Protocol

import psutil

from clinic_pilot.errors import DATA, UNAVAILABLE, PilotError

# Some clocks step further than a short call takes; a speed-up over no time at all would be infinite.
LEAST_WALL_MS = 0.001


class Clock(Protocol):
    """Milliseconds of one call: wall, processor."""

    def time_call(self, call: Callable[[], object]) -> tuple[object, float, float]: ...


class ProcessTreeClock:
    """`left_out`: processes that are not part of what is measured, such as a test server.

    A running child's processor time is known in steps of the system's clock tick (10 ms on Linux), that of this process
    to the microsecond. So is that of a child that has ended, which is why both are added.
    """

    def __init__(self, left_out: frozenset[int] = frozenset()) -> None:
        self._left_out = left_out
        self._process = psutil.Process(os.getpid())

    def time_call(self, call: Callable[[], object]) -> tuple[object, float, float]:
        # The look at the children comes before and after the look at our own time, so that it is not in it.
        children_before = self._children_seconds()
        own_before = time.process_time()
        start_ns = time.perf_counter_ns()
        result = call()
        wall_ms = (time.perf_counter_ns() - start_ns) / 1e6
        own = time.process_time() - own_before
        children = max(0.0, self._children_seconds() - children_before)
        return result, wall_ms, (own + children) * 1000

    def _children_seconds(self) -> float:
        ended = os.times()
        seconds = ended.children_user + ended.children_system
        for child in self._process.children(recursive=True):
            if child.pid in self._left_out:
                continue
            try:
                times = child.cpu_times()
            except psutil.NoSuchProcess:
                continue
            # The last two are its own ended children; not every system tells them.
            seconds += times.user + times.system
            seconds += getattr(times, "children_user", 0.0) + getattr(times, "children_system", 0.0)
        return seconds


def check_times(name: str, wall_ms: float, cpu_ms: float) -> None:
    """69 for a time that no call can have, 65 for a call too short to time: both would spoil every figure."""
    if not (math.isfinite(wall_ms) and math.isfinite(cpu_ms)) or wall_ms < 0 or cpu_ms < 0:
        said = f"wall {wall_ms} ms, processor {cpu_ms} ms"
        raise PilotError(UNAVAILABLE, f"{name}: the clock gave a time that cannot be ({said}). Measure again.")
    if wall_ms < LEAST_WALL_MS:
        said = "Repeat the work inside it until it takes a millisecond or more"
        raise PilotError(DATA, f"{name} takes under a microsecond, less than can be timed. {said}.")
