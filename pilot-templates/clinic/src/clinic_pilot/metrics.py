"""The three speed-ups of a report, computed from its rounds. The app computes them again and must agree."""

import math
from collections.abc import Sequence
from statistics import median

from clinic_pilot.config import ClinicConfig, MetricName
from clinic_pilot.errors import DATA, PilotError
from clinic_pilot.report import ExampleRecord, Metric, Report, VariantRecord
from clinic_pilot.speed_ups import COMPARISONS, Comparison, bound_below, choose_workers, list_ratios

# The app refuses a larger disagreement too.
TOLERANCE = 1e-6


def compute_metrics(config: ClinicConfig, examples: Sequence[ExampleRecord], cores: int | None) -> list[Metric]:
    return [_compute_metric(config, examples, cores, comparison) for comparison in COMPARISONS]


def list_metric_ratios(
    config: ClinicConfig, examples: Sequence[ExampleRecord], cores: int | None, metric: MetricName
) -> list[float]:
    """Baseline through variant of each round; empty when one of the two was not measured."""
    comparison = next(item for item in COMPARISONS if item.metric == metric)
    workers = choose_workers(config.workers, cores) if comparison.variant == "processes" else None
    baseline = find_variant(examples, comparison.example, comparison.baseline)
    variant = find_variant(examples, comparison.example, comparison.variant, workers)
    return list_ratios(baseline.wallMs, variant.wallMs) if baseline and variant else []


def find_variant(
    examples: Sequence[ExampleRecord], example: str, name: str, workers: int | None = None
) -> VariantRecord | None:
    variants = next((item.variants for item in examples if item.id == example), [])
    return next((item for item in variants if item.name == name and item.workers == workers), None)


def check_report(report: Report) -> None:
    """65 when rounds are missing, variants disagree on the result, or a figure disagrees with its rounds."""
    for example in report.examples:
        for variant in example.variants:
            if not len(variant.wallMs) == len(variant.cpuMs) == report.config.rounds:
                raise PilotError(DATA, f"{example.id} {variant.name}: not {report.config.rounds} rounds.")
            if variant.check != example.variants[0].check:
                raise PilotError(DATA, f"{example.id}: {variant.name} gives another result than the first variant.")
    stated = {metric.name: metric for metric in report.metrics}
    for again in compute_metrics(report.config, report.examples, report.fingerprint.cores):
        said = stated.get(again.name)
        if said is None:
            raise PilotError(DATA, f"{again.name}: missing in the report.")
        if not (_agree(again.value, said.value) and _agree(again.low, said.low)):
            raise PilotError(DATA, f"{again.name}: the report says {said.value}, its rounds say {again.value}.")


def _agree(ours: float | None, theirs: float | None) -> bool:
    if ours is None or theirs is None:
        return ours is theirs
    return math.isclose(ours, theirs, rel_tol=TOLERANCE)


def _compute_metric(
    config: ClinicConfig, examples: Sequence[ExampleRecord], cores: int | None, comparison: Comparison
) -> Metric:
    ratios = list_metric_ratios(config, examples, cores, comparison.metric)
    return Metric(
        name=comparison.metric,
        value=median(ratios) if ratios else None,
        unit="x",
        n=len(ratios),
        low=bound_below(ratios) if ratios else None,
        direction="higher",
        method=_describe_method(config, cores, comparison),
    )


def _describe_method(config: ClinicConfig, cores: int | None, comparison: Comparison) -> str:
    variant = comparison.variant
    if variant == "processes":
        variant = f"processes ({choose_workers(config.workers, cores)} workers, chosen beforehand)"
    return (
        f"{comparison.example}: wall time of {comparison.baseline} over {variant}, same round; median of the rounds; "
        "one-sided 95 % bound by order statistic"
    )
