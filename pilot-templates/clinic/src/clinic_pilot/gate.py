"""The gate: each target of the sealed configuration against the rounds, with three outcomes."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from clinic_pilot.config import ClinicConfig, Target
from clinic_pilot.errors import DATA, PilotError
from clinic_pilot.metrics import check_report, list_metric_ratios
from clinic_pilot.report import Report
from clinic_pilot.speed_ups import Outcome, bound_above, bound_below, judge_ratios

EXIT: dict[Outcome, int] = {"pass": 0, "fail": 1, "inconclusive": 3}


@dataclass(frozen=True)
class Verdict:
    target: Target
    verdict: Outcome
    reason: str
    value: float | None


def judge_report(report: Report) -> list[Verdict]:
    """65 when a figure disagrees with its rounds; every target inconclusive when the bench did not complete."""
    if report.outcome.status == "failed":
        reason = f"the bench stopped in {report.outcome.stage}: {report.outcome.reason}"
        return [Verdict(target, "inconclusive", reason, None) for target in report.config.targets]
    check_report(report)
    return [_judge(report, target) for target in report.config.targets]


def overall(verdicts: Sequence[Verdict]) -> Outcome:
    """All must pass; any fail fails."""
    outcomes = {verdict.verdict for verdict in verdicts}
    return "fail" if "fail" in outcomes else "inconclusive" if "inconclusive" in outcomes else "pass"


def check_unmoved(report: Report, config: ClinicConfig) -> None:
    """A target that moved after the measurement is no target."""
    if report.config.targets != config.targets:
        raise PilotError(DATA, "the targets in pilot.json are not those the report was sealed with; run pilot bench.")


def _judge(report: Report, target: Target) -> Verdict:
    ratios = list_metric_ratios(report.config, report.examples, report.fingerprint.cores, target.metric)
    if not ratios:
        return Verdict(target, "inconclusive", "it was not measured; see what was not run", None)
    if target.comparison == "lt":
        return Verdict(target, "inconclusive", "a speed-up is a promise to exceed; write gt", median(ratios))
    alpha = 1 - target.confidence
    low, high = bound_below(ratios, alpha), bound_above(ratios, alpha)
    reason = f"the true median of {len(ratios)} rounds is above {low:.3g}, and under {high:.3g} (each one-sided)"
    return Verdict(target, judge_ratios(ratios, target.value, alpha), reason, median(ratios))
