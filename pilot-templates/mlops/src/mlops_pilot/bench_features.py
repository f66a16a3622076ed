"""Features by Polars and by pandas, on the same rows in the same run: seconds, peak memory, and that they agree.

Each runs in a process of its own, so that the peak is its own; reading the rows counts for neither.
"""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

from mlops_pilot.config import MlopsConfig, load_config
from mlops_pilot.errors import INTERNAL, PilotError

_SAMPLE = 20_000
# Rows of one entity in the same second: pandas counts only those before a row, the features here all of them.
_TIES = 1e-3


def make_rows(path: Path, rows: int, config: MlopsConfig, seed: int = 1) -> None:
    """Random rows over 120 days: a card has about 120 of them, a terminal about 700, 1 % are frauds."""
    draw, data = np.random.default_rng(seed), config.data
    seconds = np.sort(draw.integers(0, 120 * 86_400, rows))
    frame = pl.DataFrame(
        {
            data.key: np.arange(rows),
            data.time: (seconds * 1_000_000 + 1_700_000_000_000_000).astype("datetime64[us]"),
            data.entities[0]: draw.integers(0, max(1, rows // 120), rows, dtype=np.int32),
            data.entities[1]: draw.integers(0, max(1, rows // 700), rows, dtype=np.int32),
            str(data.amount): draw.gamma(2, 20, rows).round(2),
            data.label: (draw.random(rows) < 0.01).astype(np.int8),
        }
    )
    for column, values in data.categories.items():
        frame = frame.with_columns(pl.Series(column, np.array(values)[draw.integers(0, len(values), rows)]))
    frame.write_parquet(path)


def compare(rows: int, config_path: Path, folder: Path, say: Callable[[str], None]) -> dict[str, object]:
    """Ratio of the seconds (pandas over Polars) and of the peaks (Polars over pandas). Exit 70 when they disagree."""
    table = folder / "rows.parquet"
    make_rows(table, rows, load_config(config_path))
    found: dict[str, dict[str, float]] = {}
    for engine in ("polars", "pandas"):
        command = [sys.executable, "-m", "mlops_pilot.bench_features", engine, str(table), str(config_path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise PilotError(INTERNAL, f"{engine} ended with {done.returncode}: {done.stderr.strip()[-300:]}")
        found[engine] = json.loads(done.stdout)
        said = found[engine]
        say(f"{engine:7} {said['seconds']:8.1f} s  {said['cpuSeconds']:8.1f} CPU s  peak {said['peakMb']:8.0f} MB")
    left, right = (np.load(folder / f"{engine}.npy") for engine in ("polars", "pandas"))
    if np.mean(~np.isclose(left, right, rtol=1e-3, atol=1e-3)) > _TIES:
        raise PilotError(INTERNAL, "Polars and pandas disagree on the features; the comparison means nothing.")
    return {
        "rows": rows,
        **found,
        "timesFaster": found["pandas"]["seconds"] / found["polars"]["seconds"],
        "timesFasterCpu": found["pandas"]["cpuSeconds"] / found["polars"]["cpuSeconds"],
        "peakShare": found["polars"]["peakMb"] / found["pandas"]["peakMb"],
    }


def measure(engine: str, table: Path, config: MlopsConfig) -> dict[str, float]:
    if engine == "polars":
        from mlops_pilot.transform import build_features

        frame = pl.read_parquet(table)
        started, cpu = time.perf_counter(), time.process_time()
        built = build_features(frame.lazy(), config).collect()
        seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - cpu
        sample = built.drop("rowId", "eventTime", "entity", "label")[:: max(1, built.height // _SAMPLE)].to_numpy()
    else:
        import pandas as pd

        from mlops_pilot.pandas_features import pandas_features

        rows = pd.read_parquet(table)
        started, cpu = time.perf_counter(), time.process_time()
        made = pandas_features(rows, config)
        seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - cpu
        sample = made.iloc[:: max(1, len(made) // _SAMPLE)].to_numpy()
    np.save(table.with_name(f"{engine}.npy"), sample)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "cpuSeconds": cpu_seconds, "peakMb": peak}


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], Path(sys.argv[2]), load_config(Path(sys.argv[3])))))  # noqa: T201
