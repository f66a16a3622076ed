"""The answer rules: deterministic, stated in the report, with no judge model."""

from dataclasses import dataclass
from typing import Literal

from rag_pilot.answers import Answer
from rag_pilot.documents import Question
from rag_pilot.error_taxonomy import ErrorClass, classify_error
from rag_pilot.words import contains_words, normalise_answer

Rule = Literal["gold_span", "yes_no", "expected_facts", "must_refuse", "none"]

STATEMENTS: dict[Rule, str] = {
    "must_refuse": "must_refuse: correct when refused",
    "expected_facts": "expected_facts: every expected fact stands in the answer",
    "yes_no": "yes_no: the answer begins with the gold Yes or No",
    "gold_span": "gold_span: a gold answer stands in the answer or in a quote, and a gold document is cited",
    "none": "none: not judged, since the gold answer is free text that no gold document contains word by word",
}


@dataclass(frozen=True)
class Judged:
    rule: Rule
    correct: bool | None
    error_class: ErrorClass | None


def pick_rule(question: Question, gold_texts: tuple[str, ...]) -> tuple[Rule, tuple[str, ...]]:
    """The strictest rule that the question's own gold data allows, and the spans for `gold_span`."""
    if question.tag == "must_refuse":
        return "must_refuse", ()
    if question.facts:
        return "expected_facts", ()
    if question.yes_no:
        return "yes_no", ()
    spans = question.spans or ((question.free_answer,) if question.free_answer else ())
    usable = tuple(span for span in spans if any(contains_words(text, span) for text in gold_texts))
    return ("gold_span", usable) if usable else ("none", ())


def judge_answer(
    question: Question,
    rule: Rule,
    spans: tuple[str, ...],
    answer: Answer,
    gold_texts: tuple[str, ...] | None = None,
) -> Judged:
    """Correct or not by the rule, and whose fault a wrong answer is. `gold_texts`: the gold documents of the corpus."""
    correct = _is_correct(question, rule, spans, answer)
    if correct is None or correct:
        return Judged(rule, correct, None)
    whose = classify_error(question, rule == "must_refuse", spans, answer.document_ids, gold_texts)
    return Judged(rule, False, whose)


def _is_correct(question: Question, rule: Rule, spans: tuple[str, ...], answer: Answer) -> bool | None:
    if rule == "none":
        return None
    if rule == "must_refuse":
        return answer.refused
    if answer.refused:
        return False
    if rule == "expected_facts":
        return all(contains_words(answer.text, fact) for fact in question.facts)
    if rule == "yes_no":
        return normalise_answer(answer.text).split()[:1] == [question.yes_no]
    cites_gold = any(citation.document_id in question.relevant for citation in answer.citations)
    said = (answer.text, *(citation.quote for citation in answer.citations))
    return cites_gold and any(contains_words(text, span) for text in said for span in spans)


def state_rules(used: set[Rule], judged: int, total: int) -> str:
    """One paragraph for the report: which rules were applied and to how many questions."""
    order: tuple[Rule, ...] = ("must_refuse", "expected_facts", "yes_no", "gold_span", "none")
    rules = "; ".join(STATEMENTS[rule] for rule in order if rule in used)
    compared = "Texts compared after SQuAD v1.1 normalisation, at word borders"
    return f"{judged} of {total} questions judged. {compared}. {rules}."
