"""sMAPE, MASE and OWA as the M4 competition defined them: per series, then the mean over series."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mlops_pilot.errors import DATA, PilotError
from mlops_pilot.naive import naive2


@dataclass(frozen=True)
class SeriesErrors:
    """One value a series: `smape` in percent, `mase` as a multiple of the seasonal naive error in sample."""

    smape: np.ndarray
    mase: np.ndarray


def measure_series(train: Sequence[np.ndarray], actual: np.ndarray, forecast: np.ndarray, season: int) -> SeriesErrors:
    """`actual`, `forecast`: [series, horizon]. Exit 65 for a series that never changes from season to season."""
    error, size = np.abs(actual - forecast), np.abs(actual) + np.abs(forecast)
    # Both zero: nothing was missed.
    smape = 200 * np.divide(error, size, out=np.zeros_like(error), where=size > 0).mean(axis=1)
    return SeriesErrors(smape, error.mean(axis=1) / mase_scales(train, season))


def mase_scales(train: Sequence[np.ndarray], season: int) -> np.ndarray:
    """[series]: mean |y_t - y_(t - season)| in sample."""
    scales = np.array([np.abs(y[season:] - y[:-season]).mean() if len(y) > season else 0.0 for y in train])
    if (scales == 0).any():
        first = int(np.argmin(scales))
        raise PilotError(DATA, f"series {first + 1} never changes from one season to the next: it has no MASE.")
    return scales


def measure_naive2(train: Sequence[np.ndarray], actual: np.ndarray, season: int) -> SeriesErrors:
    horizon = actual.shape[1]
    return measure_series(train, actual, np.stack([naive2(y, horizon, season) for y in train]), season)


def owa(errors: SeriesErrors, benchmark: SeriesErrors, weights: np.ndarray | None = None) -> float:
    """Half of sMAPE over Naive2's, half of MASE over Naive2's, each of means over series. `weights`: [series]."""

    def mean(values: np.ndarray) -> float:
        return float(np.average(values, weights=weights))

    return (mean(errors.smape) / mean(benchmark.smape) + mean(errors.mase) / mean(benchmark.mase)) / 2
