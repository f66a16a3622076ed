"""The configured store, filled with the vectors of an index: opened where it stands, built where it does not.

What a store needs beside the vectors lies under `stores/` in the folder of the index: the graph of FAISS, or the place
on a server. Another store on the same index costs no embedding.
"""

import hashlib
import json
import os
import secrets
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

from rag_pilot.canonical import canonical_sha256
from rag_pilot.config import Hnsw, PilotConfig
from rag_pilot.errors import CONFIG, DATA, PilotError
from rag_pilot.publish import discard, file_sha256, publish, read_record
from rag_pilot.stores.port import Place, Rows, VectorStore

Name = Literal["faiss_exact", "faiss_hnsw", "torch", "pgvector", "weaviate", "qdrant", "pinecone"]
SERVERS = ("pgvector", "weaviate", "qdrant", "pinecone")
RECORD, GRAPH = "store.json", "graph.faiss"
Say = Callable[[str], None]


@dataclass(frozen=True)
class Wanted:
    """One store to open. `address` only for servers; `approximate` is theirs to vary, FAISS says it by its name."""

    name: Name
    hnsw: Hnsw
    device: Literal["cpu", "cuda"] = "cpu"
    precision: Literal["float32", "bfloat16"] = "float32"
    address: str = field(default="", repr=False)
    approximate: bool = True


def wanted_store(config: PilotConfig) -> Wanted:
    """Exit 78 when the address of a server is not in the variable that the configuration names."""
    retrieval = config.retrieval
    address = ""
    if retrieval.store in SERVERS:
        address = os.environ.get(retrieval.storeUrlVariable, "")
        if not address:
            said = f"retrieval.store {retrieval.store} needs the server's address in the environment variable"
            raise PilotError(CONFIG, f"{said} {retrieval.storeUrlVariable}, which is not set.")
    return Wanted(retrieval.store, retrieval.hnsw, config.device, config.precision, address)


def attach_store(
    wanted: Wanted, rows: Rows, folder: Path, say: Say = lambda _: None, repair: bool = False
) -> VectorStore:
    """`folder` is that of the index; `rows` are its vectors. 65 when what stands there was not written here; with
    `repair` it is built again instead."""
    try:
        return _attach(wanted, rows, folder, say)
    except PilotError as damage:
        if not repair or damage.exit_code != DATA:
            raise
        say(f"{wanted.name} is damaged and is built again")
        discard(_home(wanted, folder))
        return _attach(wanted, rows, folder, say)


def _attach(wanted: Wanted, rows: Rows, folder: Path, say: Say) -> VectorStore:
    if wanted.name == "torch":
        from rag_pilot.stores.torch_store import TorchStore

        return TorchStore(rows, wanted.device, wanted.precision)
    if wanted.name in SERVERS:
        return _attach_server(wanted, rows, folder, say)
    from rag_pilot.stores.faiss_store import FaissStore, read_graph

    if wanted.name == "faiss_exact":
        return FaissStore.exact(rows)
    home = _home(wanted, folder)
    if not home.is_dir():
        _build_graph(wanted, rows, home)
        say("graph built")
    record = read_record(home / RECORD)
    if file_sha256(home / GRAPH) != record["sha256"]:
        raise PilotError(DATA, f"index {home.name}/{GRAPH}: not the file that was written; run pilot setup.")
    return read_graph(home / GRAPH, rows, wanted.hnsw)


def drop_stores(folder: Path, wanted: Wanted) -> int:
    """Remove from the server what belongs to the index in `folder`; how many were elsewhere and stay."""
    left = 0
    for path in sorted(folder.glob(f"stores/*/{RECORD}")):
        record = read_record(path)
        if record["store"] in SERVERS:
            if record["store"] == wanted.name and record["addressSha256"] == _address_sha256(wanted.address):
                server(wanted.name).drop(_place(wanted, record))
            else:
                left += 1
    return left


def server(name: str) -> ModuleType:
    """The module of a server's store: fill, open_store, drop, version."""
    return import_module(f"rag_pilot.stores.{name}_store")


def _attach_server(wanted: Wanted, rows: Rows, folder: Path, say: Say) -> VectorStore:
    module, home = server(wanted.name), _home(wanted, folder)
    if not home.is_dir():
        # A name nobody else has: two builders never write into one collection, and a stopped build is never opened.
        record = {
            "store": wanted.name,
            "addressSha256": _address_sha256(wanted.address),
            "collection": f"rag_{folder.name}_{secrets.token_hex(4)}",
            "dimensions": int(rows.vectors.shape[1]),
            "rows": len(rows.ids),
        }
        place = _place(wanted, record)
        try:
            module.fill(place, rows)
            with tempfile.TemporaryDirectory(dir=folder, prefix="store-", ignore_cleanup_errors=True) as name:
                fresh = Path(name) / "fresh"
                fresh.mkdir()
                (fresh / RECORD).write_text(json.dumps(record, indent=1), encoding="utf-8")
                kept = publish(fresh, home)
        except BaseException:
            _try_to_drop(module, place)
            raise
        if not kept:
            _try_to_drop(module, place)
        say(f"{wanted.name} filled")
    store: VectorStore = module.open_store(_place(wanted, read_record(home / RECORD)))
    return store


def _build_graph(wanted: Wanted, rows: Rows, home: Path) -> None:
    from rag_pilot.stores.faiss_store import write_graph

    home.parent.mkdir(exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=home.parent, prefix="building-"))
    try:
        write_graph(rows.vectors, wanted.hnsw, fresh / GRAPH)
        record = {"store": wanted.name, "sha256": file_sha256(fresh / GRAPH)}
        (fresh / RECORD).write_text(json.dumps(record, indent=1), encoding="utf-8")
        publish(fresh, home)
    except BaseException:
        discard(fresh)
        raise


def _home(wanted: Wanted, folder: Path) -> Path:
    """One folder for each store, server, way to search and graph; what is only read while searching is left out."""
    graph = {"m": wanted.hnsw.m, "efConstruction": wanted.hnsw.efConstruction}
    # Weaviate keeps the width of the walk with the collection.
    if wanted.name == "weaviate":
        graph["efSearch"] = wanted.hnsw.efSearch
    key: dict[str, object] = {"store": wanted.name, "address": _address_sha256(wanted.address)}
    if wanted.approximate:
        key |= {"hnsw": graph}
    return folder / "stores" / f"{wanted.name}-{canonical_sha256(key)[:16]}"


def _place(wanted: Wanted, record: dict[str, Any]) -> Place:
    collection, dimensions, rows = record["collection"], record["dimensions"], record["rows"]
    return Place(wanted.address, collection, dimensions, rows, wanted.hnsw, wanted.approximate)


def _try_to_drop(module: ModuleType, place: Place) -> None:
    try:
        module.drop(place)
    except PilotError:
        # The server is gone: what stays there has a name that nothing will ever open.
        return


def _address_sha256(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()
