"""The gate: each target of the sealed configuration against the raw records, with three outcomes."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag_pilot.config import PilotConfig, Target
from rag_pilot.errors import DATA, PilotError
from rag_pilot.exact_tests import (
    LEAST_RUNS,
    Outcome,
    OverJudgement,
    judge_over_share,
    judge_proportion,
    lower_bound,
    upper_bound,
)
from rag_pilot.judge_records import SCORES, judge_cost, judge_scores, judge_throughput
from rag_pilot.metrics import compute_metrics, latency_ms, nearest_rank
from rag_pilot.queue_dependence import queue_dependence
from rag_pilot.report import Report

EXIT: dict[Outcome, int] = {"pass": 0, "fail": 1, "inconclusive": 3}
QUANTILES = {"latency_p50_ms": 0.5, "latency_p95_ms": 0.95, "latency_p99_ms": 0.99}
# The app refuses a larger disagreement too.
TOLERANCE = 1e-6
# A generator that is later than this measures itself.
# Over this, requests depend on each other so much that a verdict would be wrong too often.
MOST_UTILISATION = 0.8
MOST_DELAY_OF_TARGET, LEAST_ACHIEVED_RATE = 0.01, 0.98


@dataclass(frozen=True)
class Verdict:
    target: Target
    verdict: Outcome
    reason: str
    value: float | None


def judge_report(report: Report) -> list[Verdict]:
    """65 when an aggregate disagrees with the records; every target inconclusive when the bench did not complete."""
    if report.outcome.status == "failed":
        reason = f"the bench stopped in {report.outcome.stage}: {report.outcome.reason}"
        return [Verdict(target, "inconclusive", reason, None) for target in report.config.targets]
    check_aggregates(report)
    return [judge_target(report, target) for target in report.config.targets]


def overall(verdicts: Sequence[Verdict]) -> Outcome:
    """All must pass; any fail fails."""
    outcomes = {verdict.verdict for verdict in verdicts}
    return "fail" if "fail" in outcomes else "inconclusive" if "inconclusive" in outcomes else "pass"


def check_unmoved(report: Report, config: PilotConfig) -> None:
    """A target that moved after the measurement is no target."""
    if report.config.targets != config.targets:
        raise PilotError(DATA, "the targets in pilot.json are not those the report was sealed with; run pilot bench.")


def check_aggregates(report: Report) -> None:
    again = compute_metrics(report.config, report.questions, report.requests, report.runSeconds, report.usage)
    stated = {metric.name: metric.value for metric in report.metrics}
    for metric in again:
        value = stated.get(metric.name)
        if value is None and metric.value is None:
            continue
        if value is None or metric.value is None or abs(value - metric.value) > TOLERANCE * max(1, abs(metric.value)):
            message = f"{metric.name}: the report says {value}, its records say {metric.value}."
            raise PilotError(DATA, message)


def judge_target(report: Report, target: Target) -> Verdict:
    value = next((metric.value for metric in report.metrics if metric.name == target.metric), None)
    alpha = 1 - target.confidence
    metric = target.metric
    if metric in ("answer_accuracy", "refusal_accuracy"):
        outcome, reason = _judge_questions(report, target, alpha)
    elif metric in QUANTILES and target.comparison == "lt":
        outcome, reason = _judge_latency(report, target, alpha)
    elif metric == "error_share" and target.comparison == "lt" and 0 < target.value < 1:
        failed = [[latency == float("inf") for latency in run] for run in _latencies(report)]
        outcome, reason = _judge_runs(failed, target.value, alpha, "without a complete answer")
    elif metric in SCORES and 0 < target.value < 1:
        outcome, reason = judge_scores(report, target, alpha)
    elif metric == "usd_per_1k":
        outcome, reason = judge_cost(report, target, alpha)
    elif metric == "throughput_rps" and target.comparison == "gt" and target.value > 0:
        outcome, reason = judge_throughput(report, target, alpha)
    else:
        outcome, reason = "inconclusive", "the target's value or direction does not fit this metric"
    return Verdict(target, outcome, reason, value)


def _judge_latency(report: Report, target: Target, alpha: float) -> tuple[Outcome, str]:
    quantile = QUANTILES[target.metric]
    over = [[latency >= target.value for latency in run] for run in _latencies(report)]
    busy = measure_utilisation(report)
    least = 1.0 if busy is None else queue_dependence(quantile, report.config.workload.requestsPerRun, busy)
    outcome, reason = _judge_runs(over, 1 - quantile, alpha, f"at or over {target.value:g} ms", least)
    if missed := find_schedule_miss(report, target.value):
        return "inconclusive", missed
    if busy is None:
        return outcome, f"{reason}; utilisation is unknown, so its limit was not applied"
    # At 100 % and more the queue grows for ever: a fail is then no accident of the sample.
    if busy > MOST_UTILISATION and outcome != "inconclusive" and (outcome == "pass" or busy < 1):
        return "inconclusive", f"the server was {busy:.0%} busy; lower the arrival rate. {reason}"
    if least > 1:
        reason += f"; in a queue {busy:.0%} busy requests count at least {least:.1f} for one"
    return outcome, reason


def find_schedule_miss(report: Report, target_ms: float) -> str | None:
    """Why the load shows nothing about the pilot; None when it left as planned.

    Against the drawn schedule, not the nominal rate: a short Poisson run may itself be slower by chance.
    """
    delay = nearest_rank([request.sentMs - request.scheduledMs for request in report.requests], 99)
    if delay is not None and delay > target_ms * MOST_DELAY_OF_TARGET:
        return f"the load left late: p99 {delay:.1f} ms, allowed is 1 % of the target; nothing is shown about the pilot"
    last: dict[int, tuple[float, float]] = {}
    for request in report.requests:
        scheduled, sent = last.get(request.run, (0.0, 0.0))
        last[request.run] = (max(scheduled, request.scheduledMs), max(sent, request.sentMs))
    planned, real = (sum(pair[side] for pair in last.values()) for side in (0, 1))
    if real > 0 and planned / real < LEAST_ACHIEVED_RATE:
        return f"the load was sent at {planned / real:.0%} of the planned rate; nothing is shown about the pilot"
    return None


def measure_utilisation(report: Report) -> float | None:
    """Share of the time that the one server works; None where that is unknown.

    Threads share one interpreter lock, so what this process computes has one worker. How many a model behind an
    endpoint has, or a device that takes several questions at once, is not known from here.
    """
    if report.config.answer.mode != "extractive":
        return None
    # A stage that not every question reaches (the model after a refusal) has fewer calls: the most is the questions.
    calls = max((stage.calls for stage in report.stages), default=0)
    if calls == 0:
        return None
    wall_ms = sum(stage.wallMs for stage in report.stages)
    return report.config.workload.arrivalsPerSecond * wall_ms / calls / 1000


def _judge_questions(report: Report, target: Target, alpha: float) -> tuple[Outcome, str]:
    chosen = [
        question.correct
        for question in report.questions
        if question.correct is not None and (target.metric == "answer_accuracy" or question.rule == "must_refuse")
    ]
    if not chosen:
        return "inconclusive", "no question of this set can be judged"
    correct, total = sum(chosen), len(chosen)
    outcome = judge_proportion(correct, total, target.value, alpha, target.comparison)
    low, high = lower_bound(correct, total, alpha), upper_bound(correct, total, alpha)
    return (
        outcome,
        f"{correct} of {total} right; the true share is above {low:.3f}, and under {high:.3f} (each one-sided)",
    )


def _judge_runs(
    runs: list[list[bool]], over_share: float, alpha: float, over: str, least_dependence: float = 1.0
) -> tuple[Outcome, str]:
    if not runs:
        return "inconclusive", "no request was sent"
    judged = judge_over_share(runs, over_share, alpha, least_dependence)
    counts = _describe(judged, len(runs), over)
    if len(runs) < LEAST_RUNS:
        return "inconclusive", f"{len(runs)} runs; {LEAST_RUNS} are needed to show independence. {counts}"
    return judged.verdict, counts


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
