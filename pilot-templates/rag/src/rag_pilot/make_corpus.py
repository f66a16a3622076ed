"""A corpus out of nothing, for measuring speed: the same seed gives the same bytes. It says nothing about accuracy.

Made-up words with the frequencies of a natural language (Zipf), in subjects that favour words of their own, so that
posting lists, chunks and vectors have about the shapes that real pages give them.
"""

import json
import random
from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

VOCABULARY, SUBJECTS, WORDS_OF_A_SUBJECT = 20_000, 50, 300
# Of the words of a page, those that its subject favours.
SUBJECT_SHARE = 0.3
PAGE_CHARACTERS = 2_000
_CONSONANTS, _VOWELS = "bcdfghklmnprstvwz", "aeiou"


def make_corpus(folder: Path, pages: int, questions: int, seed: int) -> None:
    """BEIR layout; every question is made of words of its gold page, with two words of the subject beside them."""
    draw = random.Random(f"corpus:{seed}")  # noqa: S311 - no secret
    words = _make_words(draw)
    subjects = [draw.sample(words[200:], WORDS_OF_A_SUBJECT) for _ in range(SUBJECTS)]
    # Zipf with the head flattened, as in English: the first words are not twice as frequent as the second ones.
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    folder.mkdir(parents=True, exist_ok=True)
    asked = set(draw.sample(range(pages), min(questions, pages)))
    with (
        (folder / "corpus.jsonl").open("w", encoding="utf-8", newline="\n") as corpus,
        (folder / "queries.jsonl").open("w", encoding="utf-8", newline="\n") as queries,
        (folder / "qrels.tsv").open("w", encoding="utf-8", newline="\n") as gold,
    ):
        gold.write("query-id\tcorpus-id\tscore\n")
        for number in range(pages):
            subject = subjects[number % SUBJECTS]
            said = list(_say(draw, words, weights, subject))
            name, title = f"page-{number:06d}", " ".join(draw.sample(subject, 3)).capitalize()
            corpus.write(json.dumps({"_id": name, "title": title, "text": _as_page(draw, said)}) + "\n")
            if number in asked:
                question = " ".join([*draw.sample(said, 5), *draw.sample(subject, 2)]).capitalize() + "?"
                queries.write(json.dumps({"_id": f"q-{number:06d}", "text": question}) + "\n")
                gold.write(f"q-{number:06d}\t{name}\t1\n")


def _make_words(draw: random.Random) -> list[str]:
    made: dict[str, None] = {}
    while len(made) < VOCABULARY:
        # Frequent words are short.
        syllables = 1 + bisect([60, 1_500, 9_000], len(made)) + draw.randint(0, 1)
        made["".join(draw.choice(_CONSONANTS) + draw.choice(_VOWELS) for _ in range(syllables))] = None
    return list(made)


def _say(draw: random.Random, words: list[str], weights: list[float], subject: list[str]) -> Iterator[str]:
    length = 0
    while length < PAGE_CHARACTERS:
        special = draw.random() < SUBJECT_SHARE
        word = draw.choice(subject) if special else words[bisect(weights, draw.random() * weights[-1])]
        length += len(word) + 1
        yield word


def _as_page(draw: random.Random, said: list[str]) -> str:
    """Sentences of 6 to 24 words, paragraphs of 2 to 6 sentences."""
    paragraphs, at = [], 0
    while at < len(said):
        sentences = []
        for _ in range(draw.randint(2, 6)):
            end = at + draw.randint(6, 24)
            if at < len(said):
                sentences.append(" ".join(said[at:end]).capitalize() + ".")
            at = end
        paragraphs.append(" ".join(sentences))
    return "\n\n".join(paragraphs)
