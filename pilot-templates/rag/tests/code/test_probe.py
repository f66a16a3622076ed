"""The machine's figures for a forecast, and the counters of energy."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from rag_pilot.config import PilotConfig
from rag_pilot.energy import Reading, energy_between, read_energy
from rag_pilot.probe import REPEATS, VECTORS, WARM_UPS, probe_search
from rag_pilot.report import Energy
from tests.code.conftest import pilot_json


def config(**retrieval: object) -> PilotConfig:
    value = pilot_json()
    value["retrieval"] |= {"dimensions": 384} | retrieval
    return PilotConfig.model_validate(value)


def machine(*seconds: float) -> Iterator[float]:
    """A clock on which the searches of one size after the other take so many seconds."""
    now = 0.0
    for took in seconds:
        for _ in range(WARM_UPS + REPEATS):
            yield now
            now += took
            yield now


def test_the_three_terms_of_a_search_are_told_apart() -> None:
    overhead, gigabytes, picks = 0.0001, 8.0, 50.0
    takes = [overhead + VECTORS * 4 * numbers / gigabytes / 1e9 + VECTORS / picks / 1e6 for numbers in (8, 384)]
    clock = machine(overhead, *takes)
    probe = probe_search(config(), lambda: next(clock))
    assert probe is not None
    assert probe.overheadMs == pytest.approx(0.1)
    assert probe.gigabytesPerSecond == pytest.approx(gigabytes, rel=0.01)
    assert probe.picksMillionsPerSecond == pytest.approx(picks, rel=0.01)


def test_a_clock_that_stands_still_or_a_noisy_one_gives_no_impossible_rate() -> None:
    steps = count()
    noisy = machine(0.002, 0.002, 0.001)
    for clock in (lambda: next(steps) * 1e-9, lambda: next(noisy)):
        probe = probe_search(config(), clock)
        assert probe is not None
        assert probe.gigabytesPerSecond > 0
        assert probe.picksMillionsPerSecond > 0


def test_a_server_is_not_probed() -> None:
    assert probe_search(config(store="pgvector")) is None


def package(folder: Path, name: str, energy: int) -> None:
    place = folder / name
    place.mkdir(exist_ok=True)
    (place / "energy_uj").write_text(f"{energy}\n")
    (place / "max_energy_range_uj").write_text("1000000000\n")


def test_packages_are_added_up_and_their_parts_are_not(tmp_path: Path) -> None:
    for name in ("intel-rapl:0", "intel-rapl:1", "intel-rapl:0:0"):
        package(tmp_path, name, 5_000_000)
    before = read_energy("cpu", tmp_path)
    for name in ("intel-rapl:0", "intel-rapl:1", "intel-rapl:0:0"):
        package(tmp_path, name, 8_000_000)
    assert energy_between(before, read_energy("cpu", tmp_path), 30) == Energy(cpuJoules=6.0, gpuJoules=None, answers=30)


def test_a_counter_that_wrapped_around_counts_on(tmp_path: Path) -> None:
    package(tmp_path, "intel-rapl:0", 999_000_000)
    before = read_energy("cpu", tmp_path)
    package(tmp_path, "intel-rapl:0", 1_000_000)
    energy = energy_between(before, read_energy("cpu", tmp_path), 1)
    assert energy is not None
    assert energy.cpuJoules == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Reading({}, None), Reading({}, None)),
        (Reading({"intel-rapl:0": (1, 100)}, None), Reading({}, None)),
        (Reading({}, None), Reading({}, 5_000)),
    ],
)
def test_without_a_counter_there_both_times_energy_is_unknown(before: Reading, after: Reading) -> None:
    assert energy_between(before, after, 10) is None


def test_a_counter_of_the_gpu_that_went_back_is_no_energy() -> None:
    assert energy_between(Reading({}, 9_000), Reading({}, 1_000), 10) == Energy(
        cpuJoules=None, gpuJoules=None, answers=10
    )
