"""How well scores find rare positives. Ties count as one step, so that equal scores never look like an order."""

from dataclasses import dataclass

import numpy as np

from mlops_pilot.bootstrap import Interval, Statistic, bootstrap


@dataclass(frozen=True)
class Curve:
    """One point a distinct score, from the highest: what is caught when everything at or above it is an alert."""

    threshold: np.ndarray
    precision: np.ndarray
    recall: np.ndarray


def precision_recall(labels: np.ndarray, scores: np.ndarray) -> Curve:
    order = np.argsort(-scores, kind="stable")
    ends = _ends_of_ties(scores[order])
    caught = np.cumsum(labels[order])[ends]
    return Curve(scores[order][ends], caught / (ends + 1), caught / max(1, int(labels.sum())))


def average_precision(labels: np.ndarray, scores: np.ndarray) -> float:
    """Step-wise area under precision over recall; nan without positives. `labels`: 0 or 1 [rows]."""
    return weighted_average_precision(labels, scores)(np.ones(len(labels), dtype=np.int64))


def weighted_average_precision(labels: np.ndarray, scores: np.ndarray) -> Statistic:
    """The same for rows drawn several times or not at all; sorts once, so that a thousand draws are quick."""
    order = np.argsort(-scores, kind="stable")
    positive = labels[order].astype(np.float64)
    ends = _ends_of_ties(scores[order])

    def statistic(weights: np.ndarray) -> float:
        drawn = weights[order]
        caught, seen = np.cumsum(positive * drawn)[ends], np.cumsum(drawn)[ends]
        if len(caught) == 0 or caught[-1] == 0:
            return float("nan")
        precision = np.divide(caught, seen, out=np.zeros(len(seen)), where=seen > 0)
        return float((np.diff(caught, prepend=0.0) * precision).sum() / caught[-1])

    return statistic


def best_f1(labels: np.ndarray, scores: np.ndarray) -> float:
    """The highest F1 over all thresholds: what one could reach knowing the labels; 0 without positives."""
    curve = precision_recall(labels, scores)
    total = curve.precision + curve.recall
    f1 = np.divide(2 * curve.precision * curve.recall, total, out=np.zeros(len(total)), where=total > 0)
    return float(f1.max(initial=0.0))


def recall_at_budget(labels: np.ndarray, scores: np.ndarray, days: np.ndarray, budget_per_day: int) -> float:
    """Share of all positives among the `budget_per_day` highest rows of each day; nan without positives.

    Equal scores share the places that are left: an order nobody chose must not look like skill.
    """
    positives = float(labels.sum())
    if positives == 0:
        return float("nan")
    return sum(_caught_in_top(labels[days == day], scores[days == day], budget_per_day) for day in np.unique(days)) / (
        positives
    )


def entity_precision(labels: np.ndarray, scores: np.ndarray, days: np.ndarray, entities: np.ndarray, k: int) -> float:
    """Mean over days of positives among the `k` highest entities of the day, divided by k.

    An entity scores as its highest row and is positive when one of its rows is. One that was found on an earlier day
    counts no more: its card is blocked by then.
    """
    blocked: set[object] = set()
    shares = []
    for day in np.unique(days):
        rows = np.flatnonzero(days == day)
        names, codes = np.unique(entities[rows], return_inverse=True)
        highest, positive = np.full(len(names), -np.inf), np.zeros(len(names), dtype=np.int64)
        np.maximum.at(highest, codes, scores[rows])
        np.maximum.at(positive, codes, labels[rows].astype(np.int64))
        free = np.array([name not in blocked for name in names.tolist()], dtype=bool)
        names, highest, positive = names[free], highest[free], positive[free]
        shares.append(_caught_in_top(positive, highest, k) / k)
        top = np.argsort(-highest, kind="stable")[:k]
        blocked |= set(names[top][positive[top] == 1].tolist())
    return float(np.mean(shares)) if shares else float("nan")


def compare_average_precision(
    labels: np.ndarray,
    left: np.ndarray,
    right: np.ndarray,
    clusters: np.ndarray,
    *,
    repeats: int = 1000,
    seed: int = 0,
    confidence: float = 0.95,
) -> Interval:
    """`left` minus `right` on the same rows, drawn together: what both find hard does not widen the interval."""
    of_left, of_right = weighted_average_precision(labels, left), weighted_average_precision(labels, right)

    def difference(weights: np.ndarray) -> float:
        return of_left(weights) - of_right(weights)

    return bootstrap(difference, clusters, repeats=repeats, seed=seed, confidence=confidence)


def _ends_of_ties(descending: np.ndarray) -> np.ndarray:
    """Positions of the last row of each group of equal scores."""
    if len(descending) == 0:
        return np.array([], dtype=np.int64)
    return np.append(np.flatnonzero(np.diff(descending)), len(descending) - 1)


def _caught_in_top(labels: np.ndarray, scores: np.ndarray, k: int) -> float:
    if len(labels) <= k:
        return float(labels.sum())
    edge = np.partition(scores, len(scores) - k)[len(scores) - k]
    above, tied = scores > edge, scores == edge
    left = k - int(above.sum())
    return float(labels[above].sum() + left * labels[tied].mean())
