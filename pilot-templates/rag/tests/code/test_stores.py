"""One contract, every store. A store whose server cannot be had here is skipped by name, and says why."""

import json
import os
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rag_pilot.config import Hnsw, PilotConfig
from rag_pilot.errors import PilotError
from rag_pilot.index_store import open_library
from rag_pilot.retrieve import Found
from rag_pilot.stores import pgvector_store, qdrant_store, weaviate_store
from rag_pilot.stores.faiss_store import FaissStore, read_graph, write_graph
from rag_pilot.stores.local_servers import find_weaviate, postgres, weaviate
from rag_pilot.stores.port import Place, Rows, VectorStore, search_store
from rag_pilot.stores.visibility import KEPT_MASKS, Visibility
from tests.code.conftest import pilot_json
from tests.code.store_contract import COUNT, DIMENSIONS, check_contract, make_rows, questions

HNSW = Hnsw(m=32, efConstruction=200, efSearch=128)
ROOT = Path(__file__).parents[2]
SERVERS = {"pgvector": pgvector_store, "weaviate": weaviate_store, "qdrant": qdrant_store}


def place(address: str, collection: str, approximate: bool) -> Place:
    return Place(address, collection, DIMENSIONS, COUNT, HNSW, approximate)


def through(name: str, where: Place) -> Callable[[Rows], VectorStore]:
    def open_rows(rows: Rows) -> VectorStore:
        SERVERS[name].fill(where, rows)
        store: VectorStore = SERVERS[name].open_store(where)
        return store

    return open_rows


@pytest.fixture(scope="module")
def pgvector_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    pytest.importorskip("psycopg", reason="pgvector not run: uv sync --extra pgvector --group stores")
    pytest.importorskip("pgvector", reason="pgvector not run: uv sync --extra pgvector --group stores")
    if address := os.environ.get("PGVECTOR_URL"):
        yield address
        return
    try:
        with postgres(tmp_path_factory.mktemp("postgres")) as address:
            yield address
    except PilotError as error:
        pytest.skip(f"pgvector not run: {error}")


@pytest.fixture(scope="module")
def weaviate_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    pytest.importorskip("weaviate", reason="weaviate not run: uv sync --extra weaviate")
    if address := os.environ.get("WEAVIATE_URL"):
        yield address
        return
    try:
        with weaviate(tmp_path_factory.mktemp("weaviate"), find_weaviate(ROOT)) as address:
            yield address
    except PilotError as error:
        pytest.skip(f"weaviate not run: {error}")


def test_faiss_exact_keeps_the_contract() -> None:
    check_contract(FaissStore.exact, exact=True)


def test_faiss_hnsw_keeps_the_contract(tmp_path: Path) -> None:
    def open_rows(rows: Rows) -> VectorStore:
        write_graph(rows.vectors, HNSW, tmp_path / "graph")
        return read_graph(tmp_path / "graph", rows, HNSW)

    check_contract(open_rows, exact=False)


@pytest.mark.parametrize("approximate", [False, True], ids=["exact", "hnsw"])
def test_pgvector_keeps_the_contract(pgvector_address: str, approximate: bool) -> None:
    where = place(pgvector_address, f"rag_contract_{approximate}".lower(), approximate)
    check_contract(through("pgvector", where), exact=not approximate)


@pytest.mark.parametrize("approximate", [False, True], ids=["exact", "hnsw"])
def test_weaviate_keeps_the_contract(weaviate_address: str, approximate: bool) -> None:
    where = place(weaviate_address, f"rag_contract_{approximate}".lower(), approximate)
    check_contract(through("weaviate", where), exact=not approximate)


def test_qdrant_keeps_the_contract_in_its_in_process_mode_which_is_not_its_server() -> None:
    pytest.importorskip("qdrant_client", reason="qdrant not run: uv sync --extra qdrant")
    check_contract(through("qdrant", place(qdrant_store.IN_PROCESS, "rag_contract", True)), exact=True)


