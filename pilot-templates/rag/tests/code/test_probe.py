"""The machine's figures for a forecast, and the counters of energy."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from rag_pilot.config import PilotConfig
from rag_pilot.energy import Reading, energy_between, read_energy
from rag_pilot.probe import REPEATS, VECTORS, WARM_UPS, probe_search
from rag_pilot.report import Energy, Probe, Searched
from rag_pilot.retrieve import Retriever
from rag_pilot.stores.faiss_store import FaissStore
from rag_pilot.stores.port import Rows, Vectors
from tests.code.conftest import pilot_json

DIMENSIONS, CORPUS = 384, 40


def config(**retrieval: object) -> PilotConfig:
    value = pilot_json()
    value["retrieval"] |= retrieval
    return PilotConfig.model_validate(value)


class Corpus:
    """As much of a retriever as is probed."""

    def __init__(self) -> None:
        values = np.eye(CORPUS, DIMENSIONS, dtype=np.float32)
        self.store: FaissStore | None = FaissStore.exact(
            Rows([str(row) for row in range(CORPUS)], [None] * CORPUS, values)
        )

    def embed(self, _: str) -> Vectors:
        return np.full((1, DIMENSIONS), 0.1, dtype=np.float32)


def probe(clock: Callable[[], float], corpus: Corpus | None = None, **retrieval: object) -> Probe | None:
    return probe_search(config(**retrieval), cast("Retriever", corpus or Corpus()), ["what?", "why?"], clock)


def machine(*seconds: float) -> Callable[[], float]:
    """A clock on which the searches of one store after the other take so many seconds."""

    def tick() -> Iterator[float]:
        now = 0.0
        for took in seconds:
            for _ in range(WARM_UPS + REPEATS):
                yield now
                now += took
                yield now

    times = tick()
    return lambda: next(times)


def test_the_three_terms_of_a_search_are_told_apart() -> None:
    overhead, gigabytes, picks = 0.0001, 8.0, 50.0
    takes = [overhead + VECTORS * 4 * numbers / gigabytes / 1e9 + VECTORS / picks / 1e6 for numbers in (8, DIMENSIONS)]
    found = probe(machine(overhead, *takes, 0.002))
    assert found is not None
    assert found.overheadMs == pytest.approx(0.1)
    assert found.gigabytesPerSecond == pytest.approx(gigabytes, rel=0.01)
    assert found.picksMillionsPerSecond == pytest.approx(picks, rel=0.01)
    assert found.searched == Searched(vectors=CORPUS, medianMs=2.0)


@pytest.mark.parametrize("clock", [lambda: 1.0, machine(0.002, 0.002, 0.001, 0.0)], ids=["still", "noisy"])
def test_a_clock_that_stands_still_or_a_noisy_one_gives_no_impossible_rate(clock: Callable[[], float]) -> None:
    found = probe(clock)
    assert found is not None
    assert found.gigabytesPerSecond > 0
    assert found.picksMillionsPerSecond > 0


def test_a_server_and_a_pilot_without_vectors_are_not_probed() -> None:
    assert probe(lambda: 1.0, store="pgvector") is None
    without = Corpus()
    without.store = None
    assert probe(lambda: 1.0, without, mode="bm25") is None


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
