"""The figures of a report, each from the raw records alone. The app computes them again and refuses another value."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

import numpy as np

from mlops_pilot.config import MetricName, MlopsConfig
from mlops_pilot.evaluate import average_precision, entity_precision, recall_at_budget
from mlops_pilot.measure_forecast import SeriesErrors, owa
from mlops_pilot.report import Batch, Metric, RequestRecord, ScoreRecord, SeriesRecord, Training

# So many alerts a day somebody can look at, as the published figures of card data count them.
ALERTED_ENTITIES = 100


@dataclass(frozen=True)
class Records:
    scores: Sequence[ScoreRecord] = ()
    series: Sequence[SeriesRecord] = ()
    requests: Sequence[RequestRecord] = ()
    batches: Sequence[Batch] = ()
    training: Sequence[Training] = ()


@dataclass(frozen=True)
class ScoreColumns:
    """`labels` and `scores` [rows]; days and entities as they are drawn again."""

    labels: np.ndarray
    scores: np.ndarray
    days: np.ndarray
    entities: np.ndarray


Figure = tuple[float | None, int | None]


def compute_metrics(config: MlopsConfig, records: Records) -> list[Metric]:
    """Those of the task, then those of speed and cost."""
    columns, budget = columns_of(records.scores), config.alerts.budgetPerDay
    days = len(np.unique(columns.days))
    positives = int(columns.labels.sum())
    p95 = nearest_rank([latency_ms(request) for request in records.requests], 95)
    own, benchmark = errors_of(records.series)
    count = len(records.series)

    def of_series(figure: Callable[[], float]) -> Figure:
        return (figure() if count else None, count)

    quality: list[Metric]
    if config.task == "classification":
        quality = [
            _metric(
                "averagePrecision",
                (_finite(average_precision(columns.labels, columns.scores)), len(records.scores)),
                "share",
                "higher",
                "step-wise area under precision over recall of the held-out rows; equal scores are one step",
            ),
            _metric(
                "recallAtBudget",
                (_finite(recall_at_budget(columns.labels, columns.scores, columns.days, budget)), positives),
                "share",
                "higher",
                f"positives among the {budget} highest rows of each day / all positives; equal scores share places",
            ),
            _metric(
                "cardPrecisionAt100",
                (_finite(_entity_precision(columns)), days),
                "share",
                "higher",
                "mean over days of positives among the 100 highest entities / 100; one that was found counts no more",
            ),
        ]
    else:
        quality = [
            _metric("owa", _owa(own, benchmark, count), "ratio", "lower", "half sMAPE and half MASE over Naive2's"),
            _metric("smape", of_series(lambda: float(own.smape.mean())), "percent", "lower", "mean over series, M4's"),
            _metric("mase", of_series(lambda: float(own.mase.mean())), "ratio", "lower", "mean over series, M4's"),
        ]
    return [
        *quality,
        _metric(
            "p95Ms",
            (_finite(p95), len(records.requests)),
            "ms",
            "lower",
            "nearest-rank percentile of done minus scheduled arrival, all runs pooled, a missing answer is infinite",
        ),
        _metric(
            "batchRowsPerSecond",
            _median(batch_rates(records.batches)),
            "rows/s",
            "higher",
            "median over batches; building the features and scoring them",
        ),
        _metric(
            "trainRowsPerSecond",
            _median(train_rates(records.training)),
            "rows/s",
            "higher",
            "median over trainings of rows x epochs / seconds, from the frame to the model folder",
        ),
        _metric("costPerRunUsd", (None, None), "usd", "lower", "no price is in the configuration"),
        _metric("costPer1kScoresUsd", (None, None), "usd", "lower", "no price is in the configuration"),
    ]


def columns_of(scores: Sequence[ScoreRecord]) -> ScoreColumns:
    return ScoreColumns(
        np.array([record.label for record in scores], dtype=np.int64),
        np.array([record.score for record in scores], dtype=np.float64),
        np.array([record.day for record in scores], dtype=str),
        np.array([record.entity for record in scores], dtype=object),
    )


def errors_of(series: Sequence[SeriesRecord]) -> tuple[SeriesErrors, SeriesErrors]:
    """(the model's, Naive2's)."""

    def column(name: str) -> np.ndarray:
        return np.array([getattr(record, name) for record in series], dtype=np.float64)

    return SeriesErrors(column("smape"), column("mase")), SeriesErrors(column("smapeNaive2"), column("maseNaive2"))


def batch_rates(batches: Sequence[Batch]) -> list[float]:
    return [batch.rows * 1000 / batch.wallMs for batch in batches]


def train_rates(training: Sequence[Training]) -> list[float]:
    return [one.rows * one.epochs * 1000 / one.wallMs for one in training]


def latency_ms(request: RequestRecord) -> float:
    """From the scheduled arrival, not from the send; infinite without a complete answer."""
    return request.doneMs - request.scheduledMs if request.status == "ok" and request.doneMs is not None else math.inf


def nearest_rank(values: Sequence[float], percent: int) -> float | None:
    """The smallest value with at least `percent` per cent of the sample at or under it."""
    ordered = sorted(values)
    return ordered[max(1, -(-percent * len(ordered) // 100)) - 1] if ordered else None


def _entity_precision(columns: ScoreColumns) -> float:
    if not len(columns.labels):
        return math.nan
    return entity_precision(columns.labels, columns.scores, columns.days, columns.entities, ALERTED_ENTITIES)


def _owa(own: SeriesErrors, benchmark: SeriesErrors, count: int) -> Figure:
    scaled = count and benchmark.smape.mean() > 0 and benchmark.mase.mean() > 0
    return (owa(own, benchmark) if scaled else None, count)


def _median(rates: list[float]) -> Figure:
    return (median(rates) if rates else None, len(rates))


def _finite(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)


def _metric(
    name: MetricName,
    figure: Figure,
    unit: Literal["share", "percent", "ratio", "ms", "rows/s", "usd"],
    direction: Literal["higher", "lower"],
    method: str,
) -> Metric:
    value, out_of = figure
    return Metric(name=name, value=value, unit=unit, direction=direction, outOf=out_of, method=method)
