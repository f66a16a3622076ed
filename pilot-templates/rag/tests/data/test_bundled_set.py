"""The set in `data/`: 100 articles, 100 golden questions, each of them answerable from its source or to be refused."""

from collections import Counter
from pathlib import Path

import pytest

from rag_pilot.documents import read_corpus, read_questions
from rag_pilot.words import contains_words

DATA = Path(__file__).parents[2] / "data"
CORPUS = read_corpus(DATA)
QUESTIONS = read_questions(DATA)
TEXTS = {document.id: f"{document.title}\n{document.text}" for document in CORPUS.documents}


def test_there_are_100_documents_and_nothing_was_left_out() -> None:
    assert len(CORPUS.documents) == 100
    assert CORPUS.failures == ()
    assert CORPUS.invisible_removed == 0


def test_there_are_100_questions_in_the_promised_proportions() -> None:
    assert Counter(question.tag for question in QUESTIONS) == {
        "common": 60,
        "edge": 20,
        "recently_changed": 10,
        "must_refuse": 10,
    }
    assert len({question.text.casefold() for question in QUESTIONS}) == 100


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_every_fact_stands_in_a_gold_document(question: object) -> None:
    from rag_pilot.documents import Question

    assert isinstance(question, Question)
    if question.tag == "must_refuse":
        assert (question.facts, question.relevant) == ((), ())
        return
    assert question.facts
    assert question.relevant
    assert set(question.relevant) <= set(TEXTS)
    for fact in question.facts:
        assert any(contains_words(TEXTS[name], fact) for name in question.relevant), fact
