"""What people say about answers: one line a word of theirs, appended and never changed."""

import json
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

MOST_BYTES = 64 * 1024 * 1024


class FeedbackFull(Exception):
    """The file has reached its limit; move it away to go on."""


class FeedbackLog:
    """`path` is made with the first line, readable for its owner only. `mask` takes personal data out of free text."""

    def __init__(self, path: Path, mask: Callable[[str], str], most_bytes: int = MOST_BYTES) -> None:
        self._path, self._mask, self._most_bytes = path, mask, most_bytes
        self._lock = threading.Lock()

    def append(self, answer_id: str, useful: bool, comment: str | None, question: str | None) -> None:
        record = {
            "at": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "answerId": answer_id,
            "useful": useful,
            "comment": None if comment is None else self._mask(comment),
            "question": None if question is None else self._mask(question),
        }
        line = (json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8", "replace")
        with self._lock:
            self._write(line)

    def _write(self, line: bytes) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        # One write in append mode: lines of two servers stand one after the other, never in each other.
        file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            if os.fstat(file).st_size + len(line) > self._most_bytes:
                raise FeedbackFull
            os.write(file, line)
            os.fsync(file)
        finally:
            os.close(file)
