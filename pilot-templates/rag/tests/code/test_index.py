"""The index on disk: re-used when nothing changed, built beside when something did, never read when it is damaged."""

import json
import re
import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from rag_pilot import index_store
from rag_pilot.config import PilotConfig
from rag_pilot.embed import Vectors
from rag_pilot.errors import PilotError
from rag_pilot.index_store import Library, embed_new, open_index, open_library
from rag_pilot.lexical import LexicalIndex
from tests.code.conftest import pilot_json, write_data

QUESTION = "When does the last ferry leave?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_data(tmp_path / "data")
    return tmp_path


def open_it(folder: Path, said: list[str] | None = None, repair: bool = False, **retrieval: object) -> Library:
    value = pilot_json()
    value["retrieval"] |= retrieval
    config = PilotConfig.model_validate(value)
    return open_library(config, folder / "data", folder / "index", (said if said is not None else []).append, repair)


def change_corpus(folder: Path, old: str, new: str) -> None:
    path = folder / "data" / "corpus.jsonl"
    path.write_text(path.read_text().replace(old, new))


def indexes(folder: Path) -> list[Path]:
    return sorted((folder / "index").iterdir())


def best_text(library: Library) -> str:
    return library.retriever.retrieve(QUESTION).hits[0].chunk.text


def test_an_unchanged_corpus_is_not_read_again(folder: Path) -> None:
    open_it(folder)
    written = {path: path.stat().st_mtime_ns for path in (folder / "index").rglob("*")}
    said: list[str] = []
    open_it(folder, said)
    assert said == ["index on disk fits"]
    assert written == {path: path.stat().st_mtime_ns for path in (folder / "index").rglob("*")}


def test_an_index_that_was_read_finds_what_the_one_that_was_built_found(folder: Path) -> None:
    path = folder / "data" / "corpus.jsonl"
    # Some pages of several passages, so that whole pages are indexed too.
    long = {"_id": "long", "title": "Timetable", "text": "The ferry to the island leaves at noon. " * 60}
    path.write_text(path.read_text() + "\n" + json.dumps(long))
    config = PilotConfig.model_validate(pilot_json())
    built = LexicalIndex.of_chunks(open_index(config, folder / "data", folder / "index").chunks)
    read = open_index(config, folder / "data", folder / "index").lexical
    for question in (QUESTION, "island timetable", "nothing of this"):
        assert np.array_equal(built.scores(question), read.scores(question))
    allowed = np.arange(read.size) % 2 == 0
    assert np.array_equal(built.scores(QUESTION, allowed), read.scores(QUESTION, allowed))


def test_the_code_that_an_index_depends_on_is_named_and_counted() -> None:
    package = Path(index_store.__file__).parent
    depends, seen = {"documents.py", "ingest.py", "lexical.py", "embed_lsa.py", "embed_neural.py"}, set[str]()
    # Everything of ours that these import, but the configuration, the errors and what only places files.
    while missing := depends - seen:
        name = missing.pop()
        seen.add(name)
        imported = re.findall(r"from rag_pilot\.(\w+) import", (package / name).read_text())
        depends |= {f"{module}.py" for module in imported} - {"config.py", "errors.py", "extras.py"}
    covered = {path.name for pattern in index_store.CODE for path in package.glob(pattern)}
    assert depends - {"device.py"} <= covered


def test_a_changed_page_is_read_again_and_a_removed_one_is_gone(folder: Path) -> None:
    old = open_it(folder)
    assert "21:40" in best_text(old)
    change_corpus(folder, "21:40", "23:05")
    path = folder / "data" / "corpus.jsonl"
    path.write_text("\n".join(line for line in path.read_text().splitlines() if '"museum"' not in line))
    new = open_it(folder)
    assert "23:05" in best_text(new)
    assert "museum" not in {chunk.document_id for chunk in new.retriever.chunks.values()}
    assert "21:40" in best_text(old), "a server on the old index answers on"


def test_setup_removes_what_is_older_than_the_index_before_this_one(folder: Path) -> None:
    times = ["21:40", "22:00", "22:10", "22:20"]
    for before, after in zip(times, [*times[1:], "22:30"], strict=True):
        open_it(folder, repair=True)
        change_corpus(folder, before, after)
    assert len(indexes(folder)) == 2
    everything = "".join(path.read_text() for path in (folder / "index").rglob("chunks.jsonl"))
    assert "21:40" not in everything
    assert "22:10" in everything


@pytest.mark.parametrize("name", ["chunks.jsonl", "vectors.npy", "lsa.npz", "lexical.npz", "manifest.json"])
def test_a_flipped_byte_is_told_not_read_and_setup_builds_again(folder: Path, name: str) -> None:
    serving = open_it(folder)
    path = indexes(folder)[0] / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(PilotError, match="run pilot setup") as caught:
        open_it(folder)
    assert caught.value.exit_code == 65
    assert str(folder) not in str(caught.value)
    assert "21:40" in best_text(serving)
    said: list[str] = []
    assert "21:40" in best_text(open_it(folder, said, repair=True))
    assert said[-1] == "index built"
    assert "21:40" in best_text(open_it(folder))


