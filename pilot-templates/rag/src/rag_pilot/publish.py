"""Folders that appear whole: built beside, hashed, moved into place. No lock, so a dead process leaves none behind."""

import contextlib
import errno
import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from rag_pilot.errors import DATA, PilotError

PIECE = 1 << 20


def publish(fresh: Path, folder: Path, replace: bool = False) -> bool:
    """Move `fresh` to `folder`; False when another process was first, whose folder then stays.

    Both were built from the same inputs, so either is right. With `replace` the one that stands there goes.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    while True:
        try:
            os.rename(fresh, folder)
            return True
        except OSError as cause:
            if cause.errno not in (errno.ENOTEMPTY, errno.EEXIST):
                raise
        if not replace:
            discard(fresh)
            return False
        trash = Path(tempfile.mkdtemp(dir=folder.parent, prefix="old-"))
        # Gone already when another process replaces it too.
        with contextlib.suppress(FileNotFoundError):
            os.rename(folder, trash / "index")
        discard(trash)


def discard(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)


def file_sha256(path: Path) -> str | None:
    """None when it cannot be read."""
    total = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while piece := stream.read(PIECE):
                total.update(piece)
    except OSError:
        return None
    return total.hexdigest()


def read_record(path: Path) -> dict[str, Any]:
    """A JSON object of our own; 65 when it is damaged."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as cause:
        raise PilotError(DATA, f"index {path.parent.name}/{path.name}: damaged; run pilot setup.") from cause
    if not isinstance(value, dict):
        raise PilotError(DATA, f"index {path.parent.name}/{path.name}: damaged; run pilot setup.")
    return value
