"""Documents to chunks: the same text and settings give the same chunks, ids, offsets and hashes."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from rag_pilot.documents import Document
from rag_pilot.words import sentence_spans


@dataclass(frozen=True)
class Chunk:
    """`text` is exactly `document.text[start:end]`; the id is `<document id>#<n>`, n counted from 0.

    `audiences`: who may read it, as of its document; None is everyone, an empty tuple is nobody.
    """

    id: str
    document_id: str
    title: str
    start: int
    end: int
    text: str
    audiences: tuple[str, ...] | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()

    @property
    def indexed_text(self) -> str:
        """What search sees. The title often names the thing that the text calls "it"."""
        return f"{self.title}\n{self.text}" if self.title else self.text


def chunk_documents(documents: Iterable[Document], characters: int, overlap: int) -> list[Chunk]:
    return [chunk for document in documents for chunk in chunk_document(document, characters, overlap)]


def chunk_document(document: Document, characters: int, overlap: int) -> list[Chunk]:
    """Whole sentences up to `characters`; the last ones, up to `overlap` characters, open the next chunk too."""
    chunks: list[Chunk] = []
    for start, end in _windows(_pieces(document.text, characters), characters, overlap):
        identifier = f"{document.id}#{len(chunks)}"
        text = document.text[start:end]
        chunks.append(Chunk(identifier, document.id, document.title, start, end, text, document.audiences))
    return chunks


def _pieces(text: str, characters: int) -> list[tuple[int, int]]:
    """Sentences; one that is longer than a chunk is cut at a blank."""
    pieces: list[tuple[int, int]] = []
    for begin, end in sentence_spans(text):
        start = begin
        while end - start > characters:
            blank = text.rfind(" ", start + 1, start + characters)
            cut = blank if blank > start else start + characters
            pieces.append((start, cut))
            start = cut
            while start < end and text[start].isspace():
                start += 1
        if start < end:
            pieces.append((start, end))
    return pieces


def _windows(pieces: list[tuple[int, int]], characters: int, overlap: int) -> list[tuple[int, int]]:
    windows: list[tuple[int, int]] = []
    first = 0
    while first < len(pieces):
        last = first
        while last + 1 < len(pieces) and pieces[last + 1][1] - pieces[first][0] <= characters:
            last += 1
        windows.append((pieces[first][0], pieces[last][1]))
        if last + 1 == len(pieces):
            break
        following = last + 1
        # Step back over whole sentences while they fit in the overlap; always move on by at least one.
        while following - 1 > first and pieces[last][1] - pieces[following - 1][0] <= overlap:
            following -= 1
        # A repeated opening must leave room for something new.
        while following <= last and pieces[last + 1][1] - pieces[following][0] > characters:
            following += 1
        first = following
    return windows
