"""Documents, questions and judgments in BEIR layout, plain or gzipped."""

import gzip
import hashlib
import json
import re
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rag_pilot.errors import DATA, NO_INPUT, PilotError

# 256 MiB unpacked per file: 100 documents need far less, and a bomb must not fill the memory.
MAX_FILE_BYTES = 256 * 1024 * 1024
MAX_DOCUMENT_CHARACTERS = 2_000_000
MAX_ID_CHARACTERS = 200
MAX_QUESTIONS = 10_000


@dataclass(frozen=True)
class Document:
    """`text` is cleaned; every offset in this product counts in it. `sha256` is of title and cleaned text.

    `audiences`: who may read it, from `metadata.audiences`; None is everyone, an empty list is nobody.
    """

    id: str
    title: str
    text: str
    sha256: str
    audiences: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Question:
    """One golden question and all that a deterministic rule may judge it by."""

    id: str
    text: str
    tag: str
    relevant: tuple[str, ...]
    spans: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    yes_no: str | None = None
    free_answer: str | None = None
    # Who asks, where the set says so; None asks as nobody in particular.
    audiences: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Failure:
    """A document that was left out, and why. The line is 1-based in the corpus file."""

    line: int
    id: str | None
    reason: str


@dataclass(frozen=True)
class Corpus:
    documents: tuple[Document, ...]
    failures: tuple[Failure, ...]
    invisible_removed: int


@dataclass
class _Cleaner:
    removed: int = 0
    seen: set[str] = field(default_factory=set)


def read_corpus(folder: Path) -> Corpus:
    """Every usable document, sorted by id; the others are listed with a reason. 65 when none is usable."""
    path = _find(folder, "corpus.jsonl")
    cleaner, documents, failures = _Cleaner(), [], []
    for line, row in _rows(path):
        outcome = _document(row, cleaner)
        if isinstance(outcome, Document):
            documents.append(outcome)
        else:
            failures.append(Failure(line, _text(row, "_id"), outcome))
    if not documents:
        raise PilotError(DATA, f"{path}: 0 usable documents, {len(failures)} left out.")
    return Corpus(tuple(sorted(documents, key=lambda item: item.id)), tuple(failures), cleaner.removed)


def read_questions(folder: Path) -> tuple[Question, ...]:
    """Questions in file order with their gold documents."""
    path, gold = _find(folder, "queries.jsonl"), _read_gold(_find(folder, "qrels.tsv"))
    questions: list[Question] = []
    seen: set[str] = set()
    for line, row in _rows(path):
        identifier, text = _text(row, "_id"), _text(row, "text")
        if not identifier or not text or not text.strip() or len(identifier) > MAX_ID_CHARACTERS:
            raise PilotError(DATA, f"{path.name}:{line}: a question needs an _id of 1 to 200 characters and a text.")
        if identifier in seen:
            raise PilotError(DATA, f"{path.name}:{line}: the id {identifier!r} stands twice.")
        seen.add(identifier)
        questions.append(_question(identifier, text, row, gold.get(identifier, ())))
    if not questions or len(questions) > MAX_QUESTIONS:
        raise PilotError(DATA, f"{path.name}: {len(questions)} questions; 1 to {MAX_QUESTIONS} are needed.")
    return tuple(questions)


def data_sha256(folder: Path) -> str:
    """One hash over the three files as they are unpacked, so that gzip's own bytes do not matter."""
    total = hashlib.sha256()
    for stem in ("corpus.jsonl", "queries.jsonl", "qrels.tsv"):
        content = hashlib.sha256(_read(_find(folder, stem))).hexdigest()
        total.update(f"{stem} {content}\n".encode())
    return total.hexdigest()


def strip_invisible(text: str) -> tuple[str, int]:
    """NFC without invisible characters: tags (U+E0000), zero-width, bidirectional and control characters."""
    text = text.replace("\r\n", "\n")
    kept = _SUSPECT.sub(_visible_part, text.replace("\r", "\n"))
    return unicodedata.normalize("NFC", kept), len(text) - len(kept)


# Control characters of ASCII but tab and line feed, and everything beyond: only these are looked at one by one.
_SUSPECT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]+|[^\x00-\x7f]+")


def _visible_part(match: re.Match[str]) -> str:
    marks = match.group()
    # Cf = format (zero-width, bidi, tags, soft hyphen), Cc = control, Cs/Co/Cn = not text; none of them is printable.
    if marks.isprintable():
        return marks
    return "".join(mark for mark in marks if unicodedata.category(mark) not in ("Cf", "Cc", "Cs", "Co", "Cn"))


