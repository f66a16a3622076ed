"""Figures for Prometheus: the only module that knows its client. Names end in their unit; no label holds user text."""

from collections.abc import Iterator

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector

from rag_pilot.tally import Tally

# Seconds; the extractive answerer takes milliseconds, a language model seconds.
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
CONTENT_TYPE = CONTENT_TYPE_LATEST


class _Tallied(Collector):
    """What the answering side counts itself, read when Prometheus asks."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally

    def collect(self) -> Iterator[CounterMetricFamily]:
        counts = self._tally.snapshot()
        usd = CounterMetricFamily("pilot_spent_usd", "US dollars spent on the language model, at configured prices.")
        usd.add_metric([], counts.pop("usd", 0.0))
        yield usd
        told = CounterMetricFamily("pilot_events", "What happened to questions, by name.", labels=["event"])
        for name, count in sorted(counts.items()):
            told.add_metric([name], count)
        yield told


class Meters:
    """One registry a server, so that two in one process do not add up."""

    def __init__(self, documents: int, chunks: int, tally: Tally) -> None:
        # When a counter began is of no use here and doubles the lines.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = CollectorRegistry()
        self._registry.register(_Tallied(tally))
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
        self._first = Histogram(
            "pilot_first_words_seconds",
            "Until the first piece of a streamed answer, or the whole where nothing came before.",
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._open = Gauge("pilot_requests_open", "Requests being worked on.", registry=self._registry)
        self._feedback = Counter("pilot_feedback_total", "Words of users.", ["useful"], registry=self._registry)
        for name, about, value in (
            ("pilot_documents", "Documents in the index.", documents),
            ("pilot_chunks", "Chunks in the index.", chunks),
        ):
            Gauge(name, about, registry=self._registry).set(value)

    def begin(self) -> None:
        self._open.inc()

    def end(self, path: str, status: int, seconds: float) -> None:
        self._open.dec()
        self._requests.labels(path, str(status)).inc()
        self._seconds.labels(path).observe(seconds)

    def note_first_words(self, seconds: float) -> None:
        self._first.observe(seconds)

    def count_feedback(self, useful: bool) -> None:
        self._feedback.labels("yes" if useful else "no").inc()

    def expose(self) -> bytes:
        """Prometheus text format 0.0.4."""
        return generate_latest(self._registry)
