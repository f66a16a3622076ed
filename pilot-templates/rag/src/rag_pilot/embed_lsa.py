"""LSA embeddings, fitted on the corpus itself: no download, no GPU, the same vectors every time.

Latent semantic analysis (Deerwester et al. 1990): tf-idf, then a truncated singular value decomposition. It knows only
what this corpus teaches it; a trained sentence encoder would do better on paraphrases.
"""

from array import array
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import svds

from rag_pilot.embed import Vectors
from rag_pilot.words import fuzzy_terms, search_terms

FILE = "lsa.npz"
# The subjects of a corpus show in a part of it: above this many passages, the basis starts from that many of them.
FIT_AT_MOST = 6_000
# Of the singular values, relative. A finer one changes no ranking and takes several times as long.
TOLERANCE = 1e-3


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
        counts, terms = _count_terms(texts)
        frequency = np.bincount(counts.indices, minlength=len(terms))
        idf = np.log((1 + len(texts)) / (1 + frequency)) + 1
        matrix = _weigh(counts, idf)
        if len(texts) <= FIT_AT_MOST:
            basis = _right_singular_vectors(matrix, dimensions)
        else:
            # Evenly spaced, so that every part of the corpus is heard; then one step of subspace iteration over all of
            # it, which turns the basis towards the whole and knows every term.
            rows = np.linspace(0, len(texts) - 1, FIT_AT_MOST).astype(np.intp)
            part = _right_singular_vectors(matrix[rows], dimensions)
            basis = np.linalg.qr(matrix.T @ (matrix @ part))[0].astype(np.float32)
        return cls(terms, idf, basis), _unit(matrix @ basis)

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


def _count_terms(texts: Sequence[str]) -> tuple[csr_matrix, list[str]]:
    """How often each term stands in each text, (texts, terms), and the terms in the order of the columns.

    Words are counted first: a corpus has far fewer different ones than it has words, so each is taken apart once.
    """
    words: dict[str, int] = {}
    columns, borders = array("q"), [0]
    for text in texts:
        columns.extend([words.setdefault(word, len(words)) for word in search_terms(text)])
        borders.append(len(columns))
    by_word = csr_matrix((np.ones(len(columns), np.float32), columns, borders), shape=(len(texts), len(words)))
    parts = [fuzzy_terms(word) or [] for word in words]
    terms = sorted({term for part in parts for term in part})
    column = {term: number for number, term in enumerate(terms)}
    inside = [column[term] for part in parts for term in part]
    ends = np.concatenate([[0], np.cumsum([len(part) for part in parts], dtype=np.int64)])
    of_word = csr_matrix((np.ones(len(inside), np.float32), inside, ends), shape=(len(words), len(terms)))
    counts = csr_matrix(by_word @ of_word)
    counts.sum_duplicates()
    return counts, terms


def _weigh(counts: csr_matrix, idf: NDArray[np.float64]) -> csr_matrix:
    """tf-idf with 1 + log(tf), rows of length 1."""
    values = (1 + np.log(counts.data)) * idf[counts.indices]
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    lengths = np.sqrt(np.bincount(rows, values * values, minlength=counts.shape[0]))
    return csr_matrix(((values / lengths[rows]).astype(np.float32), counts.indices, counts.indptr), shape=counts.shape)


def _right_singular_vectors(matrix: csr_matrix, dimensions: int) -> Vectors:
    limit = min(matrix.shape)
    if dimensions >= limit - 1:
        rows = np.linalg.svd(matrix.toarray(), full_matrices=False)[2][: min(dimensions, limit)]
    else:
        # A fixed start vector: ARPACK's own is random.
        start = np.ones(limit, dtype=np.float32)
        rows = svds(matrix, k=dimensions, v0=start, tol=TOLERANCE, return_singular_vectors="vh")[2][::-1]
    return np.ascontiguousarray(rows.T, dtype=np.float32)


def _unit(vectors: Vectors) -> Vectors:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    result: Vectors = (vectors / np.where(length == 0, 1, length)).astype(np.float32)
    return result
