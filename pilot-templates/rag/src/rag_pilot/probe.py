"""What this machine does for an exact search, measured with the store that the pilot uses: the ground of a forecast.

A call costs `overhead + vectors x bytes / bandwidth + vectors / picks`. Three searches tell the three terms apart: one
over hardly anything, one over many vectors of few numbers, one over as many of the pilot's own length. Servers are left
out: what they cost is theirs and the network's.
"""

import statistics
import time
from collections.abc import Callable

import numpy as np

from rag_pilot.config import PilotConfig
from rag_pilot.report import Probe
from rag_pilot.stores.faiss_store import FaissStore
from rag_pilot.stores.port import Rows, VectorStore

# 77 MB at 384 numbers: more than the caches of most processors, built in well under a second.
VECTORS = 50_000
FEW_NUMBERS = 8
REPEATS, WARM_UPS, COUNT = 15, 3, 10


def probe_search(config: PilotConfig, clock: Callable[[], float] = time.perf_counter) -> Probe | None:
    """None where the store is a server. Takes about a second; `clock` in seconds."""
    store = config.retrieval.store
    if store not in ("faiss_exact", "faiss_hnsw", "torch"):
        return None
    dimensions = config.retrieval.dimensions
    nothing, few, all_ = (
        _time_search(config, vectors, numbers, clock)
        for vectors, numbers in ((64, dimensions), (VECTORS, FEW_NUMBERS), (VECTORS, dimensions))
    )
    # What the numbers beyond the first few cost is reading alone: picking the best is the same in both.
    reading = max(all_ - few, all_ / 100)
    gigabytes_per_second = VECTORS * 4 * (dimensions - FEW_NUMBERS) / reading / 1e9
    picking = few - nothing - VECTORS * 4 * FEW_NUMBERS / gigabytes_per_second / 1e9
    return Probe(
        backend="torch" if store == "torch" else "faiss",
        dimensions=dimensions,
        overheadMs=round(nothing * 1000, 4),
        gigabytesPerSecond=_three(gigabytes_per_second),
        picksMillionsPerSecond=_three(VECTORS / max(picking, few / 100) / 1e6),
        repeats=REPEATS,
    )


def _time_search(config: PilotConfig, vectors: int, dimensions: int, clock: Callable[[], float]) -> float:
    """Median seconds of one search, warm."""
    draw = np.random.default_rng(config.workload.seed)
    values = draw.standard_normal((vectors, dimensions), dtype=np.float32)
    rows = Rows([str(row) for row in range(vectors)], [None] * vectors, values)
    store = _open(config, rows)
    question = values[:1].copy()
    took = []
    for _ in range(WARM_UPS + REPEATS):
        started = clock()
        store.nearest(question, COUNT, None)
        took.append(clock() - started)
    store.close()
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
