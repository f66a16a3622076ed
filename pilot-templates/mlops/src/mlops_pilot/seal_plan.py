"""The plan of a run, from what stands before it starts, and its hash."""

from typing import Any

from mlops_pilot.canonical import canonical_sha256
from mlops_pilot.config import MetricName, MlopsConfig, Target

# metric: (what is counted, test)
TESTS: dict[MetricName, tuple[str, str]] = {
    "averagePrecision": ("rows", "resampled_entities"),
    "recallAtBudget": ("rows", "resampled_days"),
    "cardPrecisionAt100": ("days", "resampled_days"),
    "owa": ("series", "resampled_series"),
    "smape": ("series", "resampled_series"),
    "mase": ("series", "resampled_series"),
    "p95Ms": ("requests", "binomial_runs"),
    "batchRowsPerSecond": ("repetitions", "order_statistics"),
    "trainRowsPerSecond": ("repetitions", "order_statistics"),
    "costPerRunUsd": ("none", "none"),
    "costPer1kScoresUsd": ("none", "none"),
}


def seal_plan(preset: str, config_sha256: str, config: MlopsConfig) -> tuple[dict[str, Any], str]:
    """(plan, sha256). Nothing is looked at before the last answer, so the rule to stop is `fixed`."""
    workload = config.workload
    plan = {
        "schemaVersion": 1,
        "preset": preset,
        "configSha256": config_sha256,
        "runs": workload.runs,
        "requestsPerRun": workload.requestsPerRun,
        "arrivals": workload.arrivals,
        "arrivalsPerSecond": workload.arrivalsPerSecond,
        "seed": workload.seed,
        "tests": [_plan_test(target, len(config.targets)) for target in config.targets],
        "stopRule": "fixed",
    }
    return plan, canonical_sha256(plan)


def _plan_test(target: Target, targets: int) -> dict[str, Any]:
    unit, test = TESTS[target.metric]
    # 1 - 0.95 is 0.050000000000000044 in binary; two languages must print the same plan.
    alpha = round(1 - target.confidence, 9)
    return {
        "metric": target.metric,
        "comparison": target.comparison,
        "value": target.value,
        "alpha": alpha,
        "alphaFail": round(alpha / targets, 9),
        "unit": unit,
        "test": test,
    }
