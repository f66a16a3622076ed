"""What every vector store can do, and the order in which results come out of all of them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rag_pilot.config import Hnsw

Vectors = NDArray[np.float32]
# Who asks. None: permissions are off, everything is searched. An empty set sees what everyone may see.
Readers = frozenset[str] | None
Scored = tuple[str, float]

# float32 sums differ in the last bits from store to store: what agrees to six decimals is a tie, broken by id.
TIE_DECIMALS = 6
# Asked for beyond the count, so that a tie at the cut can be seen.
MARGIN = 8


@dataclass(frozen=True)
class Rows:
    """What a store holds: ids and audiences in row order, `vectors` (rows, dimensions) of length one or zero."""

    ids: Sequence[str]
    audiences: Sequence[tuple[str, ...] | None]
    vectors: Vectors


@dataclass(frozen=True)
class Place:
    """Where a server keeps one index. `approximate`: through a graph with `hnsw`; else every vector is compared."""

    # It may hold a password, so it is never shown.
    address: str = field(repr=False)
    collection: str
    dimensions: int
    size: int
    hnsw: Hnsw
    approximate: bool


class VectorStore(Protocol):
    """`nearest` filters by reader before it compares: what a reader may not see takes no place in the result."""

    @property
    def size(self) -> int: ...

    def nearest(self, vector: Vectors, count: int, readers: Readers) -> list[Scored]:
        """(id, inner product) of the best `count` visible rows, best first. `vector` is (1, dimensions)."""
        ...

    def memory_bytes(self) -> int | None:
        """What is held for this index, in this process or on the server; None where nobody says."""
        ...

    def close(self) -> None: ...


def search_store(store: VectorStore, vector: Vectors, count: int, readers: Readers = None) -> list[Scored]:
    """The best `count` visible rows, equal scores by id ascending, the same from every exact store.

    A question that shares nothing with the corpus is the zero vector, and nothing is near to it.
    """
    if count < 1 or not vector.any():
        return []
    asked = count + MARGIN
    while True:
        ranked = _in_order(store.nearest(vector, min(asked, store.size), readers))
        cut_by_a_tie = len(ranked) >= asked and ranked[-1][1] == ranked[count - 1][1]
        if not cut_by_a_tie or asked >= store.size:
            return ranked[:count]
        asked *= 4


def _in_order(found: Sequence[Scored]) -> list[Scored]:
    rounded = [(identifier, round(score, TIE_DECIMALS)) for identifier, score in found]
    return sorted(rounded, key=lambda item: (-item[1], item[0]))


def audience_key(audience: str) -> str:
    """How an audience is written into a server: exact in every store's matching, and no name leaves the house."""
    return hashlib.sha256(audience.encode()).hexdigest()[:32]


def audience_keys(audiences: Sequence[str] | frozenset[str]) -> list[str]:
    return sorted(audience_key(audience) for audience in audiences)
