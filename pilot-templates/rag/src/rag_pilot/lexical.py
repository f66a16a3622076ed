"""BM25: the only module that knows bm25s."""

from collections.abc import Sequence

import bm25s
import numpy as np
from numpy.typing import NDArray

from rag_pilot.words import search_terms

# Lucene's variant with the parameters of the published Anserini and BEIR baselines.
K1, B = 0.9, 0.4


class LexicalIndex:
    def __init__(self, texts: Sequence[str]) -> None:
        self.size = len(texts)
        terms = [search_terms(text) for text in texts]
        self._known = {term for document in terms for term in document}
        self._model = bm25s.BM25(k1=K1, b=B, method="lucene")
        if self._known:
            self._model.index(terms, show_progress=False)

    def scores(self, question: str) -> NDArray[np.float32]:
        """BM25 score of every text, in the order they were given; at least 0, without an upper bound."""
        terms = [term for term in search_terms(question) if term in self._known]
        if not terms:
            return np.zeros(self.size, dtype=np.float32)
        return np.asarray(self._model.get_scores(terms), dtype=np.float32)
