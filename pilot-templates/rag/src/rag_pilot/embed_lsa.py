"""LSA embeddings, fitted on the corpus itself: no download, no GPU, the same vectors every time.

Latent semantic analysis (Deerwester et al. 1990): tf-idf, then a truncated singular value decomposition. It knows only
what this corpus teaches it; a trained sentence encoder would do better on paraphrases.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import svds

from rag_pilot.embed import Vectors
from rag_pilot.words import fuzzy_terms

FILE = "lsa.npz"


class LsaEmbedder:
    """Text to unit vectors. `basis` is (terms, dimensions), `idf` is (terms,)."""

    name = "lsa"

    def __init__(self, terms: Sequence[str], idf: NDArray[np.float64], basis: Vectors) -> None:
        self._column = {term: number for number, term in enumerate(terms)}
        self._terms, self._idf, self._basis = list(terms), idf, basis
        self.dimensions = int(basis.shape[1])

    @classmethod
    def fit(cls, texts: Sequence[str], dimensions: int) -> tuple["LsaEmbedder", Vectors]:
        """Fit and embed; fewer dimensions than asked when the corpus has no more (at most its rank)."""
        counted = [Counter(fuzzy_terms(text)) for text in texts]
        terms = sorted({term for counts in counted for term in counts})
        column = {term: number for number, term in enumerate(terms)}
        frequency = np.zeros(len(terms))
        for counts in counted:
            for term in counts:
                frequency[column[term]] += 1
        idf = np.log((1 + len(texts)) / (1 + frequency)) + 1
        matrix = _weigh(counted, column, idf)
        basis = _right_singular_vectors(matrix, dimensions)
        embedder = cls(terms, idf, basis.astype(np.float32))
        return embedder, _unit((matrix @ basis).astype(np.float32))

    def embed(self, text: str) -> Vectors:
        """One row, (1, dimensions); all zero when the text shares no word with the corpus."""
        counts = Counter(term for term in fuzzy_terms(text) if term in self._column)
        vector = np.zeros((1, self.dimensions), dtype=np.float32)
        for term, count in counts.items():
            number = self._column[term]
            vector[0] += np.float32((1 + np.log(count)) * self._idf[number]) * self._basis[number]
        return _unit(vector)

    def embed_all(self, texts: Sequence[str]) -> Vectors:
        """(texts, dimensions)."""
        rows = [self.embed(text) for text in texts]
        return np.concatenate(rows) if rows else np.zeros((0, self.dimensions), dtype=np.float32)

    def save(self, folder: Path) -> str:
        """Writes one file and says its name."""
        stored = {"terms": np.array(self._terms), "idf": self._idf, "basis": self._basis}
        np.savez(folder / FILE, allow_pickle=False, **stored)
        return FILE

    @classmethod
    def load(cls, folder: Path) -> "LsaEmbedder":
        with np.load(folder / FILE, allow_pickle=False) as stored:
            return cls([str(term) for term in stored["terms"]], stored["idf"], stored["basis"])


def _weigh(counted: Sequence[Counter[str]], column: dict[str, int], idf: NDArray[np.float64]) -> csr_matrix:
    values: list[float] = []
    columns: list[int] = []
    borders = [0]
    for counts in counted:
        row = {column[term]: (1 + np.log(count)) * idf[column[term]] for term, count in counts.items()}
        length = np.sqrt(sum(value * value for value in row.values())) or 1.0
        values.extend(value / length for value in row.values())
        columns.extend(row)
        borders.append(len(columns))
    return csr_matrix((values, columns, borders), shape=(len(counted), len(column)))


def _right_singular_vectors(matrix: csr_matrix, dimensions: int) -> NDArray[np.float64]:
    limit = min(matrix.shape)
    if dimensions >= limit - 1:
        rows = np.linalg.svd(matrix.toarray(), full_matrices=False)[2][: min(dimensions, limit)]
    else:
        # A fixed start vector: ARPACK's own is random.
        rows = svds(matrix, k=dimensions, v0=np.ones(limit), return_singular_vectors="vh")[2][::-1]
    return np.ascontiguousarray(rows.T)


def _unit(vectors: Vectors) -> Vectors:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    result: Vectors = (vectors / np.where(length == 0, 1, length)).astype(np.float32)
    return result
