import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rag_pilot.config import Target, Workload
from rag_pilot.gate import judge_target
from rag_pilot.mean_test import ScoreGroup, bound_mean, chance_mean_at_most, group_by_document, judge_mean
from rag_pilot.queue_dependence import queue_dependence
from rag_pilot.rate_test import OfferedRun, bound_rate, judge_rate
from rag_pilot.report import Report
from rag_pilot.seal_plan import seal_plan

# The app runs the same file: both sides must come out alike.
SHARED = Path(__file__).parents[2] / "contract" / "examples" / "statistics.json"
Given = dict[str, Any]


def _groups(given: Given) -> list[ScoreGroup]:
    if "outOf" in given:
        return [ScoreGroup(1.0 if at < given["rightAnswers"] else 0.0, 1) for at in range(given["outOf"])]
    return [ScoreGroup(group["sum"], group["size"]) for group in given["groups"]]


def _bound(given: Given) -> dict[str, float]:
    low, high = bound_mean(_groups(given), given["least"], given["most"], given["alpha"])
    return {"low": low, "high": high}


def _rate(given: Given) -> dict[str, float]:
    runs = [OfferedRun(run["answered"], run["answered"], run["seconds"], 0.0) for run in given["runs"]]
    bounds = bound_rate(runs, given["alpha"])
    assert bounds is not None
    return dict(zip(("rate", "low", "high"), bounds, strict=True))


def _group(given: Given) -> dict[str, Any]:
    groups = group_by_document(zip(given["relevant"], given["scores"], strict=True))
    return {"groups": [{"sum": group.sum, "size": group.size} for group in groups]}


def _seal(given: Given) -> dict[str, str]:
    before = given["before"]
    targets = [Target.model_validate(target) for target in before["config"]["targets"]]
    workload = Workload.model_validate(before["config"]["workload"])
    _, sha256 = seal_plan(before["preset"], before["configSha256"], targets, workload, before["questions"])
    return {"sha256": sha256}


ANSWERS: dict[str, Callable[[Given], dict[str, Any]]] = {
    "chance_mean_at_most": lambda given: {
        "chance": chance_mean_at_most(_groups(given), given["mean"], given["unseen"])
    },
    "bound_mean": _bound,
    "bound_rate": _rate,
    "queue_dependence": lambda given: {
        "dependence": queue_dependence(given["quantile"], given["requestsPerRun"], given["utilisation"])
    },
    "group_by_document": _group,
    "sealed_plan": _seal,
}


@pytest.mark.parametrize(
    "case", json.loads(SHARED.read_text())["cases"], ids=lambda case: f"{case['kind']}: {case['name']}"
)
def test_both_sides_compute_the_same(case: Given) -> None:
    answers = ANSWERS[case["kind"]](case["input"])
    for name, expected in case["expected"].items():
        if name in ("groups", "sha256"):
            assert answers[name] == expected
        else:
            assert answers[name] == pytest.approx(expected, abs=case["tol"])


@pytest.mark.parametrize(
    ("found", "per_document", "verdict"),
    [(50, 1, "pass"), (45, 1, "pass"), (44, 1, "inconclusive"), (20, 1, "fail"), (45, 5, "inconclusive")],
)
def test_questions_of_one_document_count_as_one(found: int, per_document: int, verdict: str) -> None:
    scored = [([f"d{at // per_document}"], 1.0 if at < found else 0.0) for at in range(50)]
    judged = judge_mean(group_by_document(scored), 0, 1, 0.8, "gt", 0.05)
    assert judged.verdict == verdict
    assert (judged.more_questions or 0) > 0 or verdict != "inconclusive"


def test_a_load_that_offered_less_than_the_target_says_nothing_against_the_server() -> None:
    runs = [OfferedRun(60, 60, 30 + at / 10, 30.0) for at in range(10)]
    judged = judge_rate(runs, 3.0, 0.05)
    assert judged is not None
    assert (judged.verdict, judged.too_little_load) == ("inconclusive", True)
    passing = judge_rate(runs, 1.5, 0.05)
    assert passing is not None
    assert passing.verdict == "pass"


EXAMPLE = Path(__file__).parents[2] / "contract" / "examples" / "report" / "valid" / "completed.json"


@pytest.mark.parametrize(
    ("metric", "comparison", "value", "said"),
    [
        ("mrr", "gt", 0.5, "questions on"),
        ("ndcg_at_k", "gt", 0.5, "questions on"),
        ("usd_per_1k", "lt", 1.0, "no price is configured"),
        ("throughput_rps", "gt", 0.001, "a second; the true rate is above"),
        ("throughput_rps", "lt", 1.0, "does not fit this metric"),
    ],
)
def test_every_metric_gets_a_verdict_or_a_reason(metric: str, comparison: str, value: float, said: str) -> None:
    report = Report.model_validate_json(EXAMPLE.read_text())
    target = Target.model_validate({"metric": metric, "comparison": comparison, "value": value, "confidence": 0.95})
    verdict = judge_target(report, target)
    assert said in verdict.reason


def test_a_cost_needs_the_tokens_of_each_question() -> None:
    value = json.loads(EXAMPLE.read_text())
    value["config"]["answer"] |= {"usdPerMillionTokensIn": 1, "usdPerMillionTokensOut": 5}
    tokens = [1000 + number % 5 * 100 for number in range(50)]
    value["questions"] = [
        value["questions"][0] | {"id": f"q{at}", "relevant": [f"d{at}"], "tokensIn": used, "tokensOut": 100}
        for at, used in enumerate(tokens)
    ]
    value["usage"] = {"tokensIn": sum(tokens), "tokensOut": 5000, "answers": 50}
    target = {"metric": "usd_per_1k", "comparison": "lt", "confidence": 0.95}
    report = Report.model_validate(value)
    for limit, outcome in ((2.0, "pass"), (1.71, "inconclusive"), (1.5, "fail")):
        assert judge_target(report, Target.model_validate(target | {"value": limit})).verdict == outcome
    value["usage"]["tokensIn"] += 1
    verdict = judge_target(Report.model_validate(value), Target.model_validate(target | {"value": 2.0}))
    assert "do not add up" in verdict.reason
