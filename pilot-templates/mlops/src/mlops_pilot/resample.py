"""The app's seeded resampling, number for number: groups are drawn again as wholes."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

RESAMPLES = 2_000


@dataclass(frozen=True)
class Bounds:
    """Each one-sided."""

    low: float
    high: float


def draw_seeded(seed: int, first: int, count: int) -> np.ndarray:
    """Numbers `first` to `first + count - 1` of the stream mulberry32 (Tommy Ettinger, 2017), uint32 [count]."""
    with np.errstate(over="ignore"):
        at = np.arange(first + 1, first + count + 1, dtype=np.uint64)
        state = (np.uint64(seed & 0xFFFFFFFF) + at * np.uint64(0x6D2B79F5)).astype(np.uint32)
        mixed = (state ^ (state >> np.uint32(15))) * (state | np.uint32(1))
        mixed = (mixed + (mixed ^ (mixed >> np.uint32(7))) * (mixed | np.uint32(61))) ^ mixed
        drawn: np.ndarray = mixed ^ (mixed >> np.uint32(14))
    return drawn


def resample(figure: Callable[[np.ndarray], float], groups: int, *, seed: int, alpha: float) -> Bounds | None:
    """Percentile bounds of `figure`, which is told how often each group was drawn [groups].

    None under two groups, or when a draw has no figure (for instance no positive).
    """
    if groups < 2:
        return None
    drawn = np.empty(RESAMPLES)
    for at in range(RESAMPLES):
        numbers = draw_seeded(seed, at * groups, groups)
        picked = np.floor(numbers / 4_294_967_296 * groups).astype(np.int64)
        drawn[at] = figure(np.bincount(picked, minlength=groups))
    if not np.isfinite(drawn).all():
        return None
    drawn.sort()
    rank = int(np.floor(alpha * (RESAMPLES + 1)))
    low, high = max(0, rank - 1), min(RESAMPLES - 1, RESAMPLES - rank)
    return Bounds(float(drawn[low]), float(drawn[high]))
