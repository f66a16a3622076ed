"""Question to chunks to documents, by words, by vectors or by both."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag_pilot.config import Retrieval
from rag_pilot.embed import Embedder
from rag_pilot.errors import CONFIG, PilotError
from rag_pilot.fuse import fuse_convex, fuse_rrf, rank
from rag_pilot.ingest import Chunk
from rag_pilot.lexical import LexicalIndex
from rag_pilot.vectors import VectorIndex


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
    def __init__(
        self, chunks: Sequence[Chunk], settings: Retrieval, embedder: Embedder, vectors: VectorIndex
    ) -> None:
        documents = len({chunk.document_id for chunk in chunks})
        if settings.k > documents:
            message = f"pilot.json: retrieval.k: {settings.k} is more than the {documents} documents there are."
            raise PilotError(CONFIG, message)
        self.chunks = {chunk.id: chunk for chunk in chunks}
        self._ids = [chunk.id for chunk in chunks]
        self.embedder = embedder
        self._settings, self._vectors = settings, vectors
        self._lexical = LexicalIndex.of_chunks(chunks)
        # Deep enough that k documents come out even when several chunks of one document lead.
        self._depth = min(len(chunks), max(100, settings.k * 20))

    def embed(self, question: str) -> NDArray[np.float32] | None:
        return None if self._settings.mode == "bm25" else self.embedder.embed(question)

    def search(self, question: str, vector: NDArray[np.float32] | None) -> Found:
        ranking = rank(self._scores(question, vector))
        document_ids: dict[str, None] = {}
        for identifier, _ in ranking:
            document_ids.setdefault(self.chunks[identifier].document_id)
            if len(document_ids) == self._settings.k:
                break
        hits = tuple(Hit(self.chunks[identifier], score) for identifier, score in ranking[: self._settings.k])
        return Found(hits, tuple(document_ids))

    def retrieve(self, question: str) -> Found:
        return self.search(question, self.embed(question))

    def _scores(self, question: str, vector: NDArray[np.float32] | None) -> dict[str, float]:
        lexical = self._best_by_words(question) if self._settings.mode != "dense" else {}
        dense = self._best_by_vector(vector) if vector is not None else {}
        if self._settings.mode == "bm25":
            return lexical
        if self._settings.mode == "dense":
            return dense
        if self._settings.fusion == "convex":
            return fuse_convex(lexical, dense, self._settings.denseWeight)
        return fuse_rrf([[identifier for identifier, _ in rank(scores)] for scores in (lexical, dense)])

    def _best_by_words(self, question: str) -> dict[str, float]:
        scores = self._lexical.scores(question)
        rows = np.argsort(-scores, kind="stable")[: self._depth]
        return {self._ids[row]: float(scores[row]) for row in rows if scores[row] > 0}

    def _best_by_vector(self, vector: NDArray[np.float32]) -> dict[str, float]:
        return {self._ids[row]: score for row, score in self._vectors.search(vector, self._depth) if score > 0}
