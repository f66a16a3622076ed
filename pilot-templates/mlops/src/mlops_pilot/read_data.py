"""`--data DIR`: a table of one's own by the columns of pilot.json, or a public set whose columns are known here."""

import csv
import gzip
import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
import polars as pl

from mlops_pilot.config import Data, MlopsConfig
from mlops_pilot.errors import DATA, NO_INPUT, PilotError
from mlops_pilot.parse_rows import as_text, parse_strictly
from mlops_pilot.public_sets import ADULT_COLUMNS, CARD_COLUMNS, CLAIM_COLUMNS, adapt_adult, adapt_cards, adapt_claims

Adapter = Callable[[pl.DataFrame, MlopsConfig], tuple[pl.DataFrame, MlopsConfig]]
# A set is recognised by the columns that it has; the first that fits.
_ADAPTERS: tuple[tuple[frozenset[str], Adapter], ...] = (
    (CARD_COLUMNS, adapt_cards),
    (CLAIM_COLUMNS, adapt_claims),
    (ADULT_COLUMNS, adapt_adult),
)
_TABLES = ("*.csv", "*.csv.gz", "*.parquet")
_SERIES = ("train.csv", "train.csv.gz")


@dataclass(frozen=True)
class Dataset:
    """`raw`: every value as text, null where nothing stands. `config`: its `data` section fits these columns."""

    raw: pl.DataFrame
    config: MlopsConfig

    def typed(self) -> pl.DataFrame:
        """See `parse_rows.parse_strictly`."""
        return parse_strictly(self.raw, self.config.data)


@dataclass(frozen=True)
class SeriesSet:
    """Series in the order of the file. `test`: [series, horizon]; `train`: one array a series, of its own length."""

    ids: list[str]
    train: list[np.ndarray]
    test: np.ndarray


def read_data(folder: Path, config: MlopsConfig) -> Dataset:
    """The one table of `folder`. Exit 66 when there is none, 65 when there are several or a column is missing."""
    path = _find_table(folder, config)
    raw = _read_table(path)
    if raw.height == 0:
        raise PilotError(DATA, f"{path.name} holds no rows.")
    for columns, adapt in _ADAPTERS:
        if columns <= set(raw.columns):
            raw, adapted = adapt(raw, config)
            return Dataset(raw, adapted)
    _require_columns(raw, config.data, path)
    return Dataset(raw, config)


def read_series(folder: Path) -> SeriesSet:
    """`train.csv[.gz]` and `test.csv[.gz]`: a row is an id and its values; shorter rows may be padded with nothing."""
    train, test = _read_rows(folder, "train"), _read_rows(folder, "test")
    if list(train) != list(test):
        strange = next(iter(set(train) ^ set(test)), "their order differs")
        raise PilotError(DATA, f"{folder}: train and test must hold the same series in the same order ({strange}).")
    horizons = {len(values) for values in test.values()}
    if len(horizons) != 1:
        raise PilotError(DATA, f"{folder}: every series of test needs the same number of values, found {horizons}.")
    return SeriesSet(list(train), list(train.values()), np.stack(list(test.values())))


def holds_series(folder: Path) -> bool:
    return any((folder / name).is_file() for name in _SERIES)


def _find_table(folder: Path, config: MlopsConfig) -> Path:
    if not folder.is_dir():
        raise PilotError(NO_INPUT, f"{folder} is not a folder.")
    found = sorted(path for pattern in _TABLES for path in folder.glob(pattern))
    if not found:
        raise PilotError(NO_INPUT, f"{folder} holds no .csv, .csv.gz or .parquet file.")
    named = [path for path in found if path.name.split(".")[0] == config.source.table]
    if len(named) == 1 or len(found) == 1:
        return (named or found)[0]
    # A public set may bring a second file beside its table; the larger one is the table.
    fitting = [path for path in found if any(columns <= _columns_of(path) for columns, _ in _ADAPTERS)]
    if fitting:
        return max(fitting, key=lambda path: path.stat().st_size)
    raise PilotError(DATA, f"{folder} holds {len(found)} tables; name one {config.source.table}.csv or .parquet.")


def _columns_of(path: Path) -> set[str]:
    return set(_read_table(path, 1).columns)


def _read_table(path: Path, rows: int | None = None) -> pl.DataFrame:
    try:
        if path.suffix == ".parquet":
            return as_text(pl.read_parquet(path, n_rows=rows))
        return as_text(pl.read_csv(path, infer_schema=False, n_rows=rows))
    except (pl.exceptions.PolarsError, OSError) as cause:
        said = str(cause).splitlines()[0][:200]
        raise PilotError(DATA, f"{path}: cannot be read as a table: {said}.") from cause


def _require_columns(raw: pl.DataFrame, data: Data, path: Path) -> None:
    parse_strictly(raw.head(0), data)
    if raw[data.key].null_count() == raw.height:
        raise PilotError(DATA, f"{path.name}: column {data.key} is empty.")


def _read_rows(folder: Path, name: str) -> dict[str, np.ndarray]:
    for path in (folder / f"{name}.csv", folder / f"{name}.csv.gz"):
        if path.is_file():
            with _open_text(path) as lines:
                return _parse_series(lines, path)
    raise PilotError(NO_INPUT, f"{folder} holds no {name}.csv or {name}.csv.gz.")


def _open_text(path: Path) -> IO[str]:
    if path.suffix == ".gz":
        return io.TextIOWrapper(gzip.open(path, "rb"), encoding="utf-8", newline="")
    return path.open(encoding="utf-8", newline="")


def _parse_series(lines: IO[str], path: Path) -> dict[str, np.ndarray]:
    found: dict[str, np.ndarray] = {}
    for number, row in enumerate(csv.reader(lines), 1):
        if number == 1 and row and row[0] in {"V1", "id"}:
            continue
        try:
            values = np.array([float(value) for value in row[1:] if value not in ("", "NA")])
        except ValueError as cause:
            raise PilotError(DATA, f"{path.name}:{number}: not a number: {cause}.") from cause
        if not row or values.size == 0 or not np.isfinite(values).all():
            raise PilotError(DATA, f"{path.name}:{number}: a series needs an id and finite values.")
        if row[0] in found:
            raise PilotError(DATA, f"{path.name}:{number}: series {row[0]} stands here twice.")
        found[row[0]] = values
    if not found:
        raise PilotError(DATA, f"{path.name} holds no series.")
    return found
