"""Figures for Prometheus: the only module that knows its client. Names end in their unit; no label holds a row."""

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)

# Seconds; a single score takes milliseconds, a full batch a second.
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0)
_SCORES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
CONTENT_TYPE = CONTENT_TYPE_LATEST


class Meters:
    """One registry a server, so that two in one process do not add up."""

    def __init__(self) -> None:
        # When a counter began is of no use here and doubles the lines.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "pilot_requests_total", "Requests by path and status.", ["path", "status"], registry=self._registry
        )
        self._seconds = Histogram(
            "pilot_request_seconds",
            "From the last byte of the request to the last byte of the answer.",
            ["path"],
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._open = Gauge("pilot_requests_open", "Requests being worked on.", registry=self._registry)
        self._scores = Histogram(
            "pilot_score_share", "Scores that were given out.", buckets=_SCORES, registry=self._registry
        )
        self._champion = Gauge(
            "pilot_champion_info", "1 for the version that serves.", ["version"], registry=self._registry
        )
        self._history = Gauge(
            "pilot_history_end_seconds", "Unix time of the end of the newest day known here.", registry=self._registry
        )

    def begin(self) -> None:
        self._open.inc()

    def end(self, path: str, status: int, seconds: float) -> None:
        self._open.dec()
        self._requests.labels(path, str(status)).inc()
        self._seconds.labels(path).observe(seconds)

    def note_scores(self, scores: list[float]) -> None:
        for score in scores:
            self._scores.observe(score)

    def note_champion(self, version: str, history_end: float) -> None:
        """The version that left shows no more."""
        self._champion.clear()
        self._champion.labels(version).set(1)
        self._history.set(history_end)

    def expose(self) -> bytes:
        """Prometheus text format 0.0.4."""
        return generate_latest(self._registry)
