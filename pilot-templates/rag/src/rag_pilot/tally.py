"""What happened to questions since the start, counted. Names are fixed, so that a dashboard does not break."""

import threading
from collections import Counter


class Tally:
    """Safe to use from many threads."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._usd = 0.0
        self._lock = threading.Lock()

    def add(self, name: str, count: int = 1) -> None:
        with self._lock:
            self._counts[name] += count

    def spend(self, usd: float) -> None:
        with self._lock:
            self._usd += usd

    def snapshot(self) -> dict[str, float]:
        """`answers`, `refused_<reason>`, `repairs`, `flagged_chunks`, `dropped_chunks`, `masked`, `model_calls`,
        `tokens_in`, `tokens_out`, `cache_hits`, `cache_misses` and `usd`, each when it happened at least once."""
        with self._lock:
            return {**dict(self._counts), "usd": self._usd}
