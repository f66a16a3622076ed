"""The steps of a day that handle data: ingest, check, transform. Each gives back what it made and one line."""

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from statistics import median

import polars as pl

from mlops_pilot.alert import write_alert
from mlops_pilot.check import Usual, check_day, require_good_day
from mlops_pilot.errors import DATA, PilotError
from mlops_pilot.find_telltales import require_no_telltale
from mlops_pilot.ingest import (
    accepted_days,
    ingest_day,
    keep_snapshot,
    late_path,
    read_snapshot,
    read_snapshot_record,
    write_snapshot_record,
)
from mlops_pilot.parse_rows import parse_strictly
from mlops_pilot.project import Project
from mlops_pilot.source import open_source
from mlops_pilot.split_day import Split, spans_of, split_day
from mlops_pilot.transform import build_features
from mlops_pilot.workdir import write_whole

Made = tuple[str, str]
# The days whose middle says what is usual, and how many there must be before it says anything.
_USUAL_DAYS, _FEWEST_DAYS = 7, 3


def ingest(day: date, project: Project) -> Made:
    with open_source(project.config, project.work) as source:
        snapshot, late = ingest_day(day, source, project.config, project.work)
    came_late = f"; late rows for {', '.join(late)}" if late else ""
    return _hash(snapshot.sha256, *late), f"{snapshot.rows:,} rows, {snapshot.sha256[:12]}{came_late}"


def check(day: date, project: Project) -> Made:
    """Exit 65 for a bad day, with an alert. Late rows of earlier days replace theirs only when they are good."""
    config, work, name = project.config, project.work, day.isoformat()
    problems = check_day(read_snapshot(name, work), config, day, _usual(day, project))
    snapshot = read_snapshot_record(name, work)
    if snapshot is None:
        raise PilotError(DATA, f"{name} has no snapshot; ingest it first.")
    if snapshot.accepted is not (not problems):
        write_snapshot_record(replace(snapshot, accepted=not problems), work)
    if problems:
        said = f"{len(problems)} problems in {snapshot.rows:,} rows; the day is not used"
        details = {"snapshotSha256": snapshot.sha256, "problems": [problem.as_json() for problem in problems]}
        write_alert(name, "check", said, details, work)
        require_good_day(problems, name)
    (work.alerts / f"{name}-check.json").unlink(missing_ok=True)
    refused = _check_late(day, project)
    said = f"{snapshot.rows:,} rows are good"
    return snapshot.sha256, f"{said}; late rows of {', '.join(refused)} are not" if refused else said


def transform(day: date, project: Project) -> Made:
    """Features of every row that the day's training, judgement and scoring need, in one file."""
    config, work, name = project.config, project.work, day.isoformat()
    path = work.features(name)
    table = make_features(day, project)
    split = split_day(table, day, config)
    require_no_telltale(split.train, name)
    with write_whole(path) as draft:
        table.write_parquet(draft)
    positives = int(split.train["label"].sum())
    return (
        hashlib.sha256(path.read_bytes()).hexdigest(),
        f"{split.train.height:,} rows to learn from ({positives:,} positive), {split.held_out.height:,} held out, "
        f"{split.fresh.height:,} to score",
    )


def make_features(day: date, project: Project) -> pl.DataFrame:
    """As of the end of the day, from the accepted days that its windows reach."""
    config, spans = project.config, spans_of(day, project.config.data)
    reach = timedelta(days=max(config.features.windowsDays, default=0) + config.data.delayDays)
    days = accepted_days(project.work, (spans.train_from - reach).date(), day)
    if not days or days[-1].day != day.isoformat():
        raise PilotError(DATA, f"{day} has not passed its check; nothing is made of it.")
    frames = [parse_strictly(read_snapshot(each.day, project.work), config.data) for each in days]
    return (
        build_features(pl.concat(frames).lazy(), config, as_of=spans.fresh_to)
        .filter(pl.col("eventTime") >= spans.train_from)
        .collect()
    )


def read_split(day: date, project: Project) -> Split:
    """The parts of a transformed day; exit 65 when its file is damaged."""
    path = project.work.features(day.isoformat())
    try:
        table = pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as cause:
        raise PilotError(DATA, f"{path} cannot be read; run {day} again.") from cause
    return split_day(table, day, project.config)


def _check_late(day: date, project: Project) -> list[str]:
    refused = []
    for back in range(1, project.config.source.lateDays + 1):
        earlier = day - timedelta(days=back)
        waiting = late_path(earlier.isoformat(), project.work)
        if not waiting.is_file():
            continue
        rows = pl.read_parquet(waiting)
        problems = check_day(rows, project.config, earlier, _usual(earlier, project))
        if problems:
            details = {"problems": [problem.as_json() for problem in problems]}
            write_alert(
                earlier.isoformat(), "late", "late rows are bad; the day stays as it was", details, project.work
            )
            refused.append(earlier.isoformat())
        else:
            kept = keep_snapshot(earlier.isoformat(), rows, project.config, project.work)
            write_snapshot_record(replace(kept, accepted=True), project.work)
        waiting.unlink()
    return refused


def _usual(day: date, project: Project) -> Usual:
    known = accepted_days(project.work, day - timedelta(days=4 * _USUAL_DAYS), day - timedelta(days=1))[-_USUAL_DAYS:]
    if len(known) < _FEWEST_DAYS:
        return Usual()
    amounts = [each.medianAmount for each in known if each.medianAmount is not None]
    return Usual(median(each.rows for each in known), median(amounts) if amounts else None)


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