def test_a_damaged_graph_is_told_and_setup_builds_it_again(folder: Path) -> None:
    open_it(folder, store="faiss_hnsw")
    graph = next((folder / "index").rglob("graph.faiss"))
    graph.write_bytes(graph.read_bytes()[:-1])
    with pytest.raises(PilotError, match=r"graph\.faiss.*run pilot setup") as caught:
        open_it(folder, store="faiss_hnsw")
    assert caught.value.exit_code == 65
    assert "21:40" in best_text(open_it(folder, repair=True, store="faiss_hnsw"))


def test_an_index_of_another_model_is_refused_by_name(folder: Path) -> None:
    open_it(folder, dimensions=16)
    first = indexes(folder)[0]
    open_it(folder, dimensions=8)
    second = next(path for path in indexes(folder) if path != first)
    first.rename(folder / "aside")
    second.rename(first)
    with pytest.raises(PilotError, match=r"was built with lsa \(8\), pilot.json says lsa \(16\)") as caught:
        open_it(folder, dimensions=16)
    assert caught.value.exit_code == 65


def test_a_build_that_fails_leaves_the_old_index_and_nothing_half_made(folder: Path) -> None:
    open_it(folder)
    before = indexes(folder)
    change_corpus(folder, "_id", "_no_id")
    with pytest.raises(PilotError, match="0 usable documents"):
        open_it(folder, repair=True)
    with pytest.raises(PilotError):
        open_it(folder, embedder="/no/such/model")
    assert indexes(folder) == before


def test_another_store_takes_the_same_vectors(folder: Path) -> None:
    exact = open_it(folder).retriever.retrieve(QUESTION)
    said: list[str] = []
    walked = open_it(folder, said, store="faiss_hnsw")
    assert said == ["index on disk fits", "graph built"]
    assert walked.retriever.retrieve(QUESTION) == exact
    assert len(indexes(folder)) == 1


def test_a_pilot_that_searches_by_words_asks_no_store(folder: Path) -> None:
    assert open_it(folder, mode="bm25", store="weaviate").store is None


def test_a_server_without_an_address_is_asked_for_by_the_name_of_its_variable(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STORE_URL", raising=False)
    with pytest.raises(PilotError, match="environment variable STORE_URL, which is not set") as caught:
        open_it(folder, store="pgvector")
    assert caught.value.exit_code == 78


def test_servers_that_start_together_on_one_index_all_answer(folder: Path) -> None:
    answers: list[str] = []
    errors: list[BaseException] = []

    def serve(repair: bool) -> None:
        try:
            answers.append(best_text(open_it(folder, repair=repair, store="faiss_hnsw")))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=serve, args=(number % 2 == 0,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(answers) == 6
    assert len(set(answers)) == 1
    assert [path for path in (folder / "index").rglob("*") if path.name.startswith(("building-", "old-"))] == []


class CountingEmbedder:
    name, dimensions = "counting", 2

    def __init__(self) -> None:
        self.seen: list[str] = []

    def embed(self, text: str) -> Vectors:
        return self.embed_all([text])

    def embed_all(self, texts: Sequence[str]) -> Vectors:
        self.seen += texts
        return np.array([[len(text), 1] for text in texts], dtype=np.float32).reshape(-1, 2)

    def save(self, folder: Path) -> str:
        return "counting.json"


def test_a_passage_that_is_known_is_not_embedded_again() -> None:
    embedder, said = CountingEmbedder(), list[str]()
    earlier = {"old": np.array([9, 9], dtype=np.float32)}
    vectors = embed_new(embedder, ["new", "old", "new", "newer"], earlier, said.append)
    assert embedder.seen == ["new", "newer"]
    assert vectors.tolist() == [[3, 1], [9, 9], [3, 1], [5, 1]]
    assert said == ["2 passages embedded, 1 taken from an earlier index"]


SECRETS = {"board": "The board sells the ferry in March.", "staff": "The staff party is in the lighthouse."}


@pytest.fixture
def with_audiences(folder: Path) -> Path:
    rows = [
        {"_id": f"{who}-{number}", "title": "Ferry", "text": f"{text} Note {number}.", "metadata": {"audiences": [who]}}
        for who, text in SECRETS.items()
        for number in range(30)
    ]
    path = folder / "data" / "corpus.jsonl"
    path.write_text(path.read_text() + "\n" + "\n".join(json.dumps(row) for row in rows))
    return folder


@pytest.mark.parametrize("mode", ["bm25", "dense", "hybrid"])
@pytest.mark.parametrize("store", ["faiss_exact", "faiss_hnsw"])
def test_a_reader_never_meets_a_chunk_of_others_and_still_gets_k(with_audiences: Path, mode: str, store: str) -> None:
    library = open_it(with_audiences, mode=mode, store=store, permissions="audience", k=3)
    questions = [*SECRETS.values(), QUESTION, "lighthouse party", "sells the ferry"]
    for readers in (None, [], ["guest"], ["staff"], ["board", "staff"]):
        for question in questions:
            found = library.retriever.retrieve(question, readers)
            for hit in found.hits:
                assert hit.chunk.audiences is None or set(hit.chunk.audiences) & set(readers or ())
            assert all(not name.startswith(("board", "staff")) for name in found.document_ids) or readers
    assert len(library.retriever.retrieve("the ferry leaves", []).hits) == 3 - (mode == "bm25")
    assert library.retriever.retrieve(SECRETS["board"], ["board"]).document_ids[0].startswith("board")


def test_with_permissions_off_everything_is_searched(with_audiences: Path) -> None:
    assert open_it(with_audiences).retriever.retrieve(SECRETS["board"], []).document_ids[0].startswith("board")
