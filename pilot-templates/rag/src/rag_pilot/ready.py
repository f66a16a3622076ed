"""Whether the pilot can really answer: the device is there and the store finds something."""

import threading
import time
from collections.abc import Callable

from rag_pilot.device import read_device
from rag_pilot.pilot import Pilot

# A probe every few seconds by several parties must not become load.
KEPT_SECONDS = 2.0


class Readiness:
    """`check` runs a real search, so that a store that went away shows here and not in an answer."""

    def __init__(self, pilot: Pilot, clock: Callable[[], float] = time.monotonic) -> None:
        self._pilot, self._clock = pilot, clock
        self._lock = threading.Lock()
        self._good_until = float("-inf")

    def check(self) -> None:
        """Raises what the search raises."""
        with self._lock:
            if self._clock() < self._good_until:
                return
            read_device(self._pilot.config.device)
            self._pilot.library.retriever.retrieve("ready")
            self._good_until = self._clock() + KEPT_SECONDS
