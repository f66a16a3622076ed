"""Text to terms and to sentences. One tokeniser for search, for evidence and for the answer rules."""

import re
import unicodedata
from functools import lru_cache

# The 33 stop words of Lucene's StandardAnalyzer for English.
SEARCH_STOP_WORDS = frozenset(
    "a an and are as at be but by for if in into is it no not of on or such that the their then there these they "
    "this to was will with".split()
)
# Question words and auxiliaries say nothing about what evidence must contain.
QUESTION_WORDS = frozenset(
    "what which who whom whose when where why how do does did can could may might must shall should would i we "
    "you he she me my our your us am were been being has have had get its them his her from than so some any many "
    "much long often please tell need want about also s t im ive whats happen happens happened".split()
)
_WORD = re.compile(r"\w+")
# Longer ones are keys and encoded files; kept whole, a few of them would fill what is remembered about words.
LONGEST_WORD = 64
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_ENDINGS = (
    "ations",
    "ation",
    "ingly",
    "ments",
    "ment",
    "ings",
    "ing",
    "edly",
    "ions",
    "ion",
    "ers",
    "er",
    "ed",
    "ly",
)


def fold(text: str) -> str:
    """Lower case without accents: "Café" and "cafe" are one word."""
    if text.isascii():
        return text.lower()
    # Only the stretches beyond ASCII are looked at mark by mark: in most languages they are a small part of a page.
    return _BEYOND_ASCII.sub(_without_accents, unicodedata.normalize("NFKD", text)).lower()


def _without_accents(match: re.Match[str]) -> str:
    return "".join(mark for mark in match.group() if not unicodedata.combining(mark))


def stem(word: str) -> str:
    """Harman's S-stemmer: plural to singular and nothing else, so that a name stays a name."""
    if len(word) > 3 and word.endswith("ies") and word[-4] not in "ea":
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("es") and word[-3] not in "aeo":
        return word[:-1]
    if len(word) > 2 and word.endswith("s") and word[-2] not in "us":
        return word[:-1]
    return word


def split_words(text: str) -> list[str]:
    """Folded words in order; of a longer one, its first `LONGEST_WORD` characters."""
    return [word if len(word) <= LONGEST_WORD else word[:LONGEST_WORD] for word in _WORD.findall(fold(text))]


def search_terms(text: str) -> list[str]:
    """Terms of the lexical index, in order, with repeats."""
    return [_remembered_stem(word) for word in split_words(text) if word not in SEARCH_STOP_WORDS]


# A corpus uses the same words over and over; the limit keeps a corpus of random strings from filling the memory.
_remembered_stem = lru_cache(maxsize=2**16)(stem)


def root(word: str) -> str:
    """A coarser form for evidence only: "refunded", "refunding" and "refunds" meet in "refund"."""
    return _remembered_root(word[:LONGEST_WORD])


@lru_cache(maxsize=2**16)
def _remembered_root(word: str) -> str:
    word = stem(word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word[:-1] if len(word) > 4 and word[-1] in "ey" else word


def fuzzy_terms(text: str) -> list[str]:
    """Roots, and the four-letter pieces of every word: "shipping" and "shipment" share most of theirs."""
    words = search_terms(text)
    return [root(word) for word in words] + [piece for word in words for piece in _pieces(word)]


@lru_cache(maxsize=2**16)
def _pieces(word: str) -> tuple[str, ...]:
    padded = f"<{word}>"
    return tuple(f"~{padded[at : at + 4]}" for at in range(len(padded) - 3))


def content_roots(text: str) -> list[str]:
    """Roots of the words that carry meaning, each once, in order of appearance."""
    words = (word for word in split_words(text) if word not in SEARCH_STOP_WORDS | QUESTION_WORDS)
    return list(dict.fromkeys(root(word) for word in words))


def alike(left: str, right: str) -> bool:
    """Two roots that share most of their beginning: "authentic" and "authenticate", "ship" and "shipment"."""
    shorter, longer = sorted((left, right), key=len)
    if len(shorter) < 4 or any(mark.isdigit() for mark in shorter + longer):
        return False
    same = next((at for at, mark in enumerate(shorter) if mark != longer[at]), len(shorter))
    return same >= 4 and same >= 0.7 * len(longer)


_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]\u201d\u2019]*\s+(?=[\"'(\[\u201c\u2018]*[A-Z0-9`*])|\s*\n(?:\s*\n)*\s*")
# A full stop after these ends no sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|vs|no|nos|mr|mrs|ms|dr|prof|st|inc|ltd|co|fig|approx|jr|sr|gen|col|[A-Za-z])\.)$",
    re.IGNORECASE,
)
# "approx." and room for the mark before it; looking further back would read every sentence twice.
LONGEST_ABBREVIATION = 12


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence, list item or table row; a line break always ends one."""
    spans, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        tail = text[max(start, match.start() - LONGEST_ABBREVIATION) : match.start()]
        if "\n" not in match.group() and _ABBREVIATION.search(tail):
            continue
        spans.append((start, match.start()))
        start = match.end()
    spans.append((start, len(text)))
    return [span for begin, end in spans if (span := _trim(text, begin, end)) and span[1] > span[0]]


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))


_PUNCTUATION = re.compile(r"[^\w\s]|_")
_ARTICLES = re.compile(r"\b(?:a|an|the)\b")


def normalise_answer(text: str) -> str:
    """SQuAD v1.1 normalisation: lower case, no punctuation, no articles, single blanks."""
    return " ".join(_ARTICLES.sub(" ", _PUNCTUATION.sub("", unicodedata.normalize("NFKC", text).lower())).split())


def contains_words(text: str, wanted: str) -> bool:
    """Whether `wanted` stands in `text` after normalisation, at word borders ("8" is not in "800")."""
    wanted = normalise_answer(wanted)
    return bool(wanted) and f" {wanted} " in f" {normalise_answer(text)} "
