"""Rounds are interleaved, warm and honest about results and clocks."""

import math
import time
from collections.abc import Callable
from functools import partial

import pytest

from clinic_pilot.errors import PilotError
from clinic_pilot.process_clock import ProcessTreeClock
from clinic_pilot.rounds import Variant, measure_rounds


class MadeUpClock:
    """Tells the times it is given, over and over."""

    def __init__(self, wall_ms: float = 2.0, cpu_ms: float = 1.0) -> None:
        self.times = (wall_ms, cpu_ms)

    def time_call(self, call: Callable[[], object]) -> tuple[object, float, float]:
        return call(), *self.times


def test_every_round_runs_every_variant_once_in_a_drawn_order() -> None:
    ran: list[str] = []
    variants = [Variant(name, partial(ran.append, name)) for name in "abc"]
    timings = measure_rounds(variants, 10, "seed", MadeUpClock(), lambda _: None)
    rounds = [ran[at : at + 3] for at in range(0, len(ran), 3)]
    assert len(rounds) == 11
    assert all(sorted(names) == ["a", "b", "c"] for names in rounds)
    assert len({tuple(names) for names in rounds}) > 1
    assert [len(item.wall_ms) for item in timings] == [10, 10, 10]


def test_the_same_seed_draws_the_same_order() -> None:
    orders: list[list[str]] = []
    for _ in range(2):
        ran: list[str] = []
        measure_rounds(
            [Variant(name, partial(ran.append, name)) for name in "abcd"], 10, "seed", MadeUpClock(), lambda _: None
        )
        orders.append(ran)
    assert orders[0] == orders[1]


@pytest.mark.parametrize(("wall_ms", "cpu_ms"), [(math.nan, 1), (math.inf, 1), (1, math.nan), (-1, 0), (1, -1)])
def test_a_time_that_cannot_be_stops_the_measurement(wall_ms: float, cpu_ms: float) -> None:
    with pytest.raises(PilotError, match="Measure again") as caught:
        measure_rounds([Variant("a", lambda: 1)], 10, "s", MadeUpClock(wall_ms, cpu_ms), lambda _: None)
    assert caught.value.exit_code == 69


def test_a_call_too_short_to_time_is_refused() -> None:
    with pytest.raises(PilotError, match="Repeat the work inside it") as caught:
        measure_rounds([Variant("a", lambda: 1)], 10, "s", MadeUpClock(0.0), lambda _: None)
    assert caught.value.exit_code == 65


def test_variants_that_do_different_work_are_not_compared() -> None:
    with pytest.raises(PilotError, match="b and a give different results") as caught:
        measure_rounds([Variant("a", lambda: 1), Variant("b", lambda: 2)], 10, "s", MadeUpClock(), lambda _: None)
    assert caught.value.exit_code == 65


def test_a_variant_that_changes_its_result_is_refused() -> None:
    numbers = iter([1, 1, 1, 2])
    with pytest.raises(PilotError, match="another result in round 3"):
        measure_rounds([Variant("a", lambda: next(numbers))], 10, "s", MadeUpClock(), lambda _: None)


def spin(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_computing_uses_processor_time_and_sleeping_does_not() -> None:
    clock = ProcessTreeClock()
    _, _, busy_ms = clock.time_call(lambda: spin(0.05))
    _, wall_ms, idle_ms = clock.time_call(lambda: time.sleep(0.05))
    assert 45 < busy_ms < 80
    assert wall_ms >= 50
    assert idle_ms < 25


def test_the_processor_time_of_children_counts_unless_they_are_left_out() -> None:
    import multiprocessing

    from clinic_pilot.examples.computing import open_process_pool

    with open_process_pool(1) as pool:
        work = partial(_spin_in, pool)
        _, _, counted_ms = ProcessTreeClock().time_call(work)
        pids = frozenset(child.pid for child in multiprocessing.active_children() if child.pid)
        _, _, left_out_ms = ProcessTreeClock(pids).time_call(work)
    assert counted_ms > 150
    assert left_out_ms < 100


def _spin_in(pool: object) -> None:
    pool.submit(spin, 0.2).result()  # type: ignore[attr-defined]
