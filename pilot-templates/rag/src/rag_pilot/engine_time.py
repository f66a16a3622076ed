"""How much of a search is the model's and the search libraries' work, and how much is ours around them."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rag_pilot.config import Retrieval
from rag_pilot.index_store import Library
from rag_pilot.retrieve import Retriever


class Engine:
    """Adds up the time spent in the model and in the two search libraries."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def watch(self, inner: Any) -> Any:
        return None if inner is None else _Watched(inner, self)

    @contextmanager
    def running(self) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds += time.perf_counter() - start


class _Watched:
    """Passes everything on; a call counts as engine time."""

    def __init__(self, inner: Any, engine: Engine) -> None:
        self._inner, self._engine = inner, engine

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._inner, name)
        if not callable(value):
            return value

        def timed(*arguments: Any, **named: Any) -> Any:
            with self._engine.running():
                return value(*arguments, **named)

        return timed


def watched_retriever(library: Library, settings: Retrieval, engine: Engine) -> Retriever:
    """The library's own parts under other settings; what embedder, lexical index and store take is added up."""
    whole = library.retriever
    parts = (engine.watch(part) for part in (whole.embedder, whole.lexical, library.store))
    embedder, lexical, store = parts
    return Retriever(list(whole.chunks.values()), settings, embedder, lexical, store)
