"""Exact inner-product search: the only module that knows FAISS.

`faiss.read_index` is native code that trusts its input, so `index_store` checks the hash of our own file first. Never
point this at a file that somebody sent you.
"""

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray


class VectorIndex:
    def __init__(self, index: faiss.Index) -> None:
        # One question at a time on a small index: threads would only fight with the server's own.
        faiss.omp_set_num_threads(1)
        self._index = index

    @classmethod
    def build(cls, vectors: NDArray[np.float32]) -> "VectorIndex":
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    @property
    def size(self) -> int:
        return int(self._index.ntotal)

    def search(self, vector: NDArray[np.float32], count: int) -> list[tuple[int, float]]:
        """(row, inner product) of the best `count` rows, best first."""
        scores, rows = self._index.search(np.ascontiguousarray(vector), min(count, self.size))
        return [(int(row), float(score)) for row, score in zip(rows[0], scores[0], strict=True) if row >= 0]

    def save(self, path: Path) -> None:
        faiss.write_index(self._index, str(path))

    @classmethod
    def load(cls, path: Path) -> "VectorIndex":
        return cls(faiss.read_index(str(path)))
