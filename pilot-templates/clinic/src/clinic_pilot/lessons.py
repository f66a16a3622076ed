"""`pilot lesson`: each anti-pattern beside what to do instead, measured on this machine. In no report and no figure."""

import asyncio
import cProfile
import pstats
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from statistics import median

from clinic_pilot.config import ClinicConfig
from clinic_pilot.examples import computing, hot_function, waiting
from clinic_pilot.examples.delay_server import start_delay_server

REPEATS = 5
TINY_TASKS = 300


@dataclass(frozen=True)
class Lesson:
    """`wrong` and `right` say what ran; `says` what follows from it."""

    name: str
    wrong: str
    wrong_ms: float
    right: str
    right_ms: float
    says: str


def measure_lessons(config: ClinicConfig, workers: int) -> Iterator[Lesson]:
    yield _blocking(config)
    yield _threads(config, workers)
    yield _tiny_tasks(workers)
    if (lesson := _compile_time(config)) is not None:
        yield lesson
    yield _rewrite_first(config)


def _blocking(config: ClinicConfig) -> Lesson:
    calls = config.examples.waiting.calls
    with start_delay_server(config.examples.waiting.delayMs) as server:
        wrong = _time(lambda: asyncio.run(waiting.wait_blocking(server.port, calls)))
        right = _time(lambda: asyncio.run(waiting.wait_together(server.port, calls)))
    says = "A call that blocks stops the event loop. Use an async library, or asyncio.to_thread around the call."
    return Lesson("a blocking call in async code", "gather, blocking", wrong, "gather, awaiting", right, says)


def _threads(config: ClinicConfig, workers: int) -> Lesson:
    choices = config.examples.computing
    with ThreadPoolExecutor(workers) as threads:
        wrong = _time(lambda: computing.compute_in(threads, choices.tasks, choices.workPerTask))
    with computing.open_process_pool(workers) as processes:
        right = _time(lambda: computing.compute_in(processes, choices.tasks, choices.workPerTask))
    says = "With the interpreter lock threads take turns. Without it (free-threaded Python) they share the work."
    return Lesson("threads for computing", f"{workers} threads", wrong, f"{workers} processes", right, says)


def _tiny_tasks(workers: int) -> Lesson:
    with computing.open_process_pool(workers) as pool:
        wrong = _time(lambda: computing.compute_tiny(pool, TINY_TASKS))
    right = _time(lambda: computing.compute_serially(TINY_TASKS, 10))
    says = "The way to another process costs more than the task. Send larger pieces, or stay in one process."
    return Lesson("processes for tiny tasks", f"{workers} processes", wrong, "one process", right, says)


def _compile_time(config: ClinicConfig) -> Lesson | None:
    compiled = hot_function.compile_numba()
    if compiled is None:
        return None
    x, y = hot_function.draw_points(config.examples.hotFunction.size, config.seed)
    wrong = _time_once(lambda: compiled(x, y, hot_function.REACH))
    right = _time(lambda: compiled(x, y, hot_function.REACH))
    says = "The first call compiles. Leave it out of a measurement, and call once before the first user does."
    return Lesson("compile time inside the measurement", "first call", wrong, "later calls", right, says)


def _rewrite_first(config: ClinicConfig) -> Lesson:
    """A small program in which the function one suspects has a small share."""
    x, y = hot_function.draw_points(min(config.examples.hotFunction.size, 300), config.seed)
    points = (x.tolist(), y.tolist())
    profile = cProfile.Profile()
    wrong = _time_once(lambda: profile.runcall(_program, points))
    share = share_of(profile, "count_near")
    says = (
        f"Of this program the suspected function has {share:.0%}. Made free it would give {limit_gain(share):.2f} x; "
        "the rest stays. Profile first, then decide what to rewrite."
    )
    return Lesson(
        "rewriting before profiling", "the program", wrong, "the most a rewrite leaves", wrong * (1 - share), says
    )


def _program(points: tuple[list[int], list[int]]) -> int:
    """Waits for its input, reads it, and only then calls the function that everybody suspects."""
    time.sleep(0.05)
    total = sum(len(f"{a};{b}".split(";")) for a, b in zip(*points, strict=True) for _ in range(20))
    return total + hot_function.count_near(*points, hot_function.REACH)


def share_of(profile: cProfile.Profile, function: str) -> float:
    """Time inside `function` and what it calls, through the time of everything."""
    stats = pstats.Stats(profile)
    rows = stats.stats.items()  # type: ignore[attr-defined]
    whole = sum(row[2] for _, row in rows)
    inside = sum(row[3] for (_, _, name), row in rows if name == function)
    return float(inside / whole)


def limit_gain(share: float) -> float:
    """Amdahl: how much faster the whole becomes when a part of this share takes no time at all."""
    return 1 / (1 - share)


def _time_once(call: Callable[[], object]) -> float:
    start = time.perf_counter_ns()
    call()
    return (time.perf_counter_ns() - start) / 1e6


def _time(call: Callable[[], object]) -> float:
    """Median of a few calls after a warm-up."""
    call()
    return median(_time_once(call) for _ in range(REPEATS))


def tabulate_lessons(lessons: Sequence[Lesson]) -> str:
    blocks = []
    for item in lessons:
        rows = [(item.wrong, item.wrong_ms), (item.right, item.right_ms)]
        figures = "\n".join(f"  {name:28}{value:10.2f} ms" for name, value in rows)
        blocks.append(f"{item.name}\n{figures}\n  {item.says}")
    return "\n\n".join(blocks)
