"""The plan of a run, from what stands before it starts, and its hash. The same bytes as the app's."""

from typing import Any

from rag_pilot.canonical import canonical_sha256
from rag_pilot.config import MetricName, Target, Workload

# metric: (what is counted, test)
TESTS: dict[MetricName, tuple[str, str]] = {
    "answer_accuracy": ("questions", "binomial"),
    "refusal_accuracy": ("questions", "binomial"),
    "precision_at_k": ("questions", "mean_by_document"),
    "recall_at_k": ("questions", "mean_by_document"),
    "mrr": ("questions", "mean_by_document"),
    "ndcg_at_k": ("questions", "mean_by_document"),
    "latency_p50_ms": ("requests", "binomial_runs"),
    "latency_p95_ms": ("requests", "binomial_runs"),
    "latency_p99_ms": ("requests", "binomial_runs"),
    "error_share": ("requests", "binomial_runs"),
    "throughput_rps": ("runs", "ratio_of_runs"),
    "usd_per_1k": ("questions", "mean_by_document_unseen_most"),
}


def seal_plan(
    preset: str, config_sha256: str, targets: list[Target], workload: Workload, questions: int
) -> tuple[dict[str, Any], str]:
    """(plan, sha256). Nothing is looked at before the last answer, so the rule to stop is `fixed`."""
    sizes = {"requests": workload.runs * workload.requestsPerRun, "questions": questions, "runs": workload.runs}
    plan = {
        "schemaVersion": 1,
        "preset": preset,
        "configSha256": config_sha256,
        "runs": workload.runs,
        "requestsPerRun": workload.requestsPerRun,
        "arrivals": workload.arrivals,
        "arrivalsPerSecond": workload.arrivalsPerSecond,
        "seed": workload.seed,
        "tests": [_plan_test(target, len(targets), sizes) for target in targets],
        "stopRule": "fixed",
    }
    return plan, canonical_sha256(plan)


def _plan_test(target: Target, targets: int, sizes: dict[str, int]) -> dict[str, Any]:
    unit, test = TESTS[target.metric]
    # 1 - 0.95 is 0.050000000000000044 in binary; two languages must print the same plan.
    alpha = round(1 - target.confidence, 9)
    return {
        "metric": target.metric,
        "comparison": target.comparison,
        "value": target.value,
        "alpha": alpha,
        "alphaFail": round(alpha / targets, 9),
        "n": sizes[unit],
        "unit": unit,
        "test": test,
    }
