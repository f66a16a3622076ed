"""Whether a challenger takes the champion's place: a measured win on the same rows, and the policy. A tie keeps."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from mlops_pilot.bootstrap import Interval, Statistic, bootstrap
from mlops_pilot.config import MlopsConfig, Target
from mlops_pilot.evaluate import compare_average_precision, weighted_average_precision
from mlops_pilot.measure_forecast import SeriesErrors, owa

Outcome = Literal["promote", "keep", "refuse"]
REPEATS = 1000
# Two-sided, so that a challenger that is no better wins by luck in about one of forty.
CONFIDENCE = 0.95


@dataclass(frozen=True)
class HeldOut:
    """Rows that neither model has seen: `labels` 0 or 1, `clusters` what goes together (the entity of each row)."""

    labels: np.ndarray
    clusters: np.ndarray


@dataclass(frozen=True)
class Decision:
    """`interval`: of challenger minus champion; of the challenger alone when there is no champion."""

    outcome: Outcome
    reason: str
    interval: Interval


@dataclass(frozen=True)
class Approval:
    """Who said yes to which weights. Another training needs another yes."""

    by: str
    weights_sha256: str


def decide(
    challenger: np.ndarray, champion: np.ndarray | None, held_out: HeldOut, config: MlopsConfig, *, seed: int = 0
) -> Decision:
    """`challenger`, `champion`: scores of the same held-out rows, in their order."""
    labels, clusters = held_out.labels, held_out.clusters
    if champion is None:
        statistic = weighted_average_precision(labels, challenger)
        return _judge_first("averagePrecision", _interval(statistic, clusters, seed), config)
    interval = compare_average_precision(
        labels, challenger, champion, clusters, repeats=REPEATS, seed=seed, confidence=CONFIDENCE
    )
    return _judge_difference(interval, "average precision", better_is_higher=True)


def decide_forecast(
    challenger: SeriesErrors,
    champion: SeriesErrors | None,
    benchmark: SeriesErrors,
    config: MlopsConfig,
    *,
    seed: int = 0,
) -> Decision:
    """As `decide`, on OWA; a series is a cluster. `benchmark`: errors of Naive2 on the same series."""
    series = np.arange(len(benchmark.smape))
    if champion is None:
        interval = _interval(lambda weights: owa(challenger, benchmark, weights), series, seed)
        return _judge_first("owa", interval, config)

    def difference(weights: np.ndarray) -> float:
        return owa(challenger, benchmark, weights) - owa(champion, benchmark, weights)

    return _judge_difference(_interval(difference, series, seed), "OWA", better_is_higher=False)


def _interval(statistic: Statistic, clusters: np.ndarray, seed: int) -> Interval:
    return bootstrap(statistic, clusters, repeats=REPEATS, seed=seed, confidence=CONFIDENCE)


def apply_policy(decision: Decision, config: MlopsConfig, approval: Approval | None, weights_sha256: str) -> Decision:
    """A regulated model that won still waits for the approval of the person that pilot.json names."""
    if decision.outcome != "promote" or not config.policy.regulated:
        return decision
    approver = config.policy.approver
    if approval is None:
        return Decision("refuse", f"won, and waits for the approval of {approver}: pilot approve", decision.interval)
    if approval.by != approver:
        said = f"approved by {approval.by}, but policy.approver is {approver}"
        return Decision("refuse", said, decision.interval)
    if approval.weights_sha256 != weights_sha256:
        return Decision("refuse", "the approval is for other weights; approve again", decision.interval)
    return Decision("promote", f"{decision.reason}; approved by {approver}", decision.interval)


def _judge_first(metric: str, interval: Interval, config: MlopsConfig) -> Decision:
    """Without a champion there is nothing to beat but the targets: each must be shown, at its own confidence."""
    for target in (target for target in config.targets if target.metric == metric):
        bound = _one_sided(interval, target)
        met = bound > target.value if target.comparison == "gt" else bound < target.value
        if not met:
            side = "at least" if target.comparison == "gt" else "at most"
            sign = ">" if target.comparison == "gt" else "<"
            said = (
                f"the first model must meet the targets: {metric} {sign} {target.value:g}, shown is {side} {bound:.4g}"
            )
            return Decision("refuse", said, interval)
    return Decision("promote", f"the first model; {metric} is {interval.value:.4g}", interval)


def _one_sided(interval: Interval, target: Target) -> float:
    """The nearer end of the two-sided interval: stricter than the target's one-sided confidence up to 97.5 %."""
    return interval.low if target.comparison == "gt" else interval.high


def _judge_difference(interval: Interval, metric: str, *, better_is_higher: bool) -> Decision:
    low, high = (interval.low, interval.high) if better_is_higher else (-interval.high, -interval.low)
    shown = f"{metric} differs by {interval.value:+.4f} ({interval.low:+.4f} to {interval.high:+.4f})"
    if not (np.isfinite(low) and np.isfinite(high)):
        return Decision("keep", "the held-out rows tell nothing about the difference", interval)
    if low > 0:
        return Decision("promote", f"the challenger is better: {shown}", interval)
    if high < 0:
        return Decision("keep", f"the champion is better: {shown}", interval)
    return Decision("keep", f"a tie keeps the champion: {shown}", interval)


def summarize(decision: Decision) -> Mapping[str, object]:
    """For history, events and the audit pack."""
    interval = decision.interval
    return {
        "outcome": decision.outcome,
        "reason": decision.reason,
        "value": interval.value,
        "low": interval.low,
        "high": interval.high,
        "confidence": interval.confidence,
    }
