"""BM25: the only module that knows bm25s.

A passage is judged by its own words and by those of its page, half and half: the passage that answers often leaves out
what its page is about. Callan 1994 found passage and page together better than either alone.
"""

from collections.abc import Mapping, Sequence
from itertools import chain, groupby
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
from numpy.typing import NDArray

from rag_pilot.ingest import Chunk
from rag_pilot.words import search_terms

# Lucene's variant with the parameters of the published Anserini and BEIR baselines.
K1, B = 0.9, 0.4

FILE = "lexical.npz"
# The arrays of a sparse matrix, words by texts, that holds every score a word can give.
SCORES = ("data", "indices", "indptr")

Terms = list[list[str]]
Scores = NDArray[np.float32]


class LexicalIndex:
    """`pages` holds the terms of whole pages, and `page_of`, (texts,), the page of each text."""

    def __init__(self, terms: Terms, pages: Terms | None = None, page_of: NDArray[np.intp] | None = None) -> None:
        self.size = len(terms)
        self._column = {term: number for number, term in enumerate(dict.fromkeys(chain.from_iterable(terms)))}
        self._texts = self._index(terms)
        # A corpus of one-passage pages has nothing to add.
        self._pages = None if pages is None or len(pages) == len(terms) else self._index(pages)
        self._page_of = page_of

    @classmethod
    def of_texts(cls, texts: Sequence[str]) -> "LexicalIndex":
        return cls([search_terms(text) for text in texts])

    @classmethod
    def of_chunks(cls, chunks: Sequence[Chunk]) -> "LexicalIndex":
        """The chunks of one page stand together, in their order."""
        terms, pages, page_of = [], [], np.zeros(len(chunks), dtype=np.intp)
        for number, (_, group) in enumerate(groupby(enumerate(chunks), key=lambda item: item[1].document_id)):
            page: list[str] = []
            end = 0
            for row, chunk in group:
                title, text = search_terms(chunk.title), search_terms(chunk.text)
                terms.append(title + text)
                # A page has its title once, and what two chunks share counts once.
                shared = len(search_terms(chunk.text[: end - chunk.start])) if end > chunk.start else 0
                page += text[shared:] if page else title + text
                page_of[row], end = number, chunk.end
            pages.append(page)
        return cls(terms, pages, page_of)

    def scores(self, question: str, allowed: NDArray[np.bool_] | None = None) -> Scores:
        """(texts,) in the order they were given, in BM25 units of a passage, at least 0 and without an upper bound.

        What is not `allowed`, (texts,), scores 0 and has no part in the scale of the others.
        """
        columns = [column for term in search_terms(question) if (column := self._column.get(term)) is not None]
        if self._texts is None or not columns:
            return np.zeros(self.size, dtype=np.float32)
        scores = _only(np.asarray(self._texts.get_scores_from_ids(columns), dtype=np.float32), allowed)
        if self._pages is None or self._page_of is None:
            return scores
        support = _only(np.asarray(self._pages.get_scores_from_ids(columns), dtype=np.float32)[self._page_of], allowed)
        best, best_support = float(scores.max()), float(support.max())
        # A page scores higher than its passages, so both are put on one scale, that of the best passage.
        factor = np.float32(best / best_support) if best_support > 0 else np.float32(0)
        return np.asarray((scores + support * factor) / 2, dtype=np.float32)

    def save(self, folder: Path) -> str:
        """Write one file into the folder of the index; the name of that file."""
        arrays: dict[str, NDArray[Any]] = {
            "size": np.array(self.size),
            "terms": np.array(list(self._column), dtype=str),
        }
        for name, model in (("texts", self._texts), ("pages", self._pages)):
            if model is not None:
                arrays |= {f"{name}_{part}": np.asarray(model.scores[part]) for part in SCORES}
                arrays[f"{name}_count"] = np.array(model.scores["num_docs"])
        if self._page_of is not None:
            arrays["page_of"] = self._page_of
        np.savez(folder / FILE, allow_pickle=False, **arrays)
        return FILE

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """What `save` wrote; its hash has been checked."""
        index = cls([])
        with np.load(folder / FILE, allow_pickle=False) as stored:
            index.size = int(stored["size"])
            index._column = {str(term): number for number, term in enumerate(stored["terms"])}
            index._texts, index._pages = (_revive(stored, name) for name in ("texts", "pages"))
            index._page_of = stored.get("page_of")
        return index

    def _index(self, terms: Terms) -> bm25s.BM25 | None:
        if not self._column:
            return None
        model = _empty()
        rows = [[self._column[term] for term in row] for row in terms]
        model.index((rows, self._column), create_empty_token=False, show_progress=False)
        return model


def _empty() -> bm25s.BM25:
    return bm25s.BM25(k1=K1, b=B, method="lucene")


def _revive(stored: Mapping[str, NDArray[Any]], name: str) -> bm25s.BM25 | None:
    if f"{name}_count" not in stored:
        return None
    model = _empty()
    model.scores = {part: stored[f"{name}_{part}"] for part in SCORES} | {"num_docs": int(stored[f"{name}_count"])}
    # Of the variants that bm25s knows, only BM25L and BM25+ score a word that a text does not have.
    model.nonoccurrence_array = None
    return model


def _only(scores: Scores, allowed: NDArray[np.bool_] | None) -> Scores:
    return scores if allowed is None else np.where(allowed, scores, np.float32(0))
