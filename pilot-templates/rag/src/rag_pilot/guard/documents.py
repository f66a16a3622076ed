"""Which of the found chunks carry something that reads like an instruction, and what becomes of them."""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Literal

from rag_pilot.guard.injection import Alarm, scan
from rag_pilot.retrieve import Found

# A chunk is read once; so many verdicts are remembered.
REMEMBERED = 50_000


@dataclass(frozen=True)
class Guarded:
    """`found` is what may be used; `flagged` are the ids of chunks that raised an alarm, used or not."""

    found: Found
    flagged: tuple[str, ...]


class DocumentGuard:
    """`off` reads nothing, `flag` marks a chunk and uses it as data all the same, `drop` does without it."""

    def __init__(self, mode: Literal["off", "flag", "drop"]) -> None:
        self._mode = mode
        self._alarms: OrderedDict[tuple[str, str], Alarm | None] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, found: Found) -> Guarded:
        if self._mode == "off":
            return Guarded(found, ())
        flagged = tuple(hit.chunk.id for hit in found.hits if self.alarm(hit.chunk.id, hit.chunk.indexed_text))
        if self._mode == "drop" and flagged:
            kept = tuple(hit for hit in found.hits if hit.chunk.id not in flagged)
            return Guarded(Found(kept, found.document_ids), flagged)
        return Guarded(found, flagged)

    def alarm(self, chunk_id: str, text: str) -> Alarm | None:
        key = (chunk_id, text)
        with self._lock:
            if key in self._alarms:
                return self._alarms[key]
        alarm = scan(text)
        with self._lock:
            self._alarms[key] = alarm
            while len(self._alarms) > REMEMBERED:
                self._alarms.popitem(last=False)
        return alarm
