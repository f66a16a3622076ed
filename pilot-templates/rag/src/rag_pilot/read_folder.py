"""A folder of Markdown, HTML, text and PDF pages: each file is a document, its path below the folder is its id.

Links are not followed and files whose name begins with a dot are not read. `metadata.jsonl` beside the pages may say
more about one: `{"_id": "guide/returns.md", "title": "...", "metadata": {"audiences": ["staff"]}}`.
"""

import hashlib
import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rag_pilot.decode_text import decode_text
from rag_pilot.documents import Corpus, Document, Failure, Maker
from rag_pilot.errors import DATA, PilotError
from rag_pilot.read_files import Unusable, find_file, has_file, read_rows, text_of
from rag_pilot.read_html import declared_charset, read_html
from rag_pilot.read_pdf import read_pdf

# A page of text is a few kB and a manual as PDF a few MB: 64 MiB is a mistake or an attack.
MAX_PAGE_BYTES = 64 * 1024 * 1024
SUFFIXES = frozenset({".md", ".markdown", ".html", ".htm", ".txt", ".text", ".pdf"})
METADATA = "metadata.jsonl"
_FIRST_HEADING = re.compile(r"^#[ \t]+(.+?)[ \t#]*$", re.MULTILINE)
# What a reader of the page does not see must not answer for it.
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass
class _Reading:
    """`guessed`: pages whose encoding was not said and is not UTF-8."""

    maker: Maker = field(default_factory=Maker)
    guessed: int = 0


def read_pages(folder: Path) -> Corpus:
    """Every usable page, sorted by id; the others are listed by file with a reason. 65 when none is usable."""
    described, reading = _read_metadata(folder), _Reading()
    documents, failures = [], []
    for name, path in _walk(folder):
        outcome = _read_page(name, path, described.pop(name, {}), reading)
        if isinstance(outcome, Document):
            documents.append(outcome)
        else:
            failures.append(Failure(_shown(name), None, None, outcome))
    failures += [Failure(METADATA, None, _shown(name), "no page has this name") for name in described]
    if not documents:
        raise PilotError(DATA, _nothing_usable(folder, failures))
    ordered = tuple(sorted(documents, key=lambda item: item.id))
    return Corpus(ordered, tuple(failures), reading.maker.removed, reading.guessed)


def hash_pages(folder: Path) -> dict[str, str]:
    """The hash of every page's bytes by its name, and of what is said about the pages. Too large a page: its size."""
    hashes = {}
    for name, path in _walk(folder):
        hashes[_shown(name)] = _hash_file(path)
    if has_file(folder, METADATA):
        hashes[METADATA] = _hash_file(find_file(folder, METADATA))
    return hashes


def _walk(folder: Path) -> Iterator[tuple[str, Path]]:
    """(path below the folder with "/", path) of every page file, in an order that every file system agrees on."""
    found = []
    for parent, folders, files in os.walk(folder, followlinks=False):
        folders[:] = [name for name in folders if not name.startswith(".")]
        # A link to a folder is listed among the folders and never entered.
        links = [name for name in folders if Path(parent, name).is_symlink()]
        pages = [name for name in files if Path(name).suffix.lower() in SUFFIXES and not name.startswith(".")]
        for path in (Path(parent, name) for name in links + pages):
            found.append((unicodedata.normalize("NFC", path.relative_to(folder).as_posix()), path))
    return iter(sorted(found, key=lambda item: (item[0], str(item[1]))))


def _read_page(name: str, path: Path, said: dict[str, object], reading: _Reading) -> Document | str:
    # A name that is not text cannot be printed, stored or cited.
    if not name.isprintable():
        return "the file name has control or invisible characters"
    try:
        content = _read_content(path)
        title, text = _READERS[path.suffix.lower()](content, reading)
    except Unusable as cause:
        return str(cause)
    return reading.maker.make(name, text_of(said, "title") or title or path.stem, text, said.get("metadata"))


def _read_content(path: Path) -> bytes:
    if path.is_symlink():
        raise Unusable("a link; links are not followed")
    try:
        size = path.stat().st_size
        if size > MAX_PAGE_BYTES:
            raise Unusable(f"{size / 2**20:,.0f} MiB; the limit is {MAX_PAGE_BYTES // 2**20} MiB")
        return path.read_bytes()
    except OSError as cause:
        raise Unusable(f"cannot be read ({type(cause).__name__})") from cause


def _read_markdown(content: bytes, reading: _Reading) -> tuple[str, str]:
    text = _COMMENT.sub("", _decode(content, None, reading))
    heading = _FIRST_HEADING.search(text)
    return (heading[1] if heading else ""), text


def _read_plain(content: bytes, reading: _Reading) -> tuple[str, str]:
    return "", _decode(content, None, reading)


def _read_html(content: bytes, reading: _Reading) -> tuple[str, str]:
    return read_html(_decode(content, declared_charset(content), reading))


def _read_pdf(content: bytes, _: _Reading) -> tuple[str, str]:
    return read_pdf(content)


_READERS: dict[str, Callable[[bytes, _Reading], tuple[str, str]]] = {
    ".md": _read_markdown,
    ".markdown": _read_markdown,
    ".html": _read_html,
    ".htm": _read_html,
    ".txt": _read_plain,
    ".text": _read_plain,
    ".pdf": _read_pdf,
}


def _decode(content: bytes, declared: str | None, reading: _Reading) -> str:
    text, guessed = decode_text(content, declared)
    reading.guessed += guessed
    return text


def _read_metadata(folder: Path) -> dict[str, dict[str, object]]:
    """What is said about each page, by its name. Exit 65 when a line cannot be read: a guess could show too much."""
    if not has_file(folder, METADATA):
        return {}
    path = find_file(folder, METADATA)
    described: dict[str, dict[str, object]] = {}
    for line, row in read_rows(path):
        name = unicodedata.normalize("NFC", text_of(row, "_id") or "")
        if not name or name in described:
            said = "an _id is needed" if not name else f"the id {name!r} stands twice"
            raise PilotError(DATA, f"{path.name}:{line}: {said}.")
        described[name] = row
    return described


def _hash_file(path: Path) -> str:
    if path.is_symlink() or not path.is_file():
        return "not read"
    size = path.stat().st_size
    return f"{size} bytes" if size > MAX_PAGE_BYTES else hashlib.sha256(path.read_bytes()).hexdigest()


def _nothing_usable(folder: Path, failures: list[Failure]) -> str:
    if not failures:
        kinds = ", ".join(sorted(SUFFIXES))
        return f"{folder}: 0 documents: neither a corpus.jsonl nor a page ({kinds})."
    first = failures[0]
    return f"{folder}: 0 usable documents, {len(failures)} left out; the first: {first.place}: {first.reason}."


def _shown(name: str) -> str:
    """A file name as one printable line."""
    return name if name.isprintable() else name.encode("unicode_escape", "backslashreplace").decode("ascii")
