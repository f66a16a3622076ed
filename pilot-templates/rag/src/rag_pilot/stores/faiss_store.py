"""Search in this process, exact or through a graph: the only module that knows FAISS.

`faiss.read_index` is native code that trusts its input, so `index_store` checks the hash of our own file first. Never
point this at a file that somebody sent you.
"""

from pathlib import Path

import faiss
import numpy as np

from rag_pilot.config import Hnsw
from rag_pilot.stores.port import Readers, Rows, Scored, Vectors
from rag_pilot.stores.visibility import Visibility


class FaissStore:
    """Exact: every vector is compared. With `hnsw`: a graph is walked; a filtered question is always exact, because
    a walk that may only keep few of the rows it passes finds too few of them."""

    def __init__(self, rows: Rows, index: faiss.Index, hnsw: Hnsw | None = None) -> None:
        # One question at a time on a small index: threads would only fight with the server's own.
        faiss.omp_set_num_threads(1)
        self._ids, self._index, self._hnsw = rows.ids, index, hnsw
        self._exact = index if hnsw is None else faiss.downcast_index(index.storage)
        self._visibility = Visibility(rows.audiences)

    @classmethod
    def exact(cls, rows: Rows) -> "FaissStore":
        index = faiss.IndexFlatIP(rows.vectors.shape[1])
        index.add(np.ascontiguousarray(rows.vectors, dtype=np.float32))
        return cls(rows, index)

    @property
    def size(self) -> int:
        return int(self._index.ntotal)

    def nearest(self, vector: Vectors, count: int, readers: Readers) -> list[Scored]:
        query = np.ascontiguousarray(vector, dtype=np.float32)
        mask = self._visibility.mask(readers)
        if mask is not None:
            selector = faiss.IDSelectorBitmap(np.packbits(mask, bitorder="little"))
            scores, rows = self._exact.search(query, count, params=faiss.SearchParameters(sel=selector))
        elif self._hnsw is not None:
            # The list of candidates must be able to hold the result.
            walk = faiss.SearchParametersHNSW(efSearch=max(self._hnsw.efSearch, count))
            scores, rows = self._index.search(query, count, params=walk)
        else:
            scores, rows = self._index.search(query, count)
        return [(self._ids[row], float(score)) for row, score in zip(rows[0], scores[0], strict=True) if row >= 0]

    def memory_bytes(self) -> int | None:
        vectors = int(self._exact.ntotal * self._exact.code_size)
        if self._hnsw is None:
            return vectors
        graph = self._index.hnsw
        # Links are 4 bytes, the place where those of a row begin is 8, its level 4.
        return vectors + int(4 * graph.neighbors.size() + 8 * graph.offsets.size() + 4 * graph.levels.size())

    def close(self) -> None:
        """Nothing to give back."""


def write_graph(vectors: Vectors, hnsw: Hnsw, path: Path) -> None:
    """Build the graph with every core. The order of insertion is not fixed, so two builds differ in a few links."""
    index = faiss.IndexHNSWFlat(vectors.shape[1], hnsw.m, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = hnsw.efConstruction
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(faiss.get_num_procs() if hasattr(faiss, "get_num_procs") else threads)
    try:
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    finally:
        faiss.omp_set_num_threads(threads)
    faiss.write_index(index, str(path))


def read_graph(path: Path, rows: Rows, hnsw: Hnsw) -> FaissStore:
    """`path` is a file of `write_graph` whose hash has been checked."""
    return FaissStore(rows, faiss.read_index(str(path)), hnsw)
