"""Files of a data folder: found, unpacked within a limit, read line by line."""

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path

from rag_pilot.errors import DATA, NO_INPUT, PilotError

# 256 MiB unpacked per file: 100 documents need far less, and a bomb must not fill the memory.
MAX_FILE_BYTES = 256 * 1024 * 1024


class Unusable(Exception):
    """A file that is left out while the others are read; the text says why."""


def has_file(folder: Path, stem: str) -> bool:
    """Whether the folder has this file, plain or gzipped."""
    return any((folder / name).is_file() for name in (stem, f"{stem}.gz"))


def find_file(folder: Path, stem: str) -> Path:
    if not folder.is_dir():
        raise PilotError(NO_INPUT, f"{folder}: no such folder; data.path or --data must name one with the documents.")
    for name in (stem, f"{stem}.gz"):
        if (folder / name).is_file():
            return folder / name
    raise PilotError(NO_INPUT, f"{folder}: {stem} or {stem}.gz is missing.")


def read_bytes(path: Path) -> bytes:
    """The unpacked content; exit 65 when it is too large or cannot be unpacked."""
    try:
        if path.suffix != ".gz" and path.stat().st_size > MAX_FILE_BYTES:
            raise PilotError(DATA, _too_large(path))
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            content = stream.read(MAX_FILE_BYTES + 1)
    except (OSError, EOFError, zlib.error) as cause:
        raise PilotError(DATA, f"{path}: cannot be read or unpacked ({type(cause).__name__}).") from cause
    if len(content) > MAX_FILE_BYTES:
        raise PilotError(DATA, _too_large(path))
    return content


def _too_large(path: Path) -> str:
    return f"{path}: more than {MAX_FILE_BYTES // 2**20} MiB unpacked; split it."


def read_rows(path: Path) -> Iterator[tuple[int, dict[str, object]]]:
    """(line, object) of a JSONL file, lines from 1; exit 65 naming the line that is none."""
    try:
        text = read_bytes(path).decode("utf-8")
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
        except RecursionError as cause:
            raise PilotError(DATA, f"{path.name}:{number}: nested too deep.") from cause
        if not isinstance(row, dict):
            raise PilotError(DATA, f"{path.name}:{number}: must be an object.")
        yield number, row


def text_of(row: dict[str, object], key: str) -> str | None:
    value = row.get(key)
    return value if isinstance(value, str) else None


def texts_of(row: dict[str, object], key: str) -> tuple[str, ...]:
    value = row.get(key)
    return tuple(str(item) for item in value if isinstance(item, str | int | float)) if isinstance(value, list) else ()