@pytest.mark.parametrize("name", ["pgvector", "weaviate"])
def test_a_server_that_holds_something_else_is_refused_and_a_dropped_index_is_gone(
    name: str, request: pytest.FixtureRequest
) -> None:
    where = place(request.getfixturevalue(f"{name}_address"), "rag_other", True)
    store = through(name, where)(make_rows())
    store.close()
    with pytest.raises(PilotError, match=f"not {COUNT + 1}.*pilot setup") as caught:
        SERVERS[name].open_store(replace(where, size=COUNT + 1))
    assert caught.value.exit_code == 65
    SERVERS[name].drop(where)
    with pytest.raises(PilotError, match="holds 0 rows"):
        SERVERS[name].open_store(where)


@pytest.mark.parametrize("name", ["pgvector", "weaviate"])
def test_questions_asked_at_once_are_answered_as_one_after_the_other(name: str, request: pytest.FixtureRequest) -> None:
    store = through(name, place(request.getfixturevalue(f"{name}_address"), "rag_at_once", True))(make_rows())
    readers = [None, frozenset[str](), frozenset({"staff"})]
    asked = [(question[None], readers[number % 3]) for number, question in enumerate(questions(60))]
    try:
        alone = [search_store(store, question, 10, reader) for question, reader in asked]
        with ThreadPoolExecutor(max_workers=8) as pool:
            together = list(pool.map(lambda item: search_store(store, item[0], 10, item[1]), asked))
    finally:
        store.close()
    assert together == alone


@pytest.mark.parametrize("name", ["pgvector", "weaviate", "qdrant"])
def test_a_server_that_is_not_there_is_named_without_its_address(name: str) -> None:
    module = {"pgvector": "psycopg", "weaviate": "weaviate", "qdrant": "qdrant_client"}[name]
    pytest.importorskip(module, reason=f"{name} not run: uv sync --extra {name}")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        scheme = "postgresql" if name == "pgvector" else "http"
        address = f"{scheme}://someone:hunter2@127.0.0.1:{port}"
        with pytest.raises(PilotError) as caught:
            SERVERS[name].open_store(place(address, "rag_absent", True))
    assert caught.value.exit_code == 69
    assert name in str(caught.value)
    assert "hunter2" not in str(caught.value)
    assert "hunter2" not in repr(place(address, "rag_absent", True))


def test_a_graph_with_the_shipped_parameters_finds_98_of_100_among_5_000_pages_of_40_subjects(tmp_path: Path) -> None:
    random = np.random.default_rng(17)
    subjects = random.standard_normal((40, 64))
    vectors = subjects[random.integers(40, size=5_200)] + 0.5 * random.standard_normal((5_200, 64))
    unit = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    rows = Rows([f"{row:05d}" for row in range(5_000)], [None] * 5_000, unit[:5_000])
    write_graph(rows.vectors, HNSW, tmp_path / "graph")
    walked, exact = read_graph(tmp_path / "graph", rows, HNSW), FaissStore.exact(rows)
    found = 0
    for question in unit[5_000:]:
        best = {name for name, _ in search_store(exact, question[None], 10)}
        found += len(best & {name for name, _ in search_store(walked, question[None], 10)})
    assert found / 2_000 >= 0.98


def test_a_tie_at_the_cut_goes_to_the_lower_id_however_many_share_it() -> None:
    vectors = np.full((100, 4), 0.5, dtype=np.float32)
    rows = Rows([f"{99 - row:02d}" for row in range(100)], [None] * 100, vectors)
    assert [name for name, _ in search_store(FaissStore.exact(rows), vectors[:1], 3)] == ["00", "01", "02"]


