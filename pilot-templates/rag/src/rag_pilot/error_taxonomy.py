"""Whose fault a wrong answer is, and how it went wrong: what a team reads to decide what to work on next."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from rag_pilot.documents import Question
from rag_pilot.words import contains_words

ErrorClass = Literal["retrieval", "generation", "source", "question"]
CLASSES: tuple[ErrorClass, ...] = ("retrieval", "generation", "source", "question")
# So many ids are enough to begin reading.
EXAMPLES = 5


class Wrong(Protocol):
    """What a report's record of a question says. `errorClass` is None when the answer was right or not judged."""

    @property
    def id(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def refused(self) -> bool: ...
    @property
    def errorClass(self) -> ErrorClass | None: ...


@dataclass(frozen=True)
class ErrorRow:
    error_class: ErrorClass
    cause: str
    count: int
    examples: tuple[str, ...]


def classify_error(
    question: Question,
    must_refuse: bool,
    spans: Sequence[str],
    retrieved: Sequence[str],
    gold_texts: Sequence[str] | None,
) -> ErrorClass:
    """The first thing that had to be right and was not. `gold_texts` None: the documents are not at hand.

    question: it is to be answered and names no document of the corpus that does. source: those documents do not say
    it. retrieval: none of them was found. generation: one was found, and the answer is wrong all the same.
    """
    if must_refuse:
        return "generation"
    if gold_texts is not None and not gold_texts:
        return "question"
    if gold_texts and not _is_said(question, spans, gold_texts):
        return "source"
    return "generation" if set(question.relevant) & set(retrieved) else "retrieval"


def tabulate_errors(records: Iterable[Wrong]) -> list[ErrorRow]:
    """Rows in the order of the classes, the most frequent cause first; the ids of a few questions with each."""
    wrong = [record for record in records if record.errorClass is not None]
    counted = Counter((record.errorClass, _cause(record)) for record in wrong)
    rows = []
    for error_class in CLASSES:
        causes = [(cause, count) for (known, cause), count in counted.items() if known == error_class]
        for cause, count in sorted(causes, key=lambda item: (-item[1], item[0])):
            ids = [record.id for record in wrong if record.errorClass == error_class and _cause(record) == cause]
            rows.append(ErrorRow(error_class, cause, count, tuple(ids[:EXAMPLES])))
    return rows


def _is_said(question: Question, spans: Sequence[str], gold_texts: Sequence[str]) -> bool:
    if question.facts:
        return any(all(contains_words(text, fact) for fact in question.facts) for text in gold_texts)
    if question.yes_no or not spans:
        return True
    return any(contains_words(text, span) for text in gold_texts for span in spans)


def _cause(record: Wrong) -> str:
    if record.rule == "must_refuse":
        return "answered where no answer may be given"
    if record.refused:
        return "refused a question that can be answered"
    if record.errorClass == "retrieval":
        return "answered from other documents"
    if record.rule == "yes_no":
        return "yes and no mixed up, or not said"
    return "another sentence of the right documents, or not all that was asked"
