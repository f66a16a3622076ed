"""The real client of Pinecone against a stand-in for its service: labelled "not exercised here" wherever it shows."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np
import pytest

from rag_pilot.config import Hnsw
from rag_pilot.errors import PilotError
from rag_pilot.stores import pinecone_store
from rag_pilot.stores.port import Place, Rows, VectorStore
from tests.code.store_contract import COUNT, DIMENSIONS, check_contract, make_rows

pytest.importorskip("pinecone", reason="pinecone not run: uv sync --extra pinecone")


class StandIn(BaseHTTPRequestHandler):
    """Upsert, query with the two filters that are sent, delete and count, kept in the server object."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("content-length") or 0)) or b"{}")
        held: dict[str, dict[str, Any]] = self.server.held  # type: ignore[attr-defined]
        space = held.setdefault(body.get("namespace", ""), {})
        if self.headers.get("api-key") != "right":
            return self._reply({"message": "Invalid API key", "code": 16}, 401)
        if self.path == "/vectors/upsert":
            space.update({vector["id"]: vector for vector in body["vectors"]})
            return self._reply({"upsertedCount": len(body["vectors"])})
        if self.path == "/query":
            return self._reply({"matches": self._nearest(space, body), "namespace": body.get("namespace", "")})
        if self.path == "/vectors/delete":
            space.clear()
            return self._reply({})
        if self.path == "/describe_index_stats":
            counts = {name: {"vectorCount": len(each)} for name, each in held.items() if each}
            return self._reply({"namespaces": counts, "dimension": DIMENSIONS, "totalVectorCount": COUNT})
        return self._reply({"message": f"not spoken here: {self.path}"}, 404)

    def _nearest(self, space: dict[str, Any], body: dict[str, Any]) -> list[dict[str, object]]:
        seen = [vector for vector in space.values() if matches(vector["metadata"], body.get("filter"))]
        if not seen:
            return []
        scores = np.array([vector["values"] for vector in seen], dtype=np.float32) @ np.float32(body["vector"])
        best = np.argsort(-scores, kind="stable")[: body["topK"]]
        return [
            {"id": seen[at]["id"], "score": float(scores[at]), "metadata": seen[at]["metadata"]}
            for at in map(int, best)
        ]

    def _reply(self, value: object, status: int = 200) -> None:
        content = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Quiet."""


def matches(metadata: dict[str, Any], wanted: dict[str, Any] | None) -> bool:
    if not wanted:
        return True
    if "$or" in wanted:
        return any(matches(metadata, each) for each in wanted["$or"])
    if "everyone" in wanted:
        return bool(metadata["everyone"] == wanted["everyone"]["$eq"])
    return bool(set(metadata["audiences"]) & set(wanted["audiences"]["$in"]))


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv(pinecone_store.KEY_VARIABLE, "right")
    server = ThreadingHTTPServer(("127.0.0.1", 0), StandIn)
    server.held = {}  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def place(address: str) -> Place:
    return Place(address, "rag_contract", DIMENSIONS, COUNT, Hnsw(m=32, efConstruction=200, efSearch=128), True)


def test_pinecone_keeps_the_contract_against_a_stand_in(address: str) -> None:
    def open_rows(rows: Rows) -> VectorStore:
        pinecone_store.fill(place(address), rows)
        return pinecone_store.open_store(place(address))

    check_contract(open_rows, exact=True)


def test_what_was_dropped_is_gone(address: str) -> None:
    pinecone_store.fill(place(address), make_rows())
    pinecone_store.drop(place(address))
    with pytest.raises(PilotError, match="holds 0 rows"):
        pinecone_store.open_store(place(address))


def test_a_wrong_key_and_a_missing_one_are_told_apart(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(pinecone_store.KEY_VARIABLE, "hunter2")
    with pytest.raises(PilotError, match="does not answer as it should") as caught:
        pinecone_store.open_store(place(address))
    assert caught.value.exit_code == 69
    assert "hunter2" not in str(caught.value)
    monkeypatch.delenv(pinecone_store.KEY_VARIABLE)
    with pytest.raises(PilotError, match="PINECONE_API_KEY"):
        pinecone_store.open_store(place(address))
