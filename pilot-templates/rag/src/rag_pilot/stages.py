"""Where the time of an answer goes: wall and processor time of each stage, our own code apart from the model's."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

Side = Literal["wrapper", "model"]
SIDES: dict[str, Side] = {
    "embed": "model",
    "search": "wrapper",
    "prompt": "wrapper",
    "answer": "model",
    "cite": "wrapper",
}


@dataclass
class Stage:
    calls: int = 0
    wall_ms: float = 0.0
    cpu_ms: float = 0.0


@dataclass
class StageClock:
    """Processor time is of the whole process, so it means something only when one question runs at a time."""

    stages: dict[str, Stage] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        wall, cpu = time.perf_counter_ns(), time.process_time_ns()
        try:
            yield
        finally:
            stage = self.stages.setdefault(name, Stage())
            stage.calls += 1
            stage.wall_ms += (time.perf_counter_ns() - wall) / 1e6
            stage.cpu_ms += (time.process_time_ns() - cpu) / 1e6
