"""Qdrant: the only module that knows its client.

Not exercised here: the tests run the client's in-process mode (address `:memory:`), which is not the server.
"""

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rag_pilot.errors import DATA, UNAVAILABLE, PilotError
from rag_pilot.extras import import_extra
from rag_pilot.stores.port import Place, Readers, Rows, Scored, Vectors, audience_keys

WANTED_FOR = "retrieval.store qdrant"
KEY_VARIABLE = "QDRANT_API_KEY"
IN_PROCESS = ":memory:"
TIMEOUT_SECONDS = 30
BATCH_ROWS = 500
NAMESPACE = uuid.UUID("5f2f0a52-6f0b-5ad7-9b0c-6d1f4a3f4a11")

# The in-process mode keeps its collections in the client: it lives as long as this process.
_in_process: list[Any] = []


class QdrantStore:
    def __init__(self, place: Place) -> None:
        self.size, self._place = place.size, place
        self._client = _connect(place.address)
        self._models = import_extra("qdrant_client.models", "qdrant", WANTED_FOR)

    def nearest(self, vector: Vectors, count: int, readers: Readers) -> list[Scored]:
        models, place = self._models, self._place
        walk = models.SearchParams(hnsw_ef=max(place.hnsw.efSearch, count), exact=not place.approximate)
        with _said():
            found = self._client.query_points(
                place.collection,
                query=vector[0].tolist(),
                limit=count,
                query_filter=self._visible(readers),
                # The in-process mode compares every vector and warns when it is told how to walk a graph.
                search_params=None if place.address == IN_PROCESS else walk,
                with_payload=["chunk"],
            )
        return [(str(point.payload["chunk"]), float(point.score)) for point in found.points]

    def memory_bytes(self) -> int | None:
        return None

    def close(self) -> None:
        if self._client not in _in_process:
            self._client.close()

    def _visible(self, readers: Readers) -> Any:
        if readers is None:
            return None
        models = self._models
        seen = [models.FieldCondition(key="everyone", match=models.MatchValue(value=True))]
        if readers:
            match = models.MatchAny(any=audience_keys(readers))
            seen.append(models.FieldCondition(key="audiences", match=match))
        return models.Filter(should=seen)


def fill(place: Place, rows: Rows) -> None:
    models = import_extra("qdrant_client.models", "qdrant", WANTED_FOR)
    client = _connect(place.address)
    with _said():
        client.create_collection(
            place.collection,
            vectors_config=models.VectorParams(size=place.dimensions, distance=models.Distance.DOT),
            hnsw_config=models.HnswConfigDiff(m=place.hnsw.m, ef_construct=place.hnsw.efConstruction),
        )
        if place.address != IN_PROCESS:
            client.create_payload_index(place.collection, "everyone", models.PayloadSchemaType.BOOL)
            client.create_payload_index(place.collection, "audiences", models.PayloadSchemaType.KEYWORD)
        for start in range(0, len(rows.ids), BATCH_ROWS):
            cut = slice(start, start + BATCH_ROWS)
            points = [
                models.PointStruct(
                    id=str(uuid.uuid5(NAMESPACE, identifier)),
                    vector=vector.tolist(),
                    payload={
                        "chunk": identifier,
                        "everyone": audiences is None,
                        "audiences": audience_keys(audiences or ()),
                    },
                )
                for identifier, audiences, vector in zip(
                    rows.ids[cut], rows.audiences[cut], rows.vectors[cut], strict=True
                )
            ]
            client.upsert(place.collection, points=points, wait=True)


def open_store(place: Place) -> QdrantStore:
    """65 when the collection is not there or does not hold what was written here."""
    store = QdrantStore(place)
    try:
        with _said():
            there = store._client.collection_exists(place.collection)
            held = store._client.count(place.collection, exact=True).count if there else 0
    except BaseException:
        store.close()
        raise
    if held != place.size:
        store.close()
        said = f"the qdrant server holds {held} rows in {place.collection}, not {place.size}"
        raise PilotError(DATA, f"{said}; run pilot setup to build the index again.")
    return store


def drop(place: Place) -> None:
    with _said():
        _connect(place.address).delete_collection(place.collection)


def version(address: str) -> str:
    if address == IN_PROCESS:
        return "Qdrant's in-process client, not its server"
    with _said():
        return f"Qdrant {_connect(address).info().version}"


def _connect(address: str) -> Any:
    module = import_extra("qdrant_client", "qdrant", WANTED_FOR)
    if address == IN_PROCESS:
        if not _in_process:
            _in_process.append(module.QdrantClient(IN_PROCESS))
        return _in_process[0]
    with _said():
        return module.QdrantClient(
            url=address,
            api_key=os.environ.get(KEY_VARIABLE),
            timeout=TIMEOUT_SECONDS,
            check_compatibility=False,
        )


@contextmanager
def _said() -> Iterator[None]:
    """The client's own errors in one sentence that shows no address and no key."""
    exceptions = import_extra("qdrant_client.http.exceptions", "qdrant", WANTED_FOR)
    try:
        yield
    except (exceptions.ApiException, OSError, ValueError) as cause:
        said = f"the qdrant server does not answer as it should ({type(cause).__name__})."
        raise PilotError(UNAVAILABLE, said) from cause
