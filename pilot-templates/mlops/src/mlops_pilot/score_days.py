"""What a day's alerts catch, day by day: the parts of which recall and entity precision are made."""

from dataclasses import dataclass

import numpy as np

from mlops_pilot.evaluate import entity_precision, recall_at_budget
from mlops_pilot.figures import ScoreColumns


@dataclass(frozen=True)
class DayCounts:
    """[days] each, in the order of the days."""

    caught: np.ndarray
    positives: np.ndarray


def catch_by_day(columns: ScoreColumns, budget_per_day: int) -> DayCounts:
    caught, positives = [], []
    for day in np.unique(columns.days):
        rows = columns.days == day
        labels = columns.labels[rows]
        found = float(labels.sum())
        share = recall_at_budget(labels, columns.scores[rows], columns.days[rows], budget_per_day) if found else 0.0
        caught.append(share * found)
        positives.append(found)
    return DayCounts(np.array(caught), np.array(positives))


def entity_shares(columns: ScoreColumns, k: int) -> np.ndarray:
    """[days]: each day's share, of entities that no earlier day found."""
    # The mean over the first n days, n times, less that over the first n - 1: evaluate.py keeps the rule in one place.
    days = np.unique(columns.days)
    totals = [0.0]
    for count in range(1, len(days) + 1):
        rows = columns.days <= days[count - 1]
        labels, scores = columns.labels[rows], columns.scores[rows]
        totals.append(count * entity_precision(labels, scores, columns.days[rows], columns.entities[rows], k))
    return np.diff(totals)
