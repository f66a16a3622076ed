"""Where the pilot keeps its state: one folder, `.pilot/` beside pilot.json, that may be deleted to start anew."""

import contextlib
import errno
import fcntl
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mlops_pilot.errors import BUSY, DISK, PilotError


@dataclass(frozen=True)
class Workdir:
    """Paths only; a folder is made by whoever writes into it. `day` is YYYY-MM-DD."""

    state: Path

    @property
    def source_database(self) -> Path:
        return self.state / "source.db"

    def snapshot(self, day: str) -> Path:
        return self.state / "snapshots" / f"{day}.parquet"

    def snapshot_record(self, day: str) -> Path:
        return self.state / "snapshots" / f"{day}.json"

    def features(self, day: str) -> Path:
        return self.state / "features" / f"{day}.parquet"

    def scores(self, day: str) -> Path:
        return self.state / "scores" / f"{day}.parquet"

    def day_record(self, day: str) -> Path:
        return self.state / "days" / f"{day}.json"

    @property
    def tracking_database(self) -> Path:
        return self.state / "mlflow.db"

    @property
    def models(self) -> Path:
        return self.state / "models"

    @property
    def events(self) -> Path:
        return self.state / "events"

    @property
    def alerts(self) -> Path:
        return self.state / "alerts"

    @property
    def report(self) -> Path:
        return self.state / "report"


@contextlib.contextmanager
def write_whole(path: Path) -> Iterator[Path]:
    """A temporary path beside `path` that takes its place when the block ends well: a reader sees all or nothing.

    Exit 74 when the disk is full or the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        os.close(handle)
    except OSError as cause:
        raise _said(path, cause) from cause
    draft = Path(name)
    try:
        yield draft
        # Readable as any other file, not only by its owner, as mkstemp leaves it.
        draft.chmod(0o644)
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.replace(path)
    except OSError as cause:
        raise _said(path, cause) from cause
    finally:
        draft.unlink(missing_ok=True)


@contextlib.contextmanager
def lock(work: "Workdir", name: str, patience_seconds: float = 600) -> Iterator[None]:
    """One process at a time: a day's step and a repeated one must not meet. Exit 75 after waiting in vain.

    The system lets go of it when the process ends, however it ends.
    """
    path = work.state / f"{name}.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = path.open("a")
    except OSError as cause:
        raise _said(path, cause) from cause
    with handle:
        until = time.monotonic() + patience_seconds
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise PilotError(BUSY, f"another run is at work in {work.state}; try again later.") from None
                time.sleep(0.1)
        yield


def write_text(path: Path, text: str) -> None:
    with write_whole(path) as draft:
        draft.write_text(text, encoding="utf-8", newline="\n")


def _said(path: Path, cause: OSError) -> PilotError:
    why = "the disk is full" if cause.errno == errno.ENOSPC else (cause.strerror or type(cause).__name__)
    return PilotError(DISK, f"{path}: cannot be written: {why}; what was there before is untouched.")
