"""From which score on to raise an alert: what each threshold would have caught and cost on the held-out rows."""

from dataclasses import dataclass

import numpy as np

from mlops_pilot.config import Alerts

MOST_POINTS = 200


@dataclass(frozen=True)
class Point:
    """`threshold` None: no alert at all. An alert costs whether or not it was one; a miss costs what it costs."""

    threshold: float | None
    alertsPerDay: float
    caught: int
    missed: int
    falseAlarms: int
    costUsd: float


@dataclass(frozen=True)
class Choice:
    """`cheapest` and `atBudget` (the most alerts a day that the budget allows) are positions in `points`."""

    rows: int
    days: int
    points: list[Point]
    cheapest: int
    atBudget: int


def list_thresholds(labels: np.ndarray, scores: np.ndarray, days: np.ndarray, alerts: Alerts) -> Choice:
    """One point a distinct score, thinned evenly by the number of alerts where there are more than 200."""
    order = np.argsort(-scores, kind="stable")
    ordered, caught = scores[order], np.cumsum(labels[order])
    ends = np.append(np.flatnonzero(np.diff(ordered)), len(ordered) - 1) if len(ordered) else np.empty(0, np.int64)
    positives, count = int(labels.sum()), max(1, len(np.unique(days)))
    if len(ends) > MOST_POINTS - 1:
        ends = ends[np.unique(np.geomspace(1, len(ends), MOST_POINTS - 1).astype(np.int64) - 1)]
    points = [_point(None, 0, 0, positives, count, alerts)]
    points += [_point(float(ordered[end]), int(end) + 1, int(caught[end]), positives, count, alerts) for end in ends]
    cheapest = min(range(len(points)), key=lambda at: points[at].costUsd)
    at_budget = max(at for at, point in enumerate(points) if point.alertsPerDay <= alerts.budgetPerDay)
    return Choice(len(labels), count, points, cheapest, at_budget)


def _point(threshold: float | None, raised: int, caught: int, positives: int, days: int, alerts: Alerts) -> Point:
    missed = positives - caught
    cost = missed * alerts.costMissUsd + raised * alerts.costAlarmUsd
    return Point(threshold, raised / days, caught, missed, raised - caught, round(cost, 2))
