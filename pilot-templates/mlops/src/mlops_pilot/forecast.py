"""Forecasts of many series by networks that learn from all of them, and their judgement beside Naive2.

Settings were chosen on the last days of the training series, cut off as a test of our own; never on a test set.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
from torch import Tensor, nn

from mlops_pilot.bootstrap import Interval, bootstrap
from mlops_pilot.config import MlopsConfig
from mlops_pilot.device import choose_device
from mlops_pilot.errors import DATA, PilotError
from mlops_pilot.measure_forecast import SeriesErrors, mase_scales, measure_naive2, measure_series, owa
from mlops_pilot.naive import seasonal_naive
from mlops_pilot.network import Forecaster
from mlops_pilot.read_data import SeriesSet, read_series

# Two weeks of hours; shorter series get what they have, in whole seasons.
SEASON, LOOKBACK_SEASONS = 24, 14
HIDDEN, BLOCKS, STEPS, BATCH, LEARNING_RATE, WEIGHT_DECAY = 256, 3, 1000, 512, 0.002, 1e-4
# So many networks, each with its own seed, and the mean of their forecasts.
MEMBERS = 4
# An error of more than so many seasonal naive errors teaches nothing but that its series is odd.
_WORST_MASE = 50.0
REPEATS = 1000
Say = Callable[[str], None]


@dataclass(frozen=True)
class Windows:
    """Series side by side, right-aligned. `starts`: where each begins; `scales`: of MASE."""

    values: Tensor
    starts: np.ndarray
    scales: Tensor
    lookback: int
    horizon: int


def cut_windows(train: Sequence[np.ndarray], horizon: int, season: int) -> Windows:
    """Exit 65 when the shortest series has no room for one window and what follows it."""
    shortest, longest = min(map(len, train)), max(map(len, train))
    seasons = min(LOOKBACK_SEASONS, (shortest - horizon) // season)
    if seasons < 1:
        needed = season + horizon
        raise PilotError(DATA, f"the shortest series has {shortest} values; {needed} are needed to learn from it.")
    values = np.zeros((len(train), longest), dtype=np.float32)
    for row, series in enumerate(train):
        values[row, longest - len(series) :] = series
    starts = np.array([longest - len(series) for series in train])
    scales = torch.from_numpy(mase_scales(train, season).astype(np.float32))
    return Windows(torch.from_numpy(values), starts, scales, seasons * season, horizon)


def forecast(
    train: Sequence[np.ndarray],
    horizon: int,
    season: int,
    *,
    seed: int,
    device: torch.device,
    members: int = MEMBERS,
    steps: int = STEPS,
    hidden: int = HIDDEN,
    say: Say | None = None,
) -> np.ndarray:
    """float64 [series, horizon]: the mean of the members. Seasons are factors where every value is above zero."""
    windows = cut_windows(train, horizon, season)
    form: Literal["factor", "sum"] = "factor" if min(float(series.min()) for series in train) > 0 else "sum"
    made = []
    for index in range(members):
        started = time.perf_counter()
        network = train_member(windows, season, form, seed + index, device, steps, hidden)
        with torch.inference_mode():
            latest = windows.values[:, -windows.lookback :].to(device)
            made.append(network(latest).cpu().double().numpy())
        if say:
            say(f"network {index + 1} of {members} in {time.perf_counter() - started:.0f} s")
    return np.asarray(np.mean(made, axis=0))


def train_member(
    windows: Windows,
    season: int,
    form: Literal["factor", "sum"],
    seed: int,
    device: torch.device,
    steps: int,
    hidden: int,
) -> Forecaster:
    """Windows drawn from any series at any moment of its past; the loss is what OWA is made of. Exit 65 on nan."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    network: Forecaster = Forecaster(windows.lookback, windows.horizon, season, hidden, BLOCKS, form).to(device)
    optimizer = torch.optim.AdamW(network.parameters(), lr=LEARNING_RATE, weight_decay=WEIGHT_DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, LEARNING_RATE, total_steps=steps, pct_start=0.1)
    values, scales = windows.values.to(device), windows.scales.to(device)
    span = torch.arange(windows.lookback + windows.horizon, device=device)
    first, latest = windows.starts, windows.values.shape[1] - windows.lookback - windows.horizon
    for step in range(steps):
        rows = rng.integers(0, len(first), BATCH)
        starts = first[rows] + (rng.random(BATCH) * (latest - first[rows] + 1)).astype(np.int64)
        picked = torch.from_numpy(rows).to(device)
        window = values[picked[:, None], torch.from_numpy(starts).to(device)[:, None] + span]
        given, wanted = window[:, : windows.lookback], window[:, windows.lookback :]
        loss = _loss(network(given), wanted, scales[picked])
        if not torch.isfinite(loss):
            raise PilotError(DATA, f"the loss is {loss.item()} at step {step + 1} of a forecasting network; it stops.")
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
    network.eval()
    return network


