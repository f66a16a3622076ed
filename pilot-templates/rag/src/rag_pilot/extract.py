"""The offline answerer: it answers in the documents' own words, or not at all. No model, no network, no randomness."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources
from itertools import pairwise

from rag_pilot.answer_type import AnswerType, read_type, same_word
from rag_pilot.answers import Draft
from rag_pilot.embed import Embedder, Vectors
from rag_pilot.ingest import Chunk
from rag_pilot.retrieve import Found, Hit
from rag_pilot.words import alike, content_roots, fold, root, sentence_spans

# A word of the question that stands beside the sentence, not in it, supports it by this much.
NEAR, IN_CHUNK = 0.6, 0.35
RETRIEVAL_WEIGHT = 0.3
VECTOR_WEIGHT = 0.4
# How much of a word's weight a synonym, or a word with the same beginning, carries.
SYNONYM, ALIKE = 0.7, 0.8
TYPE_WEIGHT = 0.5
PAIR_WEIGHT = 0.15
OUTDATED_PENALTY = 0.3
# An answer is at most this long: somebody has to read it.
MAX_ANSWER_CHARACTERS = 420
MAX_SENTENCES = 3
PREPARED_CHUNKS = 2_000
# A further sentence is added when it is nearly as good as the first.
FURTHER_SENTENCE = 0.6

_YES_NO = re.compile(
    r"^(?:(?:and|so|but|then|also|in [\w ]{2,30},) )?(?:is|are|was|were|am|do|does|did|can|could|may|must|should|will|"
    r"would|has|have|had)(?:n't)?\b",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|cannot|neither|nor|without|unable|unavailable|unsupported|impossible)\b|n['\u2019]t\b",
    re.IGNORECASE,
)
# What used to hold, or holds somewhere else, seldom answers a question about now.
_OUTDATED = re.compile(
    r"\b(?:used to|formerly|previously|superseded|no longer (?:valid|applies)|outdated|earlier versions?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sentence:
    text: str
    roots: frozenset[str]
    pairs: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Passage:
    """A chunk taken apart once, because the same chunk serves many questions. `vectors` has a row a sentence."""

    sentences: tuple[Sentence, ...]
    roots: frozenset[str]
    vectors: Vectors
    vector: Vectors


@dataclass(frozen=True)
class Scored:
    sentence: Sentence
    hit: Hit
    position: int
    support: float
    score: float


@dataclass(frozen=True)
class _Asked:
    """The question as evidence sees it: for each root its weight and, by root of the corpus, what counts as it."""

    weights: dict[str, float]
    total: float
    stand_ins: dict[str, dict[str, float]]
    vector: Vectors
    kind: AnswerType
    pairs: tuple[tuple[str, str], ...]


class Extractor:
    """Weights words by how rare they are in this corpus."""

    def __init__(self, chunks: Iterable[Chunk], embedder: Embedder) -> None:
        self._embedder = embedder
        self._chunks = {chunk.id: chunk for chunk in chunks}
        self._passages: dict[str, Passage] = {}
        frequency: Counter[str] = Counter()
        for chunk in self._chunks.values():
            frequency.update(content_roots(chunk.indexed_text))
        total = len(self._chunks)
        self._idf = {root: math.log(1 + (total - seen + 0.5) / (seen + 0.5)) for root, seen in frequency.items()}
        # A word that the corpus never uses may be a paraphrase or a subject it lacks: it weighs as an average word.
        self._idf_unseen = sum(self._idf.values()) / max(1, len(self._idf))
        # Taken apart now, so that no question pays for it; in a large corpus, each when it is first found.
        for chunk in list(self._chunks.values())[:PREPARED_CHUNKS]:
            self._passages[chunk.id] = read_passage(chunk, embedder)
        self._synonyms = read_synonyms()
        # Only words with the same four letters in front can be alike: a look-up instead of a walk over all words.
        self._by_prefix: dict[str, list[str]] = {}
        for word in self._idf:
            self._by_prefix.setdefault(word[:4], []).append(word)

    def evidence(self, question: str, found: Found) -> float:
        """0 to 1: the mean of two views, how much of the question the best sentence and its surroundings speak of,
        and how near the best chunk's vector is to the question's."""
        asked = self._ask(question)
        passages = [self._passage(hit) for hit in found.hits]
        places = ((passage, at) for passage in passages for at in range(len(passage.sentences)))
        support = max((_support(asked, passage, at) for passage, at in places), default=0.0) / (asked.total or 1.0)
        near = max((float(passage.vector @ asked.vector) for passage in passages), default=0.0)
        return (support + max(0.0, min(1.0, near))) / 2

    def draft(self, question: str, found: Found) -> Draft:
        """The best sentence, sometimes with a second one; a yes or no in front when the sentence says which."""
        scored = self._score(self._ask(question), found)
        ranked = sorted(scored, key=lambda item: (-item.score, item.hit.chunk.id, item.position))
        if not ranked:
            return Draft("", (), refused=True)
        best = ranked[0]
        chosen = [best]
        length = len(best.sentence.text)
        for other in ranked[1:]:
            if len(chosen) == MAX_SENTENCES or other.score < FURTHER_SENTENCE * best.score:
                break
            same_document = other.hit.chunk.document_id == best.hit.chunk.document_id
            new = all(other.sentence.text not in item.sentence.text for item in chosen)
            if same_document and new and length + len(other.sentence.text) < MAX_ANSWER_CHARACTERS:
                chosen.append(other)
                length += len(other.sentence.text)
        chosen.sort(key=lambda item: (item.hit.chunk.start, item.position))
        quotes = tuple(item.sentence.text for item in chosen)
        verdict = say_yes_or_no(question, best.sentence.text)
        return Draft(" ".join(filter(None, (verdict, *quotes))), quotes)

    def _passage(self, hit: Hit) -> Passage:
        passage = self._passages.get(hit.chunk.id)
        if passage is None:
            passage = self._passages[hit.chunk.id] = read_passage(hit.chunk, self._embedder)
        return passage

    def _ask(self, question: str) -> _Asked:
        weights = {root: self._idf.get(root, self._idf_unseen) for root in content_roots(question)}
        stand_ins = {word: self._stand_ins(word) for word in weights}
        vector = self._embedder.embed(question)[0]
        return _Asked(weights, sum(weights.values()), stand_ins, vector, read_type(question), neighbours(question))

    def _stand_ins(self, word: str) -> dict[str, float]:
        """Words of this corpus that may stand for this one, and how much of its weight they carry."""
        others = dict.fromkeys(self._synonyms.get(word, ()), SYNONYM)
        others |= {known: ALIKE for known in self._by_prefix.get(word[:4], ()) if alike(word, known)}
        return {**others, word: 1.0}

    def _stands_for(self, asked: str, said: str) -> bool:
        return same_word(asked, said) or said in self._synonyms.get(asked, ())

    def _score(self, asked: _Asked, found: Found) -> list[Scored]:
        if not asked.total:
            return []
        best_hit = max((hit.score for hit in found.hits), default=0.0) or 1.0
        scored = []
        for hit in found.hits:
            passage = self._passage(hit)
            near = passage.vectors @ asked.vector
            for position, sentence in enumerate(passage.sentences):
                support = _support(asked, passage, position) / asked.total
                score = (
                    support
                    + VECTOR_WEIGHT * float(near[position])
                    + RETRIEVAL_WEIGHT * hit.score / best_hit
                    + TYPE_WEIGHT * asked.kind.match(sentence.text, self._stands_for)
                    + PAIR_WEIGHT * share_of_pairs(asked.pairs, sentence.pairs)
                    - (OUTDATED_PENALTY if _OUTDATED.search(sentence.text) else 0.0)
                )
                scored.append(Scored(sentence, hit, position, support, score))
        return scored


def _support(asked: _Asked, passage: Passage, position: int) -> float:
    here = passage.sentences[position].roots
    near = frozenset().union(*(item.roots for item in passage.sentences[max(0, position - 1) : position + 2]))
    total = 0.0
    for word, weight in asked.weights.items():
        best = 0.0
        for other, share in asked.stand_ins[word].items():
            place = 1.0 if other in here else NEAR if other in near else IN_CHUNK if other in passage.roots else 0.0
            best = max(best, share * place)
        total += weight * best
    return total


def neighbours(text: str) -> tuple[tuple[str, str], ...]:
    """Pairs of content words that stand beside each other, small words between them left out."""
    roots = [word for token in fold(text).split() for word in content_roots(token)]
    return tuple(pairwise(roots))


def share_of_pairs(pairs: tuple[tuple[str, str], ...], said: frozenset[tuple[str, str]]) -> float:
    return sum(pair in said for pair in pairs) / len(pairs) if pairs else 0.0


def read_synonyms() -> dict[str, frozenset[str]]:
    """Root to the roots that may stand for it."""
    text = resources.files("rag_pilot").joinpath("synonyms.txt").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        group = {root(word) for word in line.partition("#")[0].split()}
        for word in group:
            found.setdefault(word, set()).update(group - {word})
    return {word: frozenset(others) for word, others in found.items()}


def read_passage(chunk: Chunk, embedder: Embedder) -> Passage:
    texts = [chunk.text[start:end] for start, end in sentence_spans(chunk.text)]
    sentences = tuple(
        Sentence(text, frozenset(content_roots(text)), frozenset(neighbours(text)))
        for text in texts
        if is_statement(text)
    )
    stacked = embedder.embed_all([f"{chunk.title}\n{sentence.text}" for sentence in sentences])
    roots = frozenset(content_roots(chunk.indexed_text))
    return Passage(sentences, roots, stacked, embedder.embed(chunk.indexed_text)[0])


def is_statement(text: str) -> bool:
    """A heading, a question or a rule of dashes answers nothing."""
    return not text.startswith("#") and not text.rstrip().endswith("?") and any(mark.isalnum() for mark in text)


def say_yes_or_no(question: str, sentence: str) -> str | None:
    """ "Yes." or "No." for a question that asks it, by whether question and sentence disagree in negation."""
    if not _YES_NO.match(question.strip()) or re.search(r"\bor\b", question, re.IGNORECASE):
        return None
    denied = bool(_NEGATION.search(sentence)) != bool(_NEGATION.search(question))
    return "No." if denied else "Yes."
