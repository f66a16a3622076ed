"""Question to chunks to documents, by words, by vectors or by both.

Who may read what is decided before anything is compared: a chunk of another audience takes no place in a ranking and
has no part in the scale of the others. Only how rare a word is counts over the whole corpus.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from rag_pilot.config import Retrieval
from rag_pilot.embed import Embedder, Vectors
from rag_pilot.errors import CONFIG, PilotError
from rag_pilot.fuse import fuse_convex, fuse_rrf, rank
from rag_pilot.ingest import Chunk
from rag_pilot.lexical import LexicalIndex
from rag_pilot.stores.port import Readers, VectorStore, search_store
from rag_pilot.stores.visibility import Visibility

# Documents come out of chunks: several chunks of one document may lead.
LEAST_DEPTH, DEPTH_PER_DOCUMENT = 100, 20


@dataclass(frozen=True)
class Hit:
    chunk: Chunk
    score: float


@dataclass(frozen=True)
class Found:
    """`hits`: the best k chunks. `document_ids`: the best k documents, each ranked by its best chunk."""

    hits: tuple[Hit, ...]
    document_ids: tuple[str, ...]


class Retriever:
    """`store` may be None when the mode is bm25: nothing would ask it."""

    def __init__(
        self,
        chunks: Sequence[Chunk],
        settings: Retrieval,
        embedder: Embedder,
        lexical: LexicalIndex,
        store: VectorStore | None,
    ) -> None:
        documents = len({chunk.document_id for chunk in chunks})
        if settings.k > documents:
            message = f"pilot.json: retrieval.k: {settings.k} is more than the {documents} documents there are."
            raise PilotError(CONFIG, message)
        self.chunks = {chunk.id: chunk for chunk in chunks}
        self._ids = [chunk.id for chunk in chunks]
        self.embedder = embedder
        self.lexical = lexical
        self._settings, self.store = settings, store
        self._visibility = Visibility([chunk.audiences for chunk in chunks])
        self._depth = min(len(chunks), max(LEAST_DEPTH, settings.k * DEPTH_PER_DOCUMENT))

    def embed(self, question: str) -> Vectors | None:
        return None if self._settings.mode == "bm25" else self.embedder.embed(question)

    def search(self, question: str, vector: Vectors | None, audiences: Iterable[str] | None = None) -> Found:
        """`audiences`: those of the one who asks. With permissions on, None sees only what everyone may see."""
        ranking = rank(self._scores(question, vector, self._readers(audiences)))
        document_ids: dict[str, None] = {}
        for identifier, _ in ranking:
            document_ids.setdefault(self.chunks[identifier].document_id)
            if len(document_ids) == self._settings.k:
                break
        hits = tuple(Hit(self.chunks[identifier], score) for identifier, score in ranking[: self._settings.k])
        return Found(hits, tuple(document_ids))

    def retrieve(self, question: str, audiences: Iterable[str] | None = None) -> Found:
        return self.search(question, self.embed(question), audiences)

    def _readers(self, audiences: Iterable[str] | None) -> Readers:
        return None if self._settings.permissions == "off" else frozenset(audiences or ())

    def _scores(self, question: str, vector: Vectors | None, readers: Readers) -> dict[str, float]:
        lexical = self._best_by_words(question, readers) if self._settings.mode != "dense" else {}
        dense = self._best_by_vector(vector, readers) if vector is not None else {}
        if self._settings.mode == "bm25":
            return lexical
        if self._settings.mode == "dense":
            return dense
        if self._settings.fusion == "convex":
            return fuse_convex(lexical, dense, self._settings.denseWeight)
        return fuse_rrf([[identifier for identifier, _ in rank(scores)] for scores in (lexical, dense)])

    def _best_by_words(self, question: str, readers: Readers) -> dict[str, float]:
        scores = self.lexical.scores(question, self._visibility.mask(readers))
        rows = np.argsort(-scores, kind="stable")[: self._depth]
        return {self._ids[row]: float(scores[row]) for row in rows if scores[row] > 0}

    def _best_by_vector(self, vector: Vectors, readers: Readers) -> dict[str, float]:
        if self.store is None:
            return {}
        found = search_store(self.store, vector, self._depth, readers)
        return {identifier: score for identifier, score in found if score > 0}
