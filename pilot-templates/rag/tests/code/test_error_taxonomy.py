from dataclasses import dataclass

import pytest

from rag_pilot.documents import Question
from rag_pilot.error_taxonomy import ErrorClass, classify_error, tabulate_errors

ASKED = Question("q", "When?", "common", ("times",), facts=("21:40",))
FREE = Question("q", "When?", "common", ("times",), spans=("at 21:40",))


@pytest.mark.parametrize(
    ("question", "must_refuse", "retrieved", "gold_texts", "whose"),
    [
        (ASKED, False, ["times"], ("The ferry leaves at 21:40.",), "generation"),
        (ASKED, False, ["other"], ("The ferry leaves at 21:40.",), "retrieval"),
        (ASKED, False, ["times"], ("The ferry leaves at noon.",), "source"),
        (FREE, False, ["times"], ("The ferry leaves at 21:40.",), "generation"),
        (FREE, False, ["other"], ("The ferry leaves at noon.",), "source"),
        (ASKED, False, ["times"], (), "question"),
        (ASKED, False, ["other"], None, "retrieval"),
        (ASKED, True, ["times"], (), "generation"),
        (Question("q", "Open?", "common", ("times",), yes_no="no"), False, ["times"], ("Closed.",), "generation"),
    ],
)
def test_the_first_thing_that_went_wrong_is_named(
    question: Question,
    must_refuse: bool,
    retrieved: list[str],
    gold_texts: tuple[str, ...] | None,
    whose: ErrorClass,
) -> None:
    assert classify_error(question, must_refuse, question.spans, retrieved, gold_texts) == whose


@dataclass(frozen=True)
class Record:
    id: str
    rule: str
    refused: bool
    errorClass: ErrorClass | None


def test_wrong_answers_are_counted_by_class_and_cause_with_examples() -> None:
    records = [
        Record("right", "expected_facts", False, None),
        Record("a", "expected_facts", True, "generation"),
        Record("b", "expected_facts", True, "generation"),
        Record("c", "must_refuse", False, "generation"),
        Record("d", "gold_span", False, "retrieval"),
        Record("e", "yes_no", False, "generation"),
    ]
    rows = tabulate_errors(records)
    assert [(row.error_class, row.count, row.examples) for row in rows] == [
        ("retrieval", 1, ("d",)),
        ("generation", 2, ("a", "b")),
        ("generation", 1, ("c",)),
        ("generation", 1, ("e",)),
    ]
    assert sum(row.count for row in rows) == 5