def _document(row: dict[str, object], cleaner: _Cleaner) -> Document | str:
    identifier, raw_text, raw_title = _text(row, "_id"), _text(row, "text"), _text(row, "title") or ""
    if not identifier or len(identifier) > MAX_ID_CHARACTERS:
        return "the _id must have 1 to 200 characters"
    if identifier in cleaner.seen:
        return "the _id stands twice; the first one is kept"
    if raw_text is None:
        return "the text is missing"
    if len(raw_text) > MAX_DOCUMENT_CHARACTERS:
        return f"the text is longer than {MAX_DOCUMENT_CHARACTERS} characters"
    text, removed_text = strip_invisible(raw_text)
    title, removed_title = strip_invisible(raw_title)
    if not text.strip():
        return "the text is empty"
    audiences = _audiences(row)
    if isinstance(audiences, str):
        return audiences
    cleaner.seen.add(identifier)
    cleaner.removed += removed_text + removed_title
    digest = hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()
    return Document(identifier, title, text, digest, audiences)


def _audiences(row: dict[str, object]) -> tuple[str, ...] | str | None:
    """Sorted and once each; a reason in words when they cannot be read, since a guess could show too much."""
    metadata = row.get("metadata")
    value = metadata.get("audiences") if isinstance(metadata, dict) else None
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(item, str) and 0 < len(item) <= 200 for item in value):
        return "metadata.audiences must be a list of texts of 1 to 200 characters"
    return tuple(sorted(set(value)))


def _question(identifier: str, text: str, row: dict[str, object], relevant: tuple[str, ...]) -> Question:
    metadata = row.get("metadata")
    tag = metadata.get("tag") if isinstance(metadata, dict) else None
    yes_no = _text(row, "yes_no")
    return Question(
        id=identifier,
        text=text,
        tag=tag[:60] if isinstance(tag, str) and tag else "untagged",
        relevant=relevant,
        spans=_texts(row, "answers"),
        facts=_texts(row, "facts"),
        yes_no=yes_no.lower() if yes_no and yes_no.lower() in ("yes", "no") else None,
        free_answer=_text(row, "answer"),
        audiences=_texts(metadata, "audiences") if isinstance(metadata, dict) and "audiences" in metadata else None,
    )


def _read_gold(path: Path) -> dict[str, tuple[str, ...]]:
    gold: dict[str, dict[str, None]] = {}
    for number, line in enumerate(_read(path).decode("utf-8", "replace").splitlines(), 1):
        cells = line.split("\t")
        if (number == 1 and cells[:1] == ["query-id"]) or not line.strip():
            continue
        if len(cells) != 3 or not cells[2].strip().lstrip("-").isdigit():
            raise PilotError(DATA, f"{path.name}:{number}: needs query id, document id and a whole number, tab apart.")
        if int(cells[2]) > 0:
            gold.setdefault(cells[0], {})[cells[1]] = None
    return {query: tuple(ids) for query, ids in gold.items()}


def _find(folder: Path, stem: str) -> Path:
    if not folder.is_dir():
        raise PilotError(NO_INPUT, f"{folder}: no such folder; data.path or --data must name one in BEIR layout.")
    for name in (stem, f"{stem}.gz"):
        if (folder / name).is_file():
            return folder / name
    raise PilotError(NO_INPUT, f"{folder}: {stem} or {stem}.gz is missing.")


def _read(path: Path) -> bytes:
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            content = stream.read(MAX_FILE_BYTES + 1)
    except (OSError, EOFError, zlib.error) as cause:
        raise PilotError(DATA, f"{path}: cannot be read or unpacked ({type(cause).__name__}).") from cause
    if len(content) > MAX_FILE_BYTES:
        raise PilotError(DATA, f"{path}: more than {MAX_FILE_BYTES // 2**20} MiB unpacked.")
    return content


def _rows(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    try:
        text = _read(path).decode("utf-8")
    except UnicodeDecodeError as cause:
        raise PilotError(DATA, f"{path.name}: byte {cause.start} is not UTF-8.") from cause
    # Not splitlines(): it also breaks at U+2028 and friends, which may stand inside a JSON string.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as cause:
            raise PilotError(DATA, f"{path.name}:{number}: not JSON: {cause.msg}.") from cause
        if not isinstance(row, dict):
            raise PilotError(DATA, f"{path.name}:{number}: must be an object.")
        yield number, row


def _text(row: dict[str, object], key: str) -> str | None:
    value = row.get(key)
    return value if isinstance(value, str) else None


def _texts(row: dict[str, object], key: str) -> tuple[str, ...]:
    value = row.get(key)
    return tuple(str(item) for item in value if isinstance(item, str | int | float)) if isinstance(value, list) else ()
