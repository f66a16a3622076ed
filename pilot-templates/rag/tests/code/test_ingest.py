import gzip
import json
from pathlib import Path

import pytest

from rag_pilot.documents import Document, data_sha256, read_corpus, read_questions, strip_invisible
from rag_pilot.errors import PilotError
from rag_pilot.ingest import chunk_document, chunk_documents

TEXT = "One sentence here. Another one follows, a little longer than the first. A third.\n\nNew paragraph. " * 12


def document(text: str) -> Document:
    return Document("d", "Title", text, "0" * 64)


@pytest.mark.parametrize(("characters", "overlap"), [(100, 0), (100, 99), (300, 80), (5_000, 100)])
def test_a_chunk_is_a_verbatim_slice_and_nothing_is_lost(characters: int, overlap: int) -> None:
    chunks = chunk_document(document(TEXT), characters, overlap)
    covered = set()
    for number, chunk in enumerate(chunks):
        assert chunk.id == f"d#{number}"
        assert chunk.text == TEXT[chunk.start : chunk.end]
        assert 0 < len(chunk.text) <= characters
        covered |= set(range(chunk.start, chunk.end))
    assert all(TEXT[at].isspace() for at in set(range(len(TEXT))) - covered)


def test_a_word_longer_than_a_chunk_is_cut_and_kept() -> None:
    chunks = chunk_document(document("x" * 1_050), 100, 20)
    assert sum(len(chunk.text) for chunk in chunks) >= 1_050
    assert max(len(chunk.text) for chunk in chunks) == 100


def test_the_same_input_gives_the_same_chunks_and_hashes() -> None:
    first, second = (chunk_documents([document(TEXT)], 200, 50) for _ in range(2))
    assert first == second
    assert [chunk.sha256 for chunk in first] == [chunk.sha256 for chunk in second]


@pytest.mark.parametrize(
    ("raw", "clean", "removed"),
    [
        ("plain", "plain", 0),
        ("a\u200bb", "ab", 1),
        ("a\u202eb\u2066", "ab", 2),
        ("a\U000e0041b", "ab", 1),
        ("tab\tand\nline stay", "tab\tand\nline stay", 0),
        ("e\u0301", "é", 0),
    ],
)
def test_invisible_characters_are_removed_and_counted(raw: str, clean: str, removed: int) -> None:
    assert strip_invisible(raw) == (clean, removed)


def write(folder: Path, rows: list[object]) -> Path:
    (folder / "corpus.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    return folder


def test_what_cannot_be_used_is_listed_with_its_line(tmp_path: Path) -> None:
    rows: list[object] = [
        {"_id": "b", "text": "B"},
        {"_id": "a", "text": " "},
        {"_id": "b", "text": "again"},
        {"_id": "c"},
    ]
    corpus = read_corpus(write(tmp_path, rows))
    assert [item.id for item in corpus.documents] == ["b"]
    assert [(item.line, item.reason.split(";")[0]) for item in corpus.failures] == [
        (2, "the text is empty"),
        (3, "the _id stands twice"),
        (4, "the text is missing"),
    ]


def test_a_corpus_without_a_usable_document_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PilotError, match="0 usable documents, 1 left out") as caught:
        read_corpus(write(tmp_path, [{"_id": "a", "text": ""}]))
    assert caught.value.exit_code == 65


def test_a_missing_folder_is_missing_input(tmp_path: Path) -> None:
    with pytest.raises(PilotError) as caught:
        read_corpus(tmp_path / "nowhere")
    assert caught.value.exit_code == 66


def test_gzip_and_plain_files_have_one_hash(root: Path, tmp_path: Path) -> None:
    packed = tmp_path / "packed"
    packed.mkdir()
    for path in (root / "data").iterdir():
        (packed / f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes()))
    assert data_sha256(packed) == data_sha256(root / "data")
    assert read_questions(packed) == read_questions(root / "data")


def test_a_truncated_gzip_is_bad_data(root: Path) -> None:
    path = root / "data" / "corpus.jsonl"
    path.with_suffix(".jsonl.gz").write_bytes(gzip.compress(path.read_bytes())[:-20])
    path.unlink()
    with pytest.raises(PilotError) as caught:
        read_corpus(root / "data")
    assert caught.value.exit_code == 65


@pytest.mark.parametrize(
    ("metadata", "audiences", "reason"),
    [
        (None, None, None),
        ({}, None, None),
        ({"audiences": ["staff", "board", "staff"]}, ("board", "staff"), None),
        ({"audiences": []}, (), None),
        ({"audiences": "staff"}, None, "metadata.audiences must be a list"),
        ({"audiences": [1]}, None, "metadata.audiences must be a list"),
    ],
)
def test_who_may_read_a_page_stands_on_each_of_its_chunks_and_is_never_guessed(
    tmp_path: Path, metadata: object, audiences: object, reason: str | None
) -> None:
    corpus = read_corpus(write(tmp_path, [{"_id": "a", "text": "A.", "metadata": metadata}, {"_id": "b", "text": "B"}]))
    if reason is None:
        assert [chunk.audiences for chunk in chunk_documents(corpus.documents, 100, 0)] == [audiences, None]
    else:
        assert [item.id for item in corpus.documents] == ["b"]
        assert corpus.failures[0].reason.startswith(reason)
