"""A forecast's bench: the networks beside Naive2 on every series."""

import time
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mlops_pilot.device import choose_device
from mlops_pilot.forecast import BATCH, MEMBERS, SEASON, STEPS, forecast, per_series
from mlops_pilot.measure_forecast import measure_naive2, measure_series
from mlops_pilot.project import Project
from mlops_pilot.read_data import read_series
from mlops_pilot.report import DataSummary, SeriesRecord, StageTiming, Training

if TYPE_CHECKING:
    from mlops_pilot.bench import Gathered, Say

# The layout has no days; positions are hours.
_FIRST = date(1970, 1, 1)


def bench_forecast(project: Project, gathered: "Gathered", say: "Say") -> None:
    """66 or 65 when the folder holds no series. One training: its rate has no bound."""
    config = project.config
    series = read_series(project.root / config.data.path)
    horizon, longest = series.test.shape[1], max(map(len, series.train))
    test_from = _FIRST + timedelta(days=-(-longest // 24))
    gathered.data = DataSummary(
        name=config.data.name,
        task=config.task,
        rows=len(series.ids),
        positives=None,
        trainFrom=_FIRST.isoformat(),
        trainTo=(test_from - timedelta(days=1)).isoformat(),
        testFrom=test_from.isoformat(),
        testTo=(test_from + timedelta(days=-(-horizon // 24) - 1)).isoformat(),
        snapshotSha256=None,
    )
    gathered.stage = "training"
    say("training", 0, 1, f"{len(series.ids)} series")
    wall, cpu = time.perf_counter(), time.process_time()
    device = choose_device(config.device)
    made = forecast(series.train, horizon, SEASON, seed=config.model.seed, device=device)
    wall_ms, cpu_ms = ((time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000)
    gathered.training = [Training(rows=BATCH * MEMBERS, epochs=STEPS, wallMs=round(wall_ms, 3))]
    gathered.stages = [
        StageTiming(name="train", side="model", calls=1, wallMs=round(wall_ms, 3), cpuMs=round(cpu_ms, 3))
    ]
    gathered.stage = "quality"
    own = measure_series(series.train, series.test, made, SEASON)
    benchmark = measure_naive2(series.train, series.test, SEASON)
    gathered.series = [SeriesRecord.model_validate(one) for one in per_series(series, own, benchmark)]
