"""Pinecone: the only module that knows its client.

Not exercised here: the tests run the real client against a stand-in that speaks the same requests, not the service.
The index is made beforehand, with the metric `dotproduct` and the dimensions of the embedder; its host is the address.
"""

import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rag_pilot.errors import CONFIG, DATA, UNAVAILABLE, PilotError
from rag_pilot.extras import import_extra
from rag_pilot.stores.port import Place, Readers, Rows, Scored, Vectors, audience_keys

WANTED_FOR = "retrieval.store pinecone"
KEY_VARIABLE = "PINECONE_API_KEY"
BATCH_ROWS = 100
TIMEOUT_SECONDS = 30.0
# What was written is not at once what is counted.
SETTLE_SECONDS = 120.0
NAMESPACE = uuid.UUID("5f2f0a52-6f0b-5ad7-9b0c-6d1f4a3f4a12")


class PineconeStore:
    def __init__(self, place: Place) -> None:
        self.size, self._place = place.size, place
        self._index = _connect(place.address)

    def nearest(self, vector: Vectors, count: int, readers: Readers) -> list[Scored]:
        with _said():
            found = self._index.query(
                vector=vector[0].tolist(),
                top_k=count,
                namespace=self._place.collection,
                filter=_visible(readers),
                include_metadata=True,
            )
        return [(str(match.metadata["chunk"]), float(match.score)) for match in found.matches]

    def memory_bytes(self) -> int | None:
        return None

    def close(self) -> None:
        self._index.close()


def fill(place: Place, rows: Rows) -> None:
    index = _connect(place.address)
    try:
        with _said():
            for start in range(0, len(rows.ids), BATCH_ROWS):
                cut = slice(start, start + BATCH_ROWS)
                vectors = [
                    {
                        "id": uuid.uuid5(NAMESPACE, identifier).hex,
                        "values": vector.tolist(),
                        "metadata": {
                            "chunk": identifier,
                            "everyone": audiences is None,
                            "audiences": audience_keys(audiences or ()),
                        },
                    }
                    for identifier, audiences, vector in zip(
                        rows.ids[cut], rows.audiences[cut], rows.vectors[cut], strict=True
                    )
                ]
                index.upsert(vectors=vectors, namespace=place.collection)
            waited = time.monotonic() + SETTLE_SECONDS
            while _held(index, place) < place.size and time.monotonic() < waited:
                time.sleep(1)
    finally:
        index.close()


def open_store(place: Place) -> PineconeStore:
    """65 when the namespace does not hold what was written here."""
    store = PineconeStore(place)
    try:
        with _said():
            held = _held(store._index, place)
    except BaseException:
        store.close()
        raise
    if held != place.size:
        store.close()
        said = f"the pinecone index holds {held} rows in {place.collection}, not {place.size}"
        raise PilotError(DATA, f"{said}; run pilot setup to build the index again.")
    return store


def drop(place: Place) -> None:
    index = _connect(place.address)
    try:
        with _said():
            index.delete(delete_all=True, namespace=place.collection)
    finally:
        index.close()


def version(address: str) -> str:
    return "Pinecone"


def _held(index: Any, place: Place) -> int:
    namespaces = index.describe_index_stats().namespaces
    return int(namespaces[place.collection].vector_count) if place.collection in namespaces else 0


def _visible(readers: Readers) -> dict[str, Any] | None:
    if readers is None:
        return None
    everyone = {"everyone": {"$eq": True}}
    keys = audience_keys(readers)
    return {"$or": [everyone, {"audiences": {"$in": keys}}]} if keys else everyone


def _connect(address: str) -> Any:
    pinecone = import_extra("pinecone", "pinecone", WANTED_FOR)
    key = os.environ.get(KEY_VARIABLE)
    if not key:
        raise PilotError(CONFIG, f"retrieval.store pinecone needs its key in the variable {KEY_VARIABLE}.")
    with _said():
        return pinecone.Index(host=address, api_key=key, timeout=TIMEOUT_SECONDS)


@contextmanager
def _said() -> Iterator[None]:
    """The client's own errors in one sentence that shows no address and no key."""
    exceptions = import_extra("pinecone.exceptions", "pinecone", WANTED_FOR)
    try:
        yield
    except (exceptions.PineconeException, OSError) as cause:
        said = f"the pinecone service does not answer as it should ({type(cause).__name__})."
        raise PilotError(UNAVAILABLE, said) from cause
