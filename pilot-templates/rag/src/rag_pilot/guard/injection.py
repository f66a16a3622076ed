"""A second line against instructions hidden in documents. The first line is that no text of a document is ever obeyed.

Rules are data (`injection_rules.json`): a pattern, a weight and the reason in words. A window whose rules add up to
the threshold raises an alarm. Windows overlap, so that nothing slips through at a border or after a length.
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

# Longer than any rule reaches; half of it is read twice.
WINDOW_CHARACTERS, STEP_CHARACTERS = 600, 300
THRESHOLD = 1.0
# A request that fills this much of the text is the text: somebody's question, not a stranger's remark inside another.
EMBEDDED_SHARE = 0.6
# Cyrillic and Greek letters that look like Latin ones and survive NFKC.
_LOOK_ALIKE = str.maketrans("аеорсухіјѕԁһɡոαεονρτυικ", "aeopcyxijsdhgnaeovptuik")
_SPACED = re.compile(r"\b(?:\w[ .*_-]){4,40}\w\b")
_BLANKS = re.compile(r"[^\S\n]+")
_EMPHASIS = re.compile(r"[*`~]+|(?<!\w)_+(?=\w)|(?<=[a-z])_+(?!\w)")
_SENTENCE = re.compile(r"[^.!?\n]*[.!?\n]?")


@dataclass(frozen=True)
class Rule:
    id: str
    weight: float
    says: str
    pattern: re.Pattern[str]
    embedded: bool


@dataclass(frozen=True)
class Alarm:
    """`start` and `end` are the window in the text as it was given; `reasons` are for a person."""

    score: float
    rules: tuple[str, ...]
    reasons: tuple[str, ...]
    start: int
    end: int


def scan(text: str) -> Alarm | None:
    """The window that sounds most like an instruction to an assistant, when it reaches the threshold."""
    alarms = [alarm for start, end in windows(len(text)) if (alarm := _scan_window(text, start, end))]
    return max(alarms, key=lambda alarm: (alarm.score, -alarm.start), default=None)


def windows(length: int) -> list[tuple[int, int]]:
    """Overlapping (start, end) that cover the whole text; the last one ends where the text does."""
    starts = range(0, max(1, length - STEP_CHARACTERS), STEP_CHARACTERS)
    return [(start, min(length, start + WINDOW_CHARACTERS)) for start in starts]


def plain_form(text: str) -> str:
    """Lower case, one alphabet, single blanks, no emphasis, spelled-out words closed up; line breaks stay."""
    text = unicodedata.normalize("NFKC", text).lower().translate(_LOOK_ALIKE)
    text = _SPACED.sub(lambda match: re.sub(r"[ .*_-]", "", match.group()), text)
    return _BLANKS.sub(" ", _EMPHASIS.sub("", text)).replace("\u2019", "'")


@lru_cache(maxsize=1)
def read_rules() -> tuple[Rule, ...]:
    text = resources.files("rag_pilot").joinpath("guard/injection_rules.json").read_text(encoding="utf-8")
    return tuple(
        Rule(row["id"], row["weight"], row["says"], re.compile(row["pattern"]), row.get("embedded", False))
        for row in json.loads(text)
    )


def _scan_window(text: str, start: int, end: int) -> Alarm | None:
    window = plain_form(text[start:end])
    fired: dict[str, Rule] = {}
    for rule in read_rules():
        match = rule.pattern.search(window)
        if match and not (rule.embedded and _fills(match, window, len(text) > end - start)):
            fired.setdefault(rule.says, rule)
    score = sum(rule.weight for rule in fired.values())
    if score < THRESHOLD:
        return None
    return Alarm(round(score, 3), tuple(rule.id for rule in fired.values()), tuple(fired), start, end)


def _fills(match: re.Match[str], window: str, more_text: bool) -> bool:
    """Whether the sentence of the match is most of the text, so that nothing is left for it to be embedded in."""
    if more_text:
        return False
    start = max((window.rfind(mark, 0, match.end() - 1) for mark in ".!?\n"), default=-1) + 1
    sentence = _SENTENCE.match(window, min(start, match.end()))
    return len(sentence.group() if sentence else "") >= EMBEDDED_SHARE * len(window.strip())
