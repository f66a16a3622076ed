"""The lessons hold on this machine, with room for a busy one."""

import asyncio
import cProfile
import time
from collections.abc import Callable

import pytest

from clinic_pilot.examples import computing, hot_function, waiting
from clinic_pilot.examples.delay_server import start_delay_server
from clinic_pilot.lessons import limit_gain, share_of, tabulate_lessons


def fastest_ms(call: Callable[[], object], repeats: int = 3) -> float:
    """The fastest of a few: what others do on this machine only ever adds."""
    call()
    times = []
    for _ in range(repeats):
        start = time.perf_counter_ns()
        call()
        times.append((time.perf_counter_ns() - start) / 1e6)
    return min(times)


def test_waiting_together_takes_about_as_long_as_one_call_and_blocking_does_not() -> None:
    calls, delay_ms = 10, 30
    with start_delay_server(delay_ms) as server:
        together = fastest_ms(lambda: asyncio.run(waiting.wait_together(server.port, calls)))
        one_by_one = fastest_ms(lambda: asyncio.run(waiting.wait_sequentially(server.port, calls)), 1)
        blocking = fastest_ms(lambda: asyncio.run(waiting.wait_blocking(server.port, calls)), 1)
    assert delay_ms <= together < one_by_one / 2
    assert blocking >= calls * delay_ms


def test_numpy_and_numba_beat_plain_loops() -> None:
    variants = {variant.name: variant.call for variant in hot_function.list_hot_variants(600, 1, None)}
    plain = fastest_ms(variants["python"])
    assert fastest_ms(variants["numpy"]) < plain / 2
    if "numba" in variants:
        assert fastest_ms(variants["numba"]) < plain / 20


def test_tiny_tasks_are_slower_in_another_process() -> None:
    with computing.open_process_pool(1) as pool:
        away = fastest_ms(lambda: computing.compute_tiny(pool, 100))
    assert away > fastest_ms(lambda: computing.compute_serially(100, 10))


@pytest.mark.parametrize(("share", "gain"), [(0, 1), (0.4, 1.667), (0.5, 2), (0.9, 10)])
def test_the_rest_limits_what_a_rewrite_gives(share: float, gain: float) -> None:
    assert limit_gain(share) == pytest.approx(gain, abs=0.001)


def test_a_profile_tells_the_share_of_one_function() -> None:
    def suspected() -> None:
        time.sleep(0.02)

    def program() -> None:
        time.sleep(0.06)
        suspected()

    profile = cProfile.Profile()
    profile.runcall(program)
    assert 0.1 < share_of(profile, "suspected") < 0.45


def test_no_lesson_prints_nothing() -> None:
    assert tabulate_lessons([]) == ""