def test_who_sees_what_is_remembered_for_a_bounded_number_of_readers() -> None:
    visibility = Visibility([None, *((f"team {number}",) for number in range(KEPT_MASKS + 50))])
    for number in range(KEPT_MASKS + 50):
        mask = visibility.mask(frozenset({f"team {number}"}))
        assert mask is not None
        assert list(np.flatnonzero(mask)) == [0, number + 1]
    assert len(visibility._masks) == KEPT_MASKS
    assert visibility.mask(None) is None


def test_a_thousand_readers_never_meet_a_row_of_others() -> None:
    rows, random = make_rows(), np.random.default_rng(3)
    store = FaissStore.exact(rows)
    allowed = {identifier: names for identifier, names in zip(rows.ids, rows.audiences, strict=True)}
    for attempt in range(1_000):
        reader = frozenset(random.choice(["staff", "board", "Board", "guest"], size=attempt % 3))
        question = questions(1, seed=attempt)
        for identifier, _ in search_store(store, question, 10, reader):
            names = allowed[identifier]
            assert names is None or reader & set(names)


@pytest.mark.parametrize("name", ["pgvector", "weaviate"])
def test_a_pilot_moves_to_a_server_fills_it_once_and_finds_the_same(
    name: str, root: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORE_URL", request.getfixturevalue(f"{name}_address"))

    def opened(store: str, said: list[str], repair: bool = False) -> Found:
        value = pilot_json()
        value["retrieval"] |= {"store": store, "mode": "dense"}
        library = open_library(PilotConfig.model_validate(value), root / "data", root / "index", said.append, repair)
        try:
            return library.retriever.retrieve("When does the last ferry leave?")
        finally:
            library.close()

    first, second, third, repaired = list[str](), list[str](), list[str](), list[str]()
    here = opened("faiss_exact", first)
    assert opened(name, second) == here
    assert second == ["index on disk fits", f"{name} filled"]
    assert opened(name, third) == here
    assert third == ["index on disk fits"]
    # What the server lost is told when it is opened, and filled again by setup.
    record = json.loads(next((root / "index").rglob("store.json")).read_text())
    where = place(request.getfixturevalue(f"{name}_address"), record["collection"], True)
    SERVERS[name].drop(where)
    with pytest.raises(PilotError, match="run pilot setup") as caught:
        opened(name, [])
    assert caught.value.exit_code == 65
    assert opened(name, repaired, repair=True) == here
    assert repaired == ["index on disk fits", f"{name} is damaged and is built again", f"{name} filled"]


def test_setup_takes_old_indexes_off_the_server_too(
    root: Path, pgvector_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORE_URL", pgvector_address)
    value = pilot_json()
    value["retrieval"] |= {"store": "pgvector"}
    config, corpus = PilotConfig.model_validate(value), root / "data" / "corpus.jsonl"
    said: list[str] = []
    before = set(tables(pgvector_address))
    for minute in range(4):
        corpus.write_text(corpus.read_text().replace(f"21:4{minute}", f"21:4{minute + 1}"))
        open_library(config, root / "data", root / "index", said.append, repair=True).close()
    records = [json.loads(path.read_text()) for path in (root / "index").rglob("store.json")]
    assert len(records) == 2
    assert sum("old index" in line for line in said) == 2
    held = set(tables(pgvector_address))
    assert {record["collection"] for record in records} <= held
    # `rag_`, the sixteen digits of the index, eight of chance.
    assert len([name for name in held if len(name) == 4 + 16 + 1 + 8 and name not in before]) == 2


def tables(address: str) -> list[str]:
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(address) as connection:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    return [str(name) for (name,) in rows]


def test_a_connection_that_the_server_cut_is_opened_again(pgvector_address: str) -> None:
    store = through("pgvector", place(pgvector_address, "rag_cut", True))(make_rows())
    before = search_store(store, questions()[:1], 10)
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(pgvector_address, autocommit=True) as connection:
        cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL"
        connection.execute(cut)
    assert search_store(store, questions()[:1], 10) == before
    store.close()
