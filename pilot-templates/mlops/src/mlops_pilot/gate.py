"""The gate: each target of the sealed configuration against the raw records, with three outcomes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from mlops_pilot.config import MetricName, MlopsConfig, Target
from mlops_pilot.errors import DATA, PilotError
from mlops_pilot.evaluate import weighted_average_precision
from mlops_pilot.exact_tests import LEAST_RUNS, Outcome, OverJudgement, chance_at_most, judge_over_share
from mlops_pilot.figures import (
    ALERTED_ENTITIES,
    Records,
    batch_rates,
    columns_of,
    compute_metrics,
    errors_of,
    latency_ms,
    nearest_rank,
    train_rates,
)
from mlops_pilot.measure_forecast import owa
from mlops_pilot.queue_dependence import queue_dependence
from mlops_pilot.report import Report
from mlops_pilot.resample import Bounds, resample
from mlops_pilot.score_days import catch_by_day, entity_shares

EXIT: dict[Outcome, int] = {"pass": 0, "fail": 1, "inconclusive": 3}
# The app refuses a larger disagreement too.
TOLERANCE = 1e-6
# Over this, requests depend on each other so much that a verdict would be wrong too often.
MOST_UTILISATION = 0.8
# A generator that is later than this measures itself.
MOST_DELAY_OF_TARGET, LEAST_ACHIEVED_RATE = 0.01, 0.98
# One answer without load; from it follows how busy the server was.
SERVE_STAGE = "serve"


@dataclass(frozen=True)
class Verdict:
    target: Target
    verdict: Outcome
    reason: str
    value: float | None


def judge_report(report: Report) -> list[Verdict]:
    """65 when an aggregate disagrees with the records; every target inconclusive when the bench did not complete."""
    check_aggregates(report)
    if report.outcome.status == "failed":
        reason = f"the bench stopped in {report.outcome.stage}: {report.outcome.reason}"
        return [Verdict(target, "inconclusive", reason, None) for target in report.config.targets]
    return [judge_target(report, target) for target in report.config.targets]


def overall(verdicts: Sequence[Verdict]) -> Outcome:
    """All must pass; any fail fails."""
    outcomes = {verdict.verdict for verdict in verdicts}
    return "fail" if "fail" in outcomes else "inconclusive" if "inconclusive" in outcomes else "pass"


def check_unmoved(report: Report, config: MlopsConfig) -> None:
    """A target that moved after the measurement is no target, and a report of another project no evidence."""
    if report.projectId != config.projectId:
        raise PilotError(DATA, "the report is of another project than pilot.json; run pilot bench here.")
    if report.config.targets != config.targets:
        raise PilotError(DATA, "the targets in pilot.json are not those the report was sealed with; run pilot bench.")


def check_aggregates(report: Report) -> None:
    """65 when a figure is not what its records say, stands twice, or is left out; and when the run lost requests."""
    records = Records(report.scores, report.series, report.requests, report.batches, report.training)
    stated = {metric.name: metric for metric in report.metrics}
    if len(stated) < len(report.metrics):
        raise PilotError(DATA, "a metric stands in the report twice.")
    for metric in compute_metrics(report.config, records):
        if metric.name not in stated:
            if metric.value is None or report.outcome.status == "failed":
                continue
            raise PilotError(DATA, f"{metric.name}: the report does not say it; its records say {metric.value}.")
        value = stated[metric.name].value
        if stated[metric.name].unit != metric.unit:
            raise PilotError(DATA, f"{metric.name}: its unit is {metric.unit}, not {stated[metric.name].unit}.")
        if not _same(value, metric.value):
            raise PilotError(DATA, f"{metric.name}: the report says {value}, its records say {metric.value}.")
    workload = report.config.workload
    planned = {(run, index) for run in range(workload.runs) for index in range(workload.requestsPerRun)}
    found = [(request.run, request.index) for request in report.requests]
    if len(set(found)) < len(found):
        raise PilotError(DATA, "a request stands in the report twice.")
    # Forecasts are made once a day, not on request: such a report has no load.
    loaded = report.config.task == "classification" or bool(found)
    if report.outcome.status == "completed" and loaded and set(found) != planned:
        raise PilotError(DATA, f"the plan has {len(planned)} requests, the report {len(found)}.")
    kept = len(report.scores) if report.config.task == "classification" else len(report.series)
    if report.outcome.status == "completed" and kept != report.data.rows:
        raise PilotError(DATA, f"the report says {report.data.rows} rows or series, and holds {kept}.")
    positives = sum(record.label for record in report.scores)
    if report.outcome.status == "completed" and report.data.positives not in (None, positives):
        raise PilotError(DATA, f"the report says {report.data.positives} positives, and holds {positives}.")
    if len({record.row for record in report.scores}) < len(report.scores):
        raise PilotError(DATA, "a scored row stands in the report twice.")


def judge_target(report: Report, target: Target) -> Verdict:
    value = next((metric.value for metric in report.metrics if metric.name == target.metric), None)
    if target.metric == "p95Ms":
        outcome, reason = _judge_latency(report, target)
    elif target.metric in ("batchRowsPerSecond", "trainRowsPerSecond"):
        outcome, reason = _judge_rate(report, target)
    elif target.metric in _QUALITY:
        outcome, reason = _judge_quality(report, target)
    else:
        outcome, reason = "inconclusive", "no price is in the configuration, so there is no cost"
    return Verdict(target, outcome, reason, value)


@dataclass(frozen=True)
class _Drawn:
    """What is drawn again, how often there is of it, and the figure for how often each was drawn."""

    what: str
    groups: int
    figure: Callable[[np.ndarray], float]


def _of_entities(report: Report) -> _Drawn:
    columns = columns_of(report.scores)
    codes, count = _codes(list(columns.entities))
    weighted = weighted_average_precision(columns.labels, columns.scores)
    return _Drawn("entities", count, lambda times: weighted(times[codes]))


def _of_days(report: Report) -> _Drawn:
    days = catch_by_day(columns_of(report.scores), report.config.alerts.budgetPerDay)

    def recall(times: np.ndarray) -> float:
        positives = float((times * days.positives).sum())
        return float((times * days.caught).sum()) / positives if positives else float("nan")

    return _Drawn("days", len(days.positives), recall)


def _of_alerted_days(report: Report) -> _Drawn:
    shares = entity_shares(columns_of(report.scores), ALERTED_ENTITIES)
    return _Drawn("days", len(shares), lambda times: float((times * shares).sum() / times.sum()))


def _of_series(report: Report, name: str) -> _Drawn:
    own, benchmark = errors_of(report.series)
    if name == "owa":
        return _Drawn("series", len(own.smape), lambda times: owa(own, benchmark, times))
    values = own.smape if name == "smape" else own.mase
    return _Drawn("series", len(values), lambda times: float(np.average(values, weights=times)))


_QUALITY: dict[MetricName, Callable[[Report], _Drawn]] = {
    "averagePrecision": _of_entities,
    "recallAtBudget": _of_days,
    "cardPrecisionAt100": _of_alerted_days,
    "owa": lambda report: _of_series(report, "owa"),
    "smape": lambda report: _of_series(report, "smape"),
    "mase": lambda report: _of_series(report, "mase"),
}


def _judge_quality(report: Report, target: Target) -> tuple[Outcome, str]:
    drawn = _QUALITY[target.metric](report)
    alpha = 1 - target.confidence
    bounds = resample(drawn.figure, drawn.groups, seed=report.config.workload.seed, alpha=alpha)
    if bounds is None:
        return "inconclusive", f"{drawn.groups} {drawn.what} show no bound"
    return _against(bounds, target), (
        f"above {bounds.low:.4g}, and under {bounds.high:.4g} (each one-sided), {drawn.groups} {drawn.what} drawn again"
    )


def _judge_rate(report: Report, target: Target) -> tuple[Outcome, str]:
    rates = batch_rates(report.batches) if target.metric == "batchRowsPerSecond" else train_rates(report.training)
    bounds = bound_median(rates, 1 - target.confidence)
    if bounds is None:
        return "inconclusive", f"{len(rates)} repetitions show no bound of a median"
    return _against(bounds, target), (
        f"above {bounds.low:.4g}, and under {bounds.high:.4g} (each one-sided), order statistics of {len(rates)}"
    )


def bound_median(values: Sequence[float], alpha: float) -> Bounds | None:
    """Whatever the distribution: the k-th smallest is under the median unless fewer than k are."""
    ordered = sorted(values)
    rank = 0
    while rank < len(ordered) and chance_at_most(rank, len(ordered), 0.5) <= alpha:
        rank += 1
    return None if rank == 0 else Bounds(ordered[rank - 1], ordered[-rank])


def _against(bounds: Bounds, target: Target) -> Outcome:
    above, under = bounds.low > target.value, bounds.high < target.value
    if not above and not under:
        return "inconclusive"
    return "pass" if above == (target.comparison == "gt") else "fail"


def _judge_latency(report: Report, target: Target) -> tuple[Outcome, str]:
    if target.comparison != "lt" or target.value <= 0:
        return "inconclusive", "the target's value or direction does not fit this metric"
    runs = _latencies(report)
    if not runs:
        return "inconclusive", "no request was sent"
    over = [[latency >= target.value for latency in run] for run in runs]
    busy = measure_utilisation(report)
    least = 1.0 if busy is None else queue_dependence(0.95, report.config.workload.requestsPerRun, busy)
    judged = judge_over_share(over, 0.05, 1 - target.confidence, least)
    said = _describe(judged, len(runs), f"at or over {target.value:g} ms")
    if len(runs) < LEAST_RUNS:
        return "inconclusive", f"{len(runs)} runs; {LEAST_RUNS} are needed to show independence. {said}"
    if missed := find_schedule_miss(report, target.value):
        return "inconclusive", missed
    if busy is None:
        return judged.verdict, f"{said}; utilisation is unknown, so its limit was not applied"
    # At 100 % and more the queue grows for ever: a fail is then no accident of the sample.
    if busy > MOST_UTILISATION and judged.verdict != "inconclusive" and (judged.verdict == "pass" or busy < 1):
        return "inconclusive", f"the server was {busy:.0%} busy; lower the arrival rate. {said}"
    return judged.verdict, said


def find_schedule_miss(report: Report, target_ms: float) -> str | None:
    """Why the load shows nothing about the server; None when it left as planned.

    Against the drawn schedule, not the nominal rate: a short Poisson run may itself be slower by chance.
    """
    delay = nearest_rank([request.sentMs - request.scheduledMs for request in report.requests], 99)
    if delay is not None and delay > target_ms * MOST_DELAY_OF_TARGET:
        return f"the load left late: p99 {delay:.2f} ms, allowed is 1 % of the target; nothing is shown about the pilot"
    last: dict[int, tuple[float, float]] = {}
    for request in report.requests:
        scheduled, sent = last.get(request.run, (0.0, 0.0))
        last[request.run] = (max(scheduled, request.scheduledMs), max(sent, request.sentMs))
    planned, real = (sum(pair[side] for pair in last.values()) for side in (0, 1))
    if real > 0 and planned / real < LEAST_ACHIEVED_RATE:
        return f"the load was sent at {planned / real:.0%} of the planned rate; nothing is shown about the pilot"
    return None


def measure_utilisation(report: Report) -> float | None:
    """Share of the time that the one server works; None where it was not measured."""
    stage = next((stage for stage in report.stages if stage.name == SERVE_STAGE), None)
    return None if stage is None else report.config.workload.arrivalsPerSecond * stage.wallMs / stage.calls / 1000


def _describe(judged: OverJudgement, runs: int, over: str) -> str:
    said = f"{judged.over} of {judged.requests} requests in {runs} runs {over}"
    if judged.dependence > 1:
        said += (
            f"; counted as {judged.effective_over} of {judged.effective_requests} (dependence {judged.dependence:.2f})"
        )
    return said


def _latencies(report: Report) -> list[list[float]]:
    """One list a run, in order of arrival."""
    runs: dict[int, list[tuple[int, float]]] = {}
    for request in report.requests:
        runs.setdefault(request.run, []).append((request.index, latency_ms(request)))
    return [[latency for _, latency in sorted(run)] for _, run in sorted(runs.items())]


def _codes(names: Sequence[object]) -> tuple[np.ndarray, int]:
    """Numbers in the order of first appearance."""
    known: dict[object, int] = {}
    codes = [known.setdefault(name, len(known)) for name in names]
    return np.array(codes, dtype=np.int64), len(known)


def _same(left: float | None, right: float | None) -> bool:
    if left is None or right is None:
        return left is right
    return abs(left - right) <= TOLERANCE * max(1, abs(right))
