"""What kind of thing a question asks for, and whether a sentence holds one that the question did not already say."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from rag_pilot.words import alike, fold, root

_NUMERAL = (
    r"(?:\d[\d.,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|dozen|half|single)"
)
_TIME_UNIT = r"(?:milli)?(?:second|minute|hour|day|night|week|month|quarter|year|decade|centur(?:y|ie))s?"
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|"
    r"wednesday|thursday|friday|saturday|sunday|noon|midnight)"
)
_DURATION = rf"\b{_NUMERAL}[ -](?:(?:full|working|calendar|business|whole) )*{_TIME_UNIT}\b"
_MOMENT = rf"\b(?:\d{{1,2}}[:.]\d{{2}}|[12]\d{{3}}s?|{_MONTH}|\d{{1,2}} ?[ap]\.?m\.?)\b"
_MONEY = (
    rf"(?:[$€£¥]|\b(?:EUR|USD|GBP|CHF|JPY)) ?\d|\b{_NUMERAL} ?(?:€|euros?|dollars?|pounds?|cents?|EUR|USD|GBP)\b|free\b"
)
_PERCENT = r"\d ?(?:%|per ?cent\b)"
_FREQUENCY = rf"\b(?:once|twice|{_NUMERAL} times|every|each|daily|weekly|monthly|yearly|hourly)\b"
_NAME = r"(?<=[\w,;>] )[A-Z][\w'-]+"
_PLACE = rf"\w >\s\w|/\w+|{_NAME}"
_CAUSE = r"\b(?:because|since|so that|due to|in order to|reason|therefore|caused?|to avoid|to keep|to prevent)\b"
_LIMIT_ASKED = (
    r"\b(?:max(?:imum)?|limit|most|longest|largest|biggest|highest|at most|up to|cap|minimum|least|shortest)\b"
)
_LIMIT_SAID = (
    r"\b(?:at most|up to|no more than|not more than|max(?:imum)?|limit(?:ed|s)?|longest|largest|biggest|highest|at least|"
    r"minimum|until|within|cannot exceed|as many as)\b"
)


def _compile(asks: str, holds: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    # Names are told by their capitals; everything else may be written either way.
    return re.compile(asks, re.I), re.compile(holds, 0 if holds in (_NAME, _PLACE) else re.I)


# ruff: noqa: E501 - a table is read by its columns
# The first line that fits decides; from the special to the general.
_KINDS = [
    _compile(r"\bhow many times\b|\bhow often\b", _FREQUENCY),
    _compile(r"\bhow (?:many|few)\b", rf"\b{_NUMERAL}\b"),
    _compile(r"\bhow (?:long|old|soon|late|early|fast|quickly)\b|\bwhat period\b", f"{_DURATION}|{_MOMENT}"),
    _compile(r"\b(?:percentage|per cent|percent|what share|discount)\b", _PERCENT),
    _compile(r"\bhow (?:much|expensive)\b|\b(?:price|cost|costs|fee|charged?|fare|salary)\b", f"{_MONEY}|{_PERCENT}|\\d"),
    _compile(r"\bwhen\b(?! (?:i|we|you|the|an?|it|there|my|our)\b)|\b(?:what|which) (?:year|date|day|time|month)\b", f"{_DURATION}|{_MOMENT}"),
    _compile(r"\bhow (?:large|big|far|high|heavy|wide|deep|tall)\b|\b(?:number|size|rate|weight|length|distance)\b", r"\d"),
    _compile(_LIMIT_ASKED, rf"\b{_NUMERAL}\b"),
    _compile(r"\b(?:who|whom|whose)\b", _NAME),
    _compile(r"\bwhere\b", _PLACE),
    _compile(r"\bwhy\b", _CAUSE),
]  # fmt: skip
_COUNTED = re.compile(
    r"\b(?:how (?:many|few)|number of|limit (?:for|of|on)|maximum(?: number)?(?: of)?) ([\w -]{3,60})", re.I
)
_WORDS = re.compile(r"\w[\w'.,]*")
# So far after a number may its noun stand: "16 custom roles".
NOUN_DISTANCE = 3


@dataclass(frozen=True)
class AnswerType:
    """`holds` finds candidates; `counted` are the roots of what is counted; `limit`: a bound is asked for."""

    holds: re.Pattern[str] | None
    counted: tuple[str, ...]
    limit: bool
    asked: frozenset[str]

    def match(self, sentence: str, stands_for: Callable[[str, str], bool]) -> float:
        """0 to 1: 0.5 for a new thing of the wanted kind, more when the number counts the asked noun or bounds it."""
        if self.holds is None:
            return 0.0
        found = [word for word in _matches(self.holds, sentence) if not _words(word) <= self.asked]
        if not found:
            return 0.0
        strength = 0.5
        if self.counted and _counts(sentence, self.counted, stands_for):
            strength += 0.5
        elif self.limit and re.search(_LIMIT_SAID, sentence, re.I):
            strength += 0.25
        return strength


def read_type(question: str) -> AnswerType:
    holds = next((holds for asks, holds in _KINDS if asks.search(question)), None)
    counted = _COUNTED.search(question)
    nouns = tuple(root(word) for word in fold(counted.group(1)).split()[:3]) if counted else ()
    limit = re.search(_LIMIT_ASKED, question, re.I) is not None
    return AnswerType(holds, nouns, limit, frozenset(_words(question)))


def _counts(sentence: str, nouns: tuple[str, ...], stands_for: Callable[[str, str], bool]) -> bool:
    words = _WORDS.findall(fold(sentence))
    for at, word in enumerate(words):
        if re.fullmatch(_NUMERAL, word):
            following = [root(other.rstrip(".,")) for other in words[at + 1 : at + 1 + NOUN_DISTANCE]]
            if any(stands_for(noun, other) for noun in nouns for other in following):
                return True
    return False


def same_word(left: str, right: str) -> bool:
    return left == right or alike(left, right)


@lru_cache(maxsize=20_000)
def _matches(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    """Whole words around each match, so that "2" of the question does not hide "250" of the sentence."""
    found = []
    for match in pattern.finditer(text):
        start, end = match.span()
        while start > 0 and text[start - 1].isalnum():
            start -= 1
        while end < len(text) and text[end].isalnum():
            end += 1
        found.append(text[start:end])
    return tuple(found)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", fold(text)))
