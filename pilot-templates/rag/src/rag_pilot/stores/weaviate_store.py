"""Weaviate: the only module that knows its client.

Its filter makes a list of what may be seen before the graph is walked, and a short list is compared as a whole; both
give as many rows as are asked for and visible.
"""

import os
import re
import urllib.parse
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rag_pilot.errors import CONFIG, DATA, UNAVAILABLE, PilotError
from rag_pilot.extras import import_extra
from rag_pilot.stores.memory import resident_bytes_of_port
from rag_pilot.stores.port import Place, Readers, Rows, Scored, Vectors, audience_keys

WANTED_FOR = "retrieval.store weaviate"
# Where the server wants a key; its address stands in storeUrlVariable.
KEY_VARIABLE = "WEAVIATE_API_KEY"
GRPC_PORT = 50051
BATCH_ROWS = 500
NAMESPACE = uuid.UUID("5f2f0a52-6f0b-5ad7-9b0c-6d1f4a3f4a10")


class WeaviateStore:
    def __init__(self, place: Place) -> None:
        self.size, self._place = place.size, place
        self._client = _connect(place.address)
        self._collection = self._client.collections.use(_name(place))
        query = import_extra("weaviate.classes.query", "weaviate", WANTED_FOR)
        self._filter, self._wanted = query.Filter, query.MetadataQuery(distance=True)

    def nearest(self, vector: Vectors, count: int, readers: Readers) -> list[Scored]:
        with _said():
            found = self._collection.query.near_vector(
                near_vector=vector[0].tolist(),
                limit=count,
                filters=self._visible(readers),
                return_metadata=self._wanted,
                return_properties=["chunk"],
            )
        # The distance of "dot" is the negative inner product.
        return [(str(item.properties["chunk"]), -float(item.metadata.distance)) for item in found.objects]

    def memory_bytes(self) -> int | None:
        """Of the whole server process, where it runs on this machine."""
        address = urllib.parse.urlsplit(self._place.address)
        local = address.hostname in ("127.0.0.1", "localhost", "::1")
        return resident_bytes_of_port(address.port or 80) if local else None

    def close(self) -> None:
        self._client.close()

    def _visible(self, readers: Readers) -> Any:
        if readers is None:
            return None
        everyone = self._filter.by_property("everyone").equal(True)
        keys = audience_keys(readers)
        return everyone | self._filter.by_property("audiences").contains_any(keys) if keys else everyone


def fill(place: Place, rows: Rows) -> None:
    config = import_extra("weaviate.classes.config", "weaviate", WANTED_FOR)
    data = import_extra("weaviate.classes.data", "weaviate", WANTED_FOR)
    dot = config.VectorDistances.DOT
    index = config.Configure.VectorIndex.flat(distance_metric=dot)
    if place.approximate:
        index = config.Configure.VectorIndex.hnsw(
            distance_metric=dot,
            max_connections=place.hnsw.m,
            ef_construction=place.hnsw.efConstruction,
            ef=place.hnsw.efSearch,
        )
    # Matched as a whole, letter by letter; the chunk's id is only carried.
    exactly = {"tokenization": config.Tokenization.FIELD, "index_searchable": False}
    properties = [
        config.Property(name="chunk", data_type=config.DataType.TEXT, index_filterable=False, **exactly),
        config.Property(name="everyone", data_type=config.DataType.BOOL),
        config.Property(name="audiences", data_type=config.DataType.TEXT_ARRAY, **exactly),
    ]
    with _client(place.address) as client, _said():
        collection = client.collections.create(
            _name(place),
            properties=properties,
            vector_config=config.Configure.Vectors.self_provided(vector_index_config=index),
        )
        for start in range(0, len(rows.ids), BATCH_ROWS):
            cut = slice(start, start + BATCH_ROWS)
            objects = [
                data.DataObject(
                    uuid=uuid.uuid5(NAMESPACE, identifier),
                    properties={
                        "chunk": identifier,
                        "everyone": audiences is None,
                        "audiences": audience_keys(audiences or ()),
                    },
                    vector=vector.tolist(),
                )
                for identifier, audiences, vector in zip(
                    rows.ids[cut], rows.audiences[cut], rows.vectors[cut], strict=True
                )
            ]
            written = collection.data.insert_many(objects)
            if written.has_errors:
                first = next(iter(written.errors.values())).message.split("\n")[0][:200]
                raise PilotError(UNAVAILABLE, f"the weaviate server refused {len(written.errors)} rows: {first}.")


def open_store(place: Place) -> WeaviateStore:
    """65 when the collection is not there or does not hold what was written here."""
    store = WeaviateStore(place)
    try:
        with _said():
            there = store._client.collections.exists(_name(place))
            held = store._collection.aggregate.over_all(total_count=True).total_count if there else 0
    except BaseException:
        store.close()
        raise
    if held != place.size:
        store.close()
        raise PilotError(
            DATA,
            f"the weaviate server holds {held} rows in {_name(place)}, not {place.size}; "
            "run pilot setup to build the index again.",
        )
    return store


def drop(place: Place) -> None:
    with _client(place.address) as client, _said():
        client.collections.delete(_name(place))


def version(address: str) -> str:
    with _client(address) as client, _said():
        return f"Weaviate {client.get_meta()['version']}"


def _name(place: Place) -> str:
    """A collection begins with a capital letter there."""
    return place.collection.capitalize()


@contextmanager
def _client(address: str) -> Iterator[Any]:
    client = _connect(address)
    try:
        yield client
    finally:
        client.close()


def _connect(address: str) -> Any:
    """`http://host:8080?grpc=50051`: searches go over the second port, on the same host."""
    weaviate = import_extra("weaviate", "weaviate", WANTED_FOR)
    parts = urllib.parse.urlsplit(address)
    grpc = dict(urllib.parse.parse_qsl(parts.query)).get("grpc", str(GRPC_PORT))
    if parts.scheme not in ("http", "https") or not parts.hostname or not re.fullmatch(r"\d{1,5}", grpc):
        said = "the weaviate address must read http://host:8080 or http://host:8080?grpc=50051."
        raise PilotError(CONFIG, said)
    secure = parts.scheme == "https"
    key = os.environ.get(KEY_VARIABLE)
    with _said():
        return weaviate.connect_to_custom(
            http_host=parts.hostname,
            http_port=parts.port or (443 if secure else 80),
            http_secure=secure,
            grpc_host=parts.hostname,
            grpc_port=int(grpc),
            grpc_secure=secure,
            auth_credentials=weaviate.auth.AuthApiKey(key) if key else None,
            additional_config=weaviate.config.AdditionalConfig(
                timeout=weaviate.config.Timeout(init=5, query=30, insert=120)
            ),
            # They ask a package registry for the newest client; the connection itself is still checked.
            skip_init_checks=True,
        )


@contextmanager
def _said() -> Iterator[None]:
    """The client's own errors in one sentence that shows no address and no key."""
    exceptions = import_extra("weaviate.exceptions", "weaviate", WANTED_FOR)
    try:
        yield
    except exceptions.WeaviateBaseError as cause:
        said = f"the weaviate server does not answer as it should ({type(cause).__name__})."
        raise PilotError(UNAVAILABLE, said) from cause
