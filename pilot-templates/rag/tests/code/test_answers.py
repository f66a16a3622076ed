import pytest

from rag_pilot.answers import REFUSAL, Draft, cite, locate
from rag_pilot.documents import Question
from rag_pilot.extract import say_yes_or_no
from rag_pilot.judge_answer import judge_answer, pick_rule
from rag_pilot.pilot import Pilot
from tests.code.conftest import DOCUMENTS

TEXTS = {name: text for name, _, text in DOCUMENTS}


@pytest.mark.parametrize(
    "question",
    [
        "When does the last ferry leave?",
        "Who built the lighthouse?",
        "How many books can I borrow?",
        "Why is the museum closed?",
    ],
)
def test_every_citation_is_a_verbatim_span_of_its_document(pilot: Pilot, question: str) -> None:
    answer = pilot.chain.ask(question)
    assert not answer.refused
    assert answer.citations
    for citation in answer.citations:
        assert TEXTS[citation.document_id][citation.start : citation.end] == citation.quote
        assert citation.quote in answer.text


def test_a_question_about_something_else_is_refused_without_invented_text(pilot: Pilot) -> None:
    answer = pilot.chain.ask("Which submarine cable feeds the nuclear reactor?")
    assert answer.refused
    assert answer.reason == "thin_evidence"
    assert (answer.text, answer.citations) == (REFUSAL, ())


def test_a_quote_that_stands_nowhere_is_dropped_and_the_answer_refused(pilot: Pilot) -> None:
    found = pilot.library.retriever.retrieve("When does the last ferry leave?")
    invented = cite(Draft("At midnight.", ("The last ferry leaves at midnight.",)), found, 0.9)
    assert (invented.refused, invented.reason) == (True, "no_verbatim_citation")
    mixed = cite(Draft("At 21:40.", ("The last ferry leaves at 21:40.", "made up")), found, 0.9)
    assert [citation.quote for citation in mixed.citations] == ["The last ferry leaves at 21:40."]
    assert locate("  ", found.hits) is None


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("Are dogs allowed?", "Dogs are not allowed.", "No."),
        ("Can I bring a bicycle?", "Bicycles travel free of charge.", "Yes."),
        ("Isn't it closed?", "It is not closed.", "Yes."),
        ("Is it red or blue?", "It is red.", None),
        ("When does it open?", "It opens at nine.", None),
    ],
)
def test_yes_or_no_is_said_only_when_it_was_asked(question: str, sentence: str, said: str | None) -> None:
    assert say_yes_or_no(question, sentence) == said


RULES = {
    "must_refuse": Question("q", "?", "must_refuse", ()),
    "expected_facts": Question("q", "?", "common", ("ferry-times",), facts=("21:40", "Brandhaven")),
    "yes_no": Question("q", "?", "common", ("ferry-times",), yes_no="no", free_answer="never"),
    "gold_span": Question("q", "?", "common", ("ferry-times",), spans=("07:15",)),
    "none": Question("q", "?", "common", ("ferry-times",), free_answer="in the early evening"),
}


@pytest.mark.parametrize("rule", RULES)
def test_each_question_gets_the_strictest_rule_its_gold_data_allows(rule: str) -> None:
    assert pick_rule(RULES[rule], (TEXTS["ferry-times"],))[0] == rule


@pytest.mark.parametrize(
    ("rule", "text", "correct"),
    [
        ("expected_facts", "It leaves Brandhaven at 21:40.", True),
        ("expected_facts", "It leaves at 21:40.", False),
        ("yes_no", "No. It does not.", True),
        ("yes_no", "Nobody does.", False),
        ("gold_span", "It leaves at 07:15", True),
        ("gold_span", "It leaves at 07:150", False),
        ("none", "In the evening", None),
    ],
)
def test_the_rule_decides_what_is_right(pilot: Pilot, rule: str, text: str, correct: bool | None) -> None:
    found = pilot.library.retriever.retrieve("When does the ferry leave Brandhaven?")
    answer = cite(Draft(text, ("Bicycles travel free of charge.",)), found, 0.9)
    question = RULES[rule]
    picked, spans = pick_rule(question, (TEXTS["ferry-times"],))
    judged = judge_answer(question, picked, spans, answer)
    assert judged.correct is correct
    assert judged.error_class == (None if correct is not False else "generation")


def test_a_miss_of_the_gold_document_is_a_retrieval_error(pilot: Pilot) -> None:
    answer = pilot.chain.ask("Who built the lighthouse?")
    question = Question("q", "?", "common", ("elsewhere",), facts=("42",))
    assert judge_answer(question, "expected_facts", (), answer).error_class == "retrieval"


def test_an_answer_where_none_may_be_given_is_a_generation_error(pilot: Pilot) -> None:
    answer = pilot.chain.ask("Who built the lighthouse?")
    assert judge_answer(RULES["must_refuse"], "must_refuse", (), answer).error_class == "generation"
