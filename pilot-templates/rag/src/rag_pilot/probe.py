"""What this machine does for an exact search, measured with the store that the pilot uses: the ground of a forecast.

A call costs `overhead + vectors x bytes / bandwidth + vectors / picks`. Three searches tell the three terms apart: one
over hardly anything, one over many vectors of few numbers, one over as many of the pilot's own length. Servers are left
out: what they cost is theirs and the network's.
"""

import statistics
import time
from collections.abc import Callable, Sequence

import numpy as np

from rag_pilot.config import PilotConfig
from rag_pilot.report import Probe, Searched
from rag_pilot.retrieve import LEAST_DEPTH, Retriever
from rag_pilot.stores.faiss_store import FaissStore
from rag_pilot.stores.port import Rows, Vectors, VectorStore

# 77 MB at 384 numbers: more than the caches of most processors, built in well under a second.
VECTORS = 50_000
FEW_NUMBERS, LEAST_NUMBERS = 8, 64
REPEATS, WARM_UPS = 15, 3


def probe_search(
    config: PilotConfig, retriever: Retriever, questions: Sequence[str], clock: Callable[[], float] = time.perf_counter
) -> Probe | None:
    """None where no vectors are searched, or a server searches them. Takes about a second; `clock` in seconds.

    `searched` is the pilot's own corpus in its own store: what a forecast from the other figures is held against.
    """
    store, vectors = retriever.store, [retriever.embed(question) for question in questions[:REPEATS]]
    asked = [vector for vector in vectors if vector is not None]
    if store is None or not asked or config.retrieval.store not in ("faiss_exact", "faiss_hnsw", "torch"):
        return None
    dimensions = int(asked[0].shape[1])
    # A tiny corpus has short vectors; over those the reading would not be seen beside the picking.
    many = max(dimensions, LEAST_NUMBERS)
    nothing, few, all_ = (
        _time_made_up(config, vectors, numbers, clock)
        for vectors, numbers in ((64, many), (VECTORS, FEW_NUMBERS), (VECTORS, many))
    )
    # What the numbers beyond the first few cost is reading alone: picking the best is the same in both.
    reading = max(all_ - few, all_ / 100)
    gigabytes_per_second = VECTORS * 4 * (many - FEW_NUMBERS) / reading / 1e9
    picking = few - nothing - VECTORS * 4 * FEW_NUMBERS / gigabytes_per_second / 1e9
    return Probe(
        backend="torch" if config.retrieval.store == "torch" else "faiss",
        dimensions=dimensions,
        overheadMs=round(nothing * 1000, 4),
        gigabytesPerSecond=_three(gigabytes_per_second),
        picksMillionsPerSecond=_three(VECTORS / max(picking, few / 100) / 1e6),
        repeats=REPEATS,
        searched=Searched(vectors=store.size, medianMs=_three(_time_searches(store, asked, clock) * 1000)),
    )


def _time_made_up(config: PilotConfig, vectors: int, dimensions: int, clock: Callable[[], float]) -> float:
    draw = np.random.default_rng(config.workload.seed)
    values = draw.standard_normal((vectors, dimensions), dtype=np.float32)
    store = _open(config, Rows([str(row) for row in range(vectors)], [None] * vectors, values))
    took = _time_searches(store, [values[:1].copy()], clock)
    store.close()
    return took


def _time_searches(store: VectorStore, asked: Sequence[Vectors], clock: Callable[[], float]) -> float:
    """Median seconds of one search, warm, as deep as the pilot searches."""
    took = []
    for number in range(WARM_UPS + REPEATS):
        started = clock()
        store.nearest(asked[number % len(asked)], LEAST_DEPTH, None)
        took.append(clock() - started)
    # A clock of coarse steps may say nothing passed; no rate is infinite.
    return max(statistics.median(took[WARM_UPS:]), 1e-9)


def _open(config: PilotConfig, rows: Rows) -> VectorStore:
    """The graph of HNSW reads only a part of the vectors; what it saves is seen beside the exact forecast."""
    if config.retrieval.store != "torch":
        return FaissStore.exact(rows)
    from rag_pilot.stores.torch_store import TorchStore

    return TorchStore(rows, config.device, config.precision)


def _three(rate: float) -> float:
    return float(f"{rate:.3g}")
