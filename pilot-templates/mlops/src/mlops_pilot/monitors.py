"""Drift, freshness and volume: what changed around a model that itself did not change.

Drift needs size and evidence: PSI over ten parts of the training rows (above 0.25 is called large since the first
scorecards), and a two-sample Kolmogorov-Smirnov test whose level is shared by all features.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import polars as pl
from scipy.stats import ks_2samp

from mlops_pilot.alert import write_alert
from mlops_pilot.data_steps import read_split
from mlops_pilot.errors import DATA, NO_INPUT, PilotError
from mlops_pilot.ingest import accepted_days, read_snapshot_record
from mlops_pilot.model import load
from mlops_pilot.project import Project
from mlops_pilot.registry import champion_folder

PARTS, MOST_PSI, ALPHA = 10, 0.25, 0.001
# A whole week, so that a Sunday is not held against training on all days.
DRIFT_DAYS = 7
_USUAL_DAYS, _FEWEST_DAYS = 7, 3
# The newest day is complete on the next one.
MOST_AGE_DAYS = 1


@dataclass(frozen=True)
class Drift:
    """Of one feature, or of the score. `psi` and `ks` grow with the change; `p` is of the KS test."""

    feature: str
    psi: float
    ks: float
    p: float
    drifted: bool


@dataclass(frozen=True)
class Finding:
    """What a monitor says. `alarms`: somebody is called."""

    monitor: str
    said: str
    alarms: bool
    details: dict[str, Any]


def population_stability(reference: np.ndarray, fresh: np.ndarray) -> float:
    """Sum of (a - e) ln(a / e) over parts that hold a tenth of the reference each; values that repeat share a part.

    Half a row is added to every part: an empty one must not make it infinite.
    """
    edges = np.unique(np.quantile(reference, np.linspace(0, 1, PARTS + 1)[1:-1]))
    # A value on an edge belongs under it, so that a feature of zeros and ones has two parts.
    expected = np.bincount(np.searchsorted(edges, reference, "left"), minlength=len(edges) + 1) + 0.5
    actual = np.bincount(np.searchsorted(edges, fresh, "left"), minlength=len(edges) + 1) + 0.5
    e, a = expected / expected.sum(), actual / actual.sum()
    return float(((a - e) * np.log(a / e)).sum())


def find_drift(reference: np.ndarray, fresh: np.ndarray, names: list[str]) -> list[Drift]:
    """[rows, names] each. The most drifted first."""
    found = []
    for at, name in enumerate(names):
        psi = population_stability(reference[:, at], fresh[:, at])
        tested = ks_2samp(reference[:, at], fresh[:, at], method="asymp")
        ks, p = float(tested.statistic), float(tested.pvalue)
        found.append(Drift(name, psi, ks, p, psi > MOST_PSI and p < ALPHA / len(names)))
    return sorted(found, key=lambda each: (-each.psi, each.feature))


def watch_drift(day: date, project: Project) -> Finding:
    """The week up to `day` against what the champion learnt from. Exit 66 when one of both is not here."""
    scorer = load(champion_folder(project.work))
    learnt_day = str(scorer.card.get("day", day.isoformat()))
    for needed in (learnt_day, day.isoformat()):
        if not Path(project.work.features(needed)).is_file():
            raise PilotError(NO_INPUT, f"{needed} has no features; run: pilot day {needed}.")
    reference = read_split(date.fromisoformat(learnt_day), project).train.select(scorer.features).to_numpy()
    table = pl.read_parquet(project.work.features(day.isoformat()))
    since = day - timedelta(days=DRIFT_DAYS - 1)
    fresh = table.filter(pl.col("eventTime").dt.date().is_between(since, day)).select(scorer.features).to_numpy()
    if not len(fresh):
        raise PilotError(DATA, f"{since} to {day} have no rows.")
    with_scores = [np.column_stack([rows, scorer.score(rows)]) for rows in (reference, fresh)]
    found = find_drift(with_scores[0], with_scores[1], [*scorer.features, "score"])
    drifted = [each for each in found if each.drifted]
    worst = ", ".join(f"{each.feature} (PSI {each.psi:.2f})" for each in (drifted or found)[:3])
    said = f"{len(drifted)} of {len(found)} features drifted, {since} to {day}: {worst}"
    return Finding(
        "drift", said, bool(drifted), {"champion": scorer.version, "features": [asdict(one) for one in found]}
    )


def watch_freshness(today: date, project: Project) -> Finding:
    days = accepted_days(project.work, date(1, 1, 1), today)
    if not days:
        return Finding("freshness", "no day has passed its check yet", True, {"newest": None})
    newest = date.fromisoformat(days[-1].day)
    age = (today - newest).days
    said = f"the newest good day is {newest}, {age} days before {today}; {MOST_AGE_DAYS} is usual"
    return Finding("freshness", said, age > MOST_AGE_DAYS, {"newest": newest.isoformat(), "ageDays": age})


def watch_volume(day: date, project: Project) -> Finding:
    snapshot = read_snapshot_record(day.isoformat(), project.work)
    rows = 0 if snapshot is None else snapshot.rows
    before = accepted_days(project.work, day - timedelta(days=4 * _USUAL_DAYS), day - timedelta(days=1))[-_USUAL_DAYS:]
    details: dict[str, Any] = {"rows": rows, "usualRows": None}
    if len(before) < _FEWEST_DAYS:
        return Finding("volume", f"{day} has {rows:,} rows; too few days before it say what is usual", False, details)
    usual = median(each.rows for each in before)
    most = project.config.checks.maxChangeRatio
    alarms = rows * most < usual or rows > usual * most
    said = f"{day} has {rows:,} rows; {usual:,.0f} are usual, up to {most:g} times more or less is allowed"
    return Finding("volume", said, alarms, details | {"usualRows": usual})


def raise_alert(day: date, finding: Finding, project: Project) -> Path:
    """`.pilot/alerts/<day>-<monitor>.json`, with its owner. One that ended is taken away."""
    path = project.work.alerts / f"{day.isoformat()}-{finding.monitor}.json"
    if not finding.alarms:
        path.unlink(missing_ok=True)
        return path
    details = {"owner": read_owner(finding.monitor, project.root), **finding.details}
    return write_alert(day.isoformat(), finding.monitor, finding.said, details, project.work)


def read_owner(monitor: str, root: Path) -> str | None:
    """From handover/owners.json; None where nobody is named. Exit 65 when the file is damaged."""
    path = root / "handover" / "owners.json"
    if not path.is_file():
        return None
    try:
        owner = json.loads(path.read_text(encoding="utf-8"))["monitors"].get(monitor)
    except (ValueError, KeyError, AttributeError, TypeError) as cause:
        raise PilotError(DATA, f"{path}: cannot be read ({type(cause).__name__}).") from cause
    return None if owner is None else str(owner)
