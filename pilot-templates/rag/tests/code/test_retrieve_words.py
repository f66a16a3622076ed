"""Search by words: passages with the support of their pages, and only those that may be seen."""

import time
from pathlib import Path

import numpy as np
import pytest

from rag_pilot.config import PilotConfig
from rag_pilot.documents import Document
from rag_pilot.ingest import chunk_documents
from rag_pilot.lexical import LexicalIndex
from rag_pilot.pilot import open_pilot
from tests.code.conftest import pilot_json

FERRY = "The ferry leaves Brandhaven every hour. " * 4
REFUND = "A refund is paid within fourteen days of the request. " * 4
PAGES = [
    ("bus", "Bus. " + "Buses are yellow and stop in the square. " * 5 + REFUND),
    ("ferry", FERRY + REFUND + "The ferry to Brandhaven has a cafe."),
]


def index_of(pages: list[tuple[str, str]]) -> tuple[list[str], LexicalIndex]:
    documents = [Document(name, "", text, "0" * 64) for name, text in pages]
    chunks = chunk_documents(documents, 220, 0)
    return [chunk.document_id for chunk in chunks], LexicalIndex.of_chunks(chunks)


def test_of_two_equal_passages_the_one_on_the_right_page_wins() -> None:
    names, index = index_of(PAGES)
    scores = index.scores("refund for the Brandhaven ferry: paid within how many days of the request?")
    refunds = index.scores("refund paid fourteen days")
    best = {
        name: max((refunds[row], row) for row, of in enumerate(names) if of == name)[1] for name in ("bus", "ferry")
    }
    assert scores[best["ferry"]] > scores[best["bus"]]


def test_pages_of_one_passage_are_ranked_as_by_plain_bm25() -> None:
    texts = ["the ferry leaves at noon", "the bus leaves at one", "a ferry and a bus"]
    pages = [(str(number), text) for number, text in enumerate(texts)]
    _, index = index_of(pages)
    assert index.scores("ferry at noon") == pytest.approx(LexicalIndex.of_texts(texts).scores("ferry at noon"))


def test_what_two_chunks_share_counts_once_for_their_page() -> None:
    text = " ".join(f"Word{number} stands here in a sentence of its own." for number in range(12))
    alone, overlapping = (
        LexicalIndex.of_chunks(chunk_documents([Document("a", "T", text, ""), Document("b", "T", "x y", "")], 200, lap))
        for lap in (0, 90)
    )
    # The page of "a" is the same page, however it was cut.
    assert alone._pages is not None
    assert overlapping._pages is not None
    assert alone._pages.scores["data"] == pytest.approx(overlapping._pages.scores["data"])


def test_what_may_not_be_seen_scores_nothing_and_moves_nothing() -> None:
    names, index = index_of(PAGES)
    allowed = np.array([name == "bus" for name in names])
    hidden = index.scores("Brandhaven ferry refund", allowed)
    assert not hidden[~allowed].any()
    # A page whose every passage is hidden lends its scale to nobody.
    louder = [PAGES[0], ("ferry", PAGES[1][1] + " Brandhaven ferry refund." * 30)]
    names, again = index_of(louder)
    still = again.scores("refund", np.array([name == "bus" for name in names]))
    assert np.argmax(still) == np.argmax(hidden)
    assert still.max() > 0


@pytest.mark.parametrize("question", ["", "   ", "the of and", "zzzzqqq", "?!", "\u200b", "🛳"])
def test_a_question_without_a_known_word_finds_nothing(question: str) -> None:
    _, index = index_of(PAGES)
    assert not index.scores(question).any()


def test_an_index_of_texts_without_words_finds_nothing() -> None:
    assert not LexicalIndex.of_texts(["...", "!?"]).scores("ferry").any()


@pytest.mark.parametrize("mode", ["bm25", "dense", "hybrid"])
@pytest.mark.parametrize("word", ["ferry ", "unknownword ", "x", "𝔣é", "\u202e"])
def test_a_question_of_100_000_characters_is_searched_in_seconds(root: Path, mode: str, word: str) -> None:
    value = pilot_json()
    value["retrieval"] |= {"mode": mode}
    retriever = open_pilot(PilotConfig.model_validate(value), root).library.retriever
    question = (word * 100_000)[:100_000]
    start = time.perf_counter()
    found = retriever.retrieve(question)
    # Generous: it guards against quadratic work, which would take minutes.
    assert time.perf_counter() - start < 20
    assert len(found.document_ids) <= 3
