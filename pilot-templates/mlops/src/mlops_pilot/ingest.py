"""A day's rows out of the source, kept as they were delivered, with a hash. The same rows again change nothing."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from mlops_pilot.config import MlopsConfig
from mlops_pilot.errors import BUSY, DATA, NO_INPUT, PilotError
from mlops_pilot.source import Source
from mlops_pilot.workdir import Workdir, write_text, write_whole


@dataclass(frozen=True)
class Snapshot:
    """What is known of a day's raw rows. `accepted`: the check's word, null before it. `former`: hashes it replaced."""

    day: str
    sha256: str
    rows: int
    medianAmount: float | None
    accepted: bool | None = None
    former: list[str] = field(default_factory=list)


def ingest_day(day: date, source: Source, config: MlopsConfig, work: Workdir) -> tuple[Snapshot, list[str]]:
    """The day's snapshot and the days before it of which rows came late; theirs replace the old ones once checked.

    Exit 75 when the day is not there yet, 65 when the source went on without it.
    """
    name, span = day.isoformat(), source.span()
    if span is None or span[1] < day:
        until = "has no rows yet" if span is None else f"ends on {span[1]}"
        raise PilotError(BUSY, f"{name} has not arrived: the source {until}. Try again later.")
    # No day owns a row without a date. The newest one takes it, so that it is seen and stops one day, not all.
    rows = source.read_day(day, with_undated=day == span[1])
    if rows.height == 0:
        raise PilotError(DATA, f"{name} has no rows, but the source has later ones: a day is missing.")
    kept = keep_snapshot(name, rows, config, work)
    late = []
    for back in range(1, config.source.lateDays + 1):
        earlier = (day - timedelta(days=back)).isoformat()
        known = read_snapshot_record(earlier, work)
        if known is not None and known.accepted:
            again = source.read_day(day - timedelta(days=back), with_undated=False)
            if again.height and hash_rows(again) != known.sha256:
                with write_whole(late_path(earlier, work)) as draft:
                    again.write_parquet(draft)
                late.append(earlier)
    return kept, sorted(late)


def keep_snapshot(day: str, rows: pl.DataFrame, config: MlopsConfig, work: Workdir) -> Snapshot:
    """Write the rows and their record, unless they are the ones that are there. What they replace stays by its hash."""
    sha256, known = hash_rows(rows), read_snapshot_record(day, work)
    path = work.snapshot(day)
    if known is not None and known.sha256 == sha256 and path.is_file():
        return known
    former = [] if known is None else known.former
    if known is not None and path.is_file() and known.sha256 != sha256:
        path.replace(path.with_name(f"{day}.{known.sha256[:12]}.parquet"))
        former = [*former, known.sha256]
    with write_whole(path) as draft:
        rows.write_parquet(draft)
    snapshot = Snapshot(day, sha256, rows.height, _median_amount(rows, config), None, former)
    write_snapshot_record(snapshot, work)
    return snapshot


def hash_rows(rows: pl.DataFrame) -> str:
    """Of the values, not of a file: the same rows in another order, or by another version of Polars, hash the same."""
    columns = sorted(rows.columns)
    return hashlib.sha256(rows.select(columns).sort(columns).write_csv().encode()).hexdigest()


def read_snapshot(day: str, work: Workdir) -> pl.DataFrame:
    """The raw rows of a day; exit 66 when there are none, 65 when they are not those of the record."""
    known = read_snapshot_record(day, work)
    if known is None or not work.snapshot(day).is_file():
        raise PilotError(NO_INPUT, f"{day} has no snapshot; ingest it first.")
    try:
        rows = pl.read_parquet(work.snapshot(day))
    except (pl.exceptions.PolarsError, OSError) as cause:
        raise PilotError(DATA, f"{work.snapshot(day)} is damaged; delete it and ingest {day} again.") from cause
    if hash_rows(rows) != known.sha256:
        raise PilotError(DATA, f"{work.snapshot(day)} is not what was ingested; delete it and ingest {day} again.")
    return rows


def read_snapshot_record(day: str, work: Workdir) -> Snapshot | None:
    path = work.snapshot_record(day)
    if not path.is_file():
        return None
    try:
        value: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Snapshot(**value)
    except (ValueError, TypeError) as cause:
        raise PilotError(DATA, f"{path} is damaged; delete it and ingest {day} again.") from cause


def write_snapshot_record(snapshot: Snapshot, work: Workdir) -> None:
    write_text(work.snapshot_record(snapshot.day), json.dumps(asdict(snapshot), indent=2) + "\n")


def late_path(day: str, work: Workdir) -> Path:
    """Where a day's rows wait that came after its snapshot, until the check has seen them."""
    return work.state / "snapshots" / f"{day}.late.parquet"


def accepted_days(work: Workdir, first: date, last: date) -> list[Snapshot]:
    """The accepted snapshots from `first` to `last`, in order."""
    found = []
    for path in sorted((work.state / "snapshots").glob("????-??-??.json")):
        if first.isoformat() <= path.stem <= last.isoformat():
            known = read_snapshot_record(path.stem, work)
            if known is not None and known.accepted:
                found.append(known)
    return found


def _median_amount(rows: pl.DataFrame, config: MlopsConfig) -> float | None:
    if config.data.amount is None or config.data.amount not in rows.columns:
        return None
    middle = rows[config.data.amount].cast(pl.Float64, strict=False).median()
    return middle if isinstance(middle, float) else None
