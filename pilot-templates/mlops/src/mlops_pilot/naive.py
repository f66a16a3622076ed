"""The two forecasts that every other has to beat: seasonal naive, and Naive2 as the M4 competition defined it."""

import numpy as np

# The competition's test for a season: 90 % limits around no autocorrelation, and at least three seasons to see it in.
_CRITICAL = 1.645
_LEAST_SEASONS = 3


def seasonal_naive(series: np.ndarray, horizon: int, season: int) -> np.ndarray:
    """The last season again and again. `series`: float64 [time], oldest first."""
    last = series[-season:] if len(series) >= season else series[-1:]
    return np.resize(last, horizon)


def naive2(series: np.ndarray, horizon: int, season: int) -> np.ndarray:
    """The last value, after a classical multiplicative season was taken out of the series and put back on."""
    if not is_seasonal(series, season):
        return np.repeat(series[-1], horizon)
    factors = seasonal_factors(series, season)
    length = len(series)
    level = series[-1] / factors[(length - 1) % season]
    return np.asarray(level * factors[np.arange(length, length + horizon) % season])


def is_seasonal(series: np.ndarray, season: int) -> bool:
    length = len(series)
    if season < 2 or length < _LEAST_SEASONS * season or series.min() <= 0:
        return False
    centred = series - series.mean()
    power = float(centred @ centred)
    if power == 0:
        return False
    lags = np.array([float(centred[lag:] @ centred[:-lag]) for lag in range(1, season + 1)]) / power
    limit = _CRITICAL / np.sqrt(length) * np.sqrt(1 + 2 * float((lags[:-1] ** 2).sum()))
    return bool(abs(lags[-1]) > limit)


def seasonal_factors(series: np.ndarray, season: int) -> np.ndarray:
    """[season] factors with mean 1: the mean of value over centred moving average at each position of the season."""
    weights = np.ones(season if season % 2 else season + 1)
    if season % 2 == 0:
        weights[0] = weights[-1] = 0.5
    trend = np.convolve(series, weights / season, "valid")
    edge = len(weights) // 2
    positions = np.arange(edge, edge + len(trend)) % season
    ratio = series[edge : edge + len(trend)] / trend
    factors = np.bincount(positions, ratio, season) / np.bincount(positions, minlength=season)
    return np.asarray(factors / factors.mean())
