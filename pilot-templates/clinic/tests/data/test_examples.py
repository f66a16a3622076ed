"""The inputs of the examples: the same for everybody, and the same work in every variant."""

import asyncio

import pytest

from clinic_pilot.digest_result import digest_result
from clinic_pilot.examples import computing, hot_function, waiting
from clinic_pilot.examples.delay_server import start_delay_server


def test_the_points_are_the_same_on_every_machine() -> None:
    x, y = hot_function.draw_points(1000, 20261121)
    assert (int(x.sum()), int(y.sum())) == (49722552, 49422545)


@pytest.mark.parametrize("size", [10, 11, 200])
def test_every_form_of_the_hot_function_counts_the_same(size: int) -> None:
    variants = hot_function.list_hot_variants(size, 1, None)
    assert len({digest_result(variant.call()) for variant in variants}) == 1


def test_the_count_is_right_where_it_can_be_seen() -> None:
    assert hot_function.count_near([0, 3, 0, 100], [0, 4, 6, 100], 6) == 2


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_one_step_follows_from_the_one_before(seed: int) -> None:
    assert computing.compute(computing.compute(seed, 3), 4) == computing.compute(seed, 7)


def test_every_way_of_waiting_gives_the_answers_in_order() -> None:
    expected = [number * number for number in range(12)]
    with start_delay_server(1) as server:
        for wait in (waiting.wait_sequentially, waiting.wait_together, waiting.wait_blocking):
            assert asyncio.run(wait(server.port, 12)) == expected


def test_every_pool_gives_what_one_process_gives() -> None:
    from concurrent.futures import ThreadPoolExecutor

    expected = computing.compute_serially(5, 100)
    with ThreadPoolExecutor(2) as threads, computing.open_process_pool(2) as processes:
        assert computing.compute_in(threads, 5, 100) == expected
        assert computing.compute_in(processes, 5, 100) == expected
