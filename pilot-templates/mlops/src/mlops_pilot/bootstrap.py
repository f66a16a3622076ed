"""Intervals by drawing whole clusters again: rows of one card go together, so they are drawn together."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

# A statistic of all rows, given how often each row was drawn.
Statistic = Callable[[np.ndarray], float]


@dataclass(frozen=True)
class Interval:
    """`value` of all rows, and the two-sided percentile interval of `confidence` around it."""

    value: float
    low: float
    high: float
    confidence: float
    repeats: int


def bootstrap(
    statistic: Statistic, clusters: np.ndarray, *, repeats: int = 1000, seed: int = 0, confidence: float = 0.95
) -> Interval:
    """`clusters`: [rows], any values. A draw for which the statistic is not a number (no positives) is left out."""
    _, codes = np.unique(clusters, return_inverse=True)
    count = int(codes.max()) + 1
    rng = np.random.default_rng(seed)
    drawn = np.empty(repeats)
    for repeat in range(repeats):
        times = np.bincount(rng.integers(0, count, count), minlength=count)
        drawn[repeat] = statistic(times[codes])
    kept = drawn[np.isfinite(drawn)]
    value = statistic(np.ones(len(codes), dtype=np.int64))
    if kept.size == 0:
        return Interval(value, float("nan"), float("nan"), confidence, repeats)
    tail = (1 - confidence) / 2
    low, high = np.quantile(kept, [tail, 1 - tail])
    return Interval(value, float(low), float(high), confidence, repeats)
