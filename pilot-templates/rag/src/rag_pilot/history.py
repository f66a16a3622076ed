"""A conversation: what of it is kept within a budget, and what a follow-up question is about. No model is asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag_pilot.words import content_roots, fold

# About 1,000 tokens for everything that was said before; the newest exchanges are kept.
BUDGET_CHARACTERS = 4_000
# An old answer is there to know what was spoken of, not to be read again in full.
ANSWER_CHARACTERS = 600
# A follow-up of more content words than this stands on its own, unless it points back.
SHORT = 3
# So many words of an earlier question are carried over: who asks at length names the subject early.
CARRIED_WORDS = 24

_POINTS_BACK = re.compile(
    r"\b(?:it|its|they|them|their|theirs|this|that|these|those|he|him|his|she|her|hers|there|then|"
    r"the (?:same|former|latter)|ones?|instead|either|neither|both)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"^(?:and|or|but|so|what about|how about|what if|also|then|ok(?:ay)?|why|really|since when)\b", re.I
)


@dataclass(frozen=True)
class Exchange:
    """One question of a conversation and the answer it got. An empty answer is one that was refused."""

    question: str
    answer: str


def keep_within_budget(history: Sequence[Exchange], turns: int, characters: int = BUDGET_CHARACTERS) -> list[Exchange]:
    """The newest exchanges, at most `turns`, together at most `characters`; oldest first, none cut in its question."""
    kept: list[Exchange] = []
    left = characters
    for exchange in reversed(history[-turns:] if turns else []):
        shortened = Exchange(exchange.question, _shorten(exchange.answer))
        left -= len(shortened.question) + len(shortened.answer)
        if left < 0:
            break
        kept.append(shortened)
    return kept[::-1]


def condense(question: str, history: Sequence[Exchange]) -> str:
    """The question as search should read it: a follow-up is given the words of the question it follows.

    >>> condense("And on Sundays?", [Exchange("When does the last ferry leave?", "At 21:40.")])
    'When does the last ferry leave? And on Sundays?'
    """
    if not history or not follows_up(question):
        return question
    # The newest question that stood alone names the subject; a follow-up after it says where the talk has got to.
    alone = (item.question for item in reversed(history) if not follows_up(item.question))
    before = dict.fromkeys((next(alone, history[0].question), history[-1].question))
    if {word for text in before for word in content_roots(text)} <= set(content_roots(question)):
        return question
    return " ".join([*(_first_words(text) for text in before), question.strip()])


def follows_up(question: str) -> bool:
    """Whether a question cannot be understood alone: it goes on, points back, or names hardly anything."""
    said = fold(question).strip()
    named = len(content_roots(question))
    if _GOES_ON.match(said):
        return named <= SHORT + 1
    return named == 0 or (named <= SHORT and _POINTS_BACK.search(said) is not None)


def _first_words(text: str) -> str:
    return " ".join(text.split()[:CARRIED_WORDS])


def _shorten(text: str) -> str:
    return text if len(text) <= ANSWER_CHARACTERS else text[: ANSWER_CHARACTERS - 1].rstrip() + "\u2026"
