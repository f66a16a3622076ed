"""Documents, questions and judgments: BEIR layout, plain or gzipped, or a folder of pages in place of the corpus."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from rag_pilot.errors import DATA, PilotError
from rag_pilot.read_files import find_file, has_file, read_bytes, read_rows, text_of, texts_of

MAX_DOCUMENT_CHARACTERS = 2_000_000
MAX_ID_CHARACTERS = 200
MAX_QUESTIONS = 10_000
QUESTION_FILES = ("queries.jsonl", "qrels.tsv")


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
    """A document that was left out, and why. `line` counts from 1 in a corpus file; a page of a folder has none."""

    file: str
    line: int | None
    id: str | None
    reason: str

    @property
    def place(self) -> str:
        return self.file if self.line is None else f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Corpus:
    documents: tuple[Document, ...]
    failures: tuple[Failure, ...]
    invisible_removed: int
    # Pages that are neither UTF-8 nor say what they are; they were read as Windows-1252.
    encodings_guessed: int = 0


@dataclass
class Maker:
    """Raw titles and texts to documents; counts what it removed and knows the ids it has seen."""

    removed: int = 0
    seen: set[str] = field(default_factory=set)

    def make(self, identifier: str | None, title: str, text: str | None, metadata: object) -> Document | str:
        """The document, or the reason why there is none."""
        if not identifier or len(identifier) > MAX_ID_CHARACTERS:
            return f"the _id must have 1 to {MAX_ID_CHARACTERS} characters"
        if not identifier.isprintable():
            return "the _id has control or invisible characters"
        if identifier in self.seen:
            return "the _id stands twice; the first one is kept"
        if text is None:
            return "the text is missing"
        if len(text) > MAX_DOCUMENT_CHARACTERS:
            return f"the text is longer than {MAX_DOCUMENT_CHARACTERS} characters"
        text, removed_text = strip_invisible(text)
        title, removed_title = strip_invisible(title)
        if not text.strip():
            return "the text is empty"
        audiences = _audiences(metadata)
        if isinstance(audiences, str):
            return audiences
        self.seen.add(identifier)
        self.removed += removed_text + removed_title
        digest = hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()
        return Document(identifier, title, text, digest, audiences)


def read_corpus(folder: Path) -> Corpus:
    """Every usable document, sorted by id; the others are listed with a reason. 65 when none is usable."""
    if is_page_folder(folder):
        from rag_pilot.read_folder import read_pages

        return read_pages(folder)
    path = find_file(folder, "corpus.jsonl")
    maker, documents, failures = Maker(), [], []
    for line, row in read_rows(path):
        title, text = text_of(row, "title") or "", text_of(row, "text")
        outcome = maker.make(text_of(row, "_id"), title, text, row.get("metadata"))
        if isinstance(outcome, Document):
            documents.append(outcome)
        else:
            failures.append(Failure(path.name, line, text_of(row, "_id"), outcome))
    if not documents:
        raise PilotError(DATA, f"{path}: 0 usable documents, {len(failures)} left out.")
    return Corpus(tuple(sorted(documents, key=lambda item: item.id)), tuple(failures), maker.removed)


def has_questions(folder: Path) -> bool:
    return has_file(folder, "queries.jsonl")


def read_questions(folder: Path) -> tuple[Question, ...]:
    """Questions in file order with their gold documents."""
    path, gold = find_file(folder, "queries.jsonl"), _read_gold(find_file(folder, "qrels.tsv"))
    questions: list[Question] = []
    seen: set[str] = set()
    for line, row in read_rows(path):
        identifier, text = text_of(row, "_id"), text_of(row, "text")
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
    """One hash over the files as they are unpacked, so that gzip's own bytes do not matter."""
    if is_page_folder(folder):
        from rag_pilot.read_folder import hash_pages

        hashes = hash_pages(folder)
    else:
        hashes = {"corpus.jsonl": _unpacked_sha256(find_file(folder, "corpus.jsonl"))}
    for stem in QUESTION_FILES:
        if has_file(folder, stem):
            hashes[stem] = _unpacked_sha256(find_file(folder, stem))
    total = hashlib.sha256()
    for name, content in hashes.items():
        total.update(f"{name} {content}\n".encode())
    return total.hexdigest()


def is_page_folder(folder: Path) -> bool:
    """Whether the documents are pages of their own; a corpus file beside them comes first."""
    return folder.is_dir() and not has_file(folder, "corpus.jsonl")


def _unpacked_sha256(path: Path) -> str:
    return hashlib.sha256(read_bytes(path)).hexdigest()


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


def _audiences(metadata: object) -> tuple[str, ...] | str | None:
    """Sorted and once each; a reason in words when they cannot be read, since a guess could show too much."""
    value = metadata.get("audiences") if isinstance(metadata, dict) else None
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(item, str) and 0 < len(item) <= 200 for item in value):
        return "metadata.audiences must be a list of texts of 1 to 200 characters"
    return tuple(sorted(set(value)))


def _question(identifier: str, text: str, row: dict[str, object], relevant: tuple[str, ...]) -> Question:
    metadata = row.get("metadata")
    tag = metadata.get("tag") if isinstance(metadata, dict) else None
    yes_no = text_of(row, "yes_no")
    return Question(
        id=identifier,
        text=text,
        tag=tag[:60] if isinstance(tag, str) and tag else "untagged",
        relevant=relevant,
        spans=texts_of(row, "answers"),
        facts=texts_of(row, "facts"),
        yes_no=yes_no.lower() if yes_no and yes_no.lower() in ("yes", "no") else None,
        free_answer=text_of(row, "answer"),
        audiences=texts_of(metadata, "audiences") if isinstance(metadata, dict) and "audiences" in metadata else None,
    )


def _read_gold(path: Path) -> dict[str, tuple[str, ...]]:
    gold: dict[str, dict[str, None]] = {}
    for number, line in enumerate(read_bytes(path).decode("utf-8", "replace").splitlines(), 1):
        cells = line.split("\t")
        if (number == 1 and cells[:1] == ["query-id"]) or not line.strip():
            continue
        if len(cells) != 3 or not cells[2].strip().lstrip("-").isdigit():
            raise PilotError(DATA, f"{path.name}:{number}: needs query id, document id and a whole number, tab apart.")
        if int(cells[2]) > 0:
            gold.setdefault(cells[0], {})[cells[1]] = None
    return {query: tuple(ids) for query, ids in gold.items()}