def measure_forecast(
    folder: Path, config: MlopsConfig, say: Say, *, members: int = MEMBERS, steps: int = STEPS, hidden: int = HIDDEN
) -> dict[str, Any]:
    """Train on `folder`'s training series, judge on its test; the same figures of both naive forecasts beside it."""
    series = read_series(folder)
    horizon = series.test.shape[1]
    started = time.perf_counter()
    device = choose_device(config.device)
    made = forecast(
        series.train,
        horizon,
        SEASON,
        seed=config.model.seed,
        device=device,
        members=members,
        steps=steps,
        hidden=hidden,
        say=say,
    )
    seconds = time.perf_counter() - started
    benchmark = measure_naive2(series.train, series.test, SEASON)
    plain = np.stack([seasonal_naive(each, horizon, SEASON) for each in series.train])
    own = measure_series(series.train, series.test, made, SEASON)
    naive = measure_series(series.train, series.test, plain, SEASON)
    return {
        "series": len(series.ids),
        "horizon": horizon,
        "naive2": _facts(benchmark, benchmark),
        "seasonalNaive": _facts(naive, benchmark),
        "model": _facts(own, benchmark),
        "owaInterval": owa_interval(own, benchmark, config.model.seed).__dict__,
        "maseUnderSeasonalNaive": _difference(own, naive, config.model.seed).__dict__,
        "trainSeconds": seconds,
        "device": device.type,
    }


def owa_interval(errors: SeriesErrors, benchmark: SeriesErrors, seed: int) -> Interval:
    """A series is a cluster; Naive2's means are drawn along."""
    series = np.arange(len(errors.smape))
    return bootstrap(lambda weights: owa(errors, benchmark, weights), series, repeats=REPEATS, seed=seed)


def per_series(series: SeriesSet, errors: SeriesErrors, benchmark: SeriesErrors) -> list[dict[str, Any]]:
    """What a report holds, so that every mean can be recomputed."""
    columns = (errors.smape, errors.mase, benchmark.smape, benchmark.mase)
    names = ("smape", "mase", "smapeNaive2", "maseNaive2")
    return [
        {"id": name, **{key: float(value) for key, value in zip(names, row, strict=True)}}
        for name, *row in zip(series.ids, *columns, strict=True)
    ]


def _loss(made: Tensor, wanted: Tensor, scales: Tensor) -> Tensor:
    """sMAPE as a share of two, and MASE; both weigh about alike at the size of a good forecast."""
    error = (made - wanted).abs()
    size = (made.abs() + wanted.abs()).clamp(min=1e-6)
    relative = (2 * error / size).mean()
    scaled = (error.mean(1) / scales).clamp(max=_WORST_MASE).mean()
    # One tenth of sMAPE and a MASE of one and a third weigh the same, as Naive2's errors of hourly series do.
    return 5.4 * relative + 0.42 * scaled


def _difference(errors: SeriesErrors, other: SeriesErrors, seed: int) -> Interval:
    gap = other.mase - errors.mase
    return bootstrap(
        lambda weights: float(np.average(gap, weights=weights)), np.arange(len(gap)), repeats=REPEATS, seed=seed
    )


def _facts(errors: SeriesErrors, benchmark: SeriesErrors) -> dict[str, float]:
    return {"smape": float(errors.smape.mean()), "mase": float(errors.mase.mean()), "owa": owa(errors, benchmark)}
