"""The offline answerer: it answers in the documents' own words, or not at all. No model, no network, no randomness."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rag_pilot.answers import Draft
from rag_pilot.ingest import Chunk
from rag_pilot.retrieve import Found, Hit
from rag_pilot.words import content_roots, fold, sentence_spans

# A word of the question that stands beside the sentence, not in it, supports it by this much.
NEAR, IN_CHUNK = 0.6, 0.35
RETRIEVAL_WEIGHT = 0.3
TYPE_BONUS = 0.15
# An answer is at most this long: somebody has to read it.
MAX_ANSWER_CHARACTERS = 420
# A second sentence is added when it is nearly as good as the first.
SECOND_SENTENCE = 0.75

_YES_NO = re.compile(
    r"^(?:(?:and|so|but|then|also|in [\w ]{2,30},) )?(?:is|are|was|were|am|do|does|did|can|could|may|must|should|will|"
    r"would|has|have|had)(?:n't)?\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|cannot|neither|nor|without|unable|unavailable|unsupported|impossible)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty|"
    r"forty|fifty|sixty|ninety|hundred|thousand|million|half|once|twice|daily|weekly|monthly|yearly)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b\d{4}\b|\b\d{1,2}[:.]\d{2}\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|day|days|hour|hours|minute|minutes|week|"
    r"weeks|month|months|year|years|century|noon|midnight)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[\w,;] )[A-Z][\w'-]+")
_CAUSE = re.compile(
    r"\b(?:because|since|so that|due to|in order to|reason|therefore|caused?|to avoid|to keep)\b",
    re.IGNORECASE,
)
# What a question asks for, by its own words -> what a sentence must hold to be able to say it.
_WANTED: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(r"\bhow (?:many|much|long|often|large|big|far|old|high|fast|soon|late|early)\b", re.I),
        _NUMBER,
    ),
    (
        re.compile(r"\b(?:maximum|minimum|limit|price|cost|percentage|percent|number|size|rate|ratio)\b", re.I),
        _NUMBER,
    ),
    (
        re.compile(r"\b(?:when|what (?:year|date|day|time|month)|which (?:year|date|day|time|month))\b", re.I),
        _DATE,
    ),
    (re.compile(r"\b(?:who|whom|whose)\b", re.I), _NAME),
    (re.compile(r"\bwhere\b", re.I), _NAME),
    (re.compile(r"\bwhy\b", re.I), _CAUSE),
)


@dataclass(frozen=True)
class Sentence:
    text: str
    roots: frozenset[str]


@dataclass(frozen=True)
class Passage:
    """A chunk taken apart once, because the same chunk serves many questions."""

    sentences: tuple[Sentence, ...]
    roots: frozenset[str]


@dataclass(frozen=True)
class Scored:
    sentence: Sentence
    hit: Hit
    position: int
    support: float
    score: float


class Extractor:
    """Weights words by how rare they are in this corpus."""

    def __init__(self, chunks: Iterable[Chunk]) -> None:
        frequency: Counter[str] = Counter()
        self._passages: dict[str, Passage] = {}
        for chunk in chunks:
            passage = read_passage(chunk)
            self._passages[chunk.id] = passage
            frequency.update(passage.roots)
        total = len(self._passages)
        self._idf = {root: math.log(1 + (total - seen + 0.5) / (seen + 0.5)) for root, seen in frequency.items()}
        self._idf_unseen = math.log(1 + (total + 0.5) / 0.5)

    def evidence(self, question: str, found: Found) -> float:
        """0 to 1: how much of what the question is about the best sentence and its surroundings speak of."""
        return max((scored.support for scored in self._score(question, found)), default=0.0)

    def draft(self, question: str, found: Found) -> Draft:
        """The best sentence, sometimes with a second one; a yes or no in front when the sentence says which."""
        ranked = sorted(self._score(question, found), key=lambda item: (-item.score, item.hit.chunk.id, item.position))
        if not ranked:
            return Draft("", (), refused=True)
        best = ranked[0]
        chosen = [best]
        for other in ranked[1:]:
            room = len(best.sentence.text) + len(other.sentence.text) < MAX_ANSWER_CHARACTERS
            same_document = other.hit.chunk.document_id == best.hit.chunk.document_id
            if same_document and room and other.score >= SECOND_SENTENCE * best.score:
                if other.sentence.text not in best.sentence.text:
                    chosen.append(other)
                break
        chosen.sort(key=lambda item: (item.hit.chunk.start, item.position))
        quotes = tuple(item.sentence.text for item in chosen)
        verdict = say_yes_or_no(question, best.sentence.text)
        return Draft(" ".join(filter(None, (verdict, *quotes))), quotes)

    def _score(self, question: str, found: Found) -> list[Scored]:
        roots = content_roots(question)
        weights = {root: self._idf.get(root, self._idf_unseen) for root in roots}
        total = sum(weights.values())
        if not total:
            return []
        wanted = [holds for asks, holds in _WANTED if asks.search(question)]
        best_hit = max((hit.score for hit in found.hits), default=0.0) or 1.0
        scored = []
        for hit in found.hits:
            passage = self._passages[hit.chunk.id]
            for position, sentence in enumerate(passage.sentences):
                support = self._support(weights, passage, position) / total
                bonus = TYPE_BONUS if wanted and any(new_match(holds, sentence, question) for holds in wanted) else 0.0
                prior = RETRIEVAL_WEIGHT * hit.score / best_hit
                scored.append(Scored(sentence, hit, position, support, support + bonus + prior))
        return scored

    def _support(self, weights: dict[str, float], passage: Passage, position: int) -> float:
        here = passage.sentences[position].roots
        near = frozenset().union(*(item.roots for item in passage.sentences[max(0, position - 1) : position + 2]))
        return sum(
            weight * (1 if root in here else NEAR if root in near else IN_CHUNK if root in passage.roots else 0)
            for root, weight in weights.items()
        )


def read_passage(chunk: Chunk) -> Passage:
    spans = sentence_spans(chunk.text)
    texts = [chunk.text[start:end] for start, end in spans]
    sentences = tuple(Sentence(text, frozenset(content_roots(text))) for text in texts if is_statement(text))
    title_roots = frozenset(content_roots(chunk.title))
    return Passage(sentences, title_roots.union(*(frozenset(content_roots(text)) for text in texts)))


def is_statement(text: str) -> bool:
    """A heading, a question or a rule of dashes answers nothing."""
    return not text.startswith("#") and not text.rstrip().endswith("?") and any(mark.isalnum() for mark in text)


def new_match(pattern: re.Pattern[str], sentence: Sentence, question: str) -> bool:
    """Whether the sentence holds such a thing that the question did not already say."""
    asked = set(re.findall(r"\w+", fold(question)))
    return any(not set(re.findall(r"\w+", fold(found))) <= asked for found in _matches(pattern, sentence.text))


@lru_cache(maxsize=20_000)
def _matches(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    # A digit stands for the whole word it is in, so that "2" of the question does not hide "250" of the sentence.
    found = (text[_word_start(text, match.start()) : _word_end(text, match.end())] for match in pattern.finditer(text))
    return tuple(found)


def _word_start(text: str, at: int) -> int:
    while at > 0 and text[at - 1].isalnum():
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    while at < len(text) and text[at].isalnum():
        at += 1
    return at


def say_yes_or_no(question: str, sentence: str) -> str | None:
    """ "Yes." or "No." for a question that asks it, by whether question and sentence disagree in negation."""
    if not _YES_NO.match(question.strip()) or re.search(r"\bor\b", question, re.IGNORECASE):
        return None
    denied = bool(_NEGATION.search(sentence)) != bool(_NEGATION.search(question))
    return "No." if denied else "Yes."
