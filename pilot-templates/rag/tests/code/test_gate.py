import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rag_pilot.exact_tests import (
    chance_at_least,
    chance_at_most,
    judge_over_share,
    judge_proportion,
    lower_bound,
    upper_bound,
)
from rag_pilot.fuse import fuse_rrf, rank
from rag_pilot.metrics import nearest_rank, rank_question

Vector = dict[str, Any]


def test_at_an_alpha_of_five_percent_the_borders_of_80_percent_are_known() -> None:
    for out_of, least_pass, most_fail in ((50, 45, None), (100, 87, 72), (200, 170, None), (300, 252, None)):
        assert judge_proportion(least_pass, out_of, 0.8, 0.05) == "pass"
        assert judge_proportion(least_pass - 1, out_of, 0.8, 0.05) == "inconclusive"
        if most_fail is not None:
            assert judge_proportion(most_fail, out_of, 0.8, 0.05) == "fail"
            assert judge_proportion(most_fail + 1, out_of, 0.8, 0.05) == "inconclusive"


def runs(*counts: tuple[int, int]) -> list[list[bool]]:
    """(over, size) a run, late ones spread evenly so that they do not follow each other."""
    spread = []
    for over, size in counts:
        late = {size * number // over for number in range(over)} if over else set()
        spread.append([at in late for at in range(size)])
    return spread


@pytest.mark.parametrize(
    ("series", "verdict"),
    [
        (runs(*[(0, 6)] * 10), "pass"),
        (runs((0, 59)), "inconclusive"),
        (runs(*[(0, 100)] * 9), "inconclusive"),
        (runs(*[(0, 2)] * 10), "inconclusive"),
        (runs(*[(30, 300)] * 10), "fail"),
        (runs(*[(0, 100)] * 9, (60, 100)), "inconclusive"),
    ],
)
def test_a_latency_target_needs_ten_runs_that_agree(series: list[list[bool]], verdict: str) -> None:
    assert judge_over_share(series, 0.05, 0.05).verdict == verdict


def test_lateness_that_lasts_counts_as_fewer_requests() -> None:
    draw = random.Random(1)
    together = []
    for _ in range(20):
        start = draw.randrange(80)
        together.append([start <= at < start + 6 for at in range(100)])
    judged = judge_over_share(together, 0.05, 0.05)
    assert judged.autocorrelation_time > 4
    assert judged.effective_requests == int(2000 / judged.dependence)


def _quantile(vector: Vector) -> None:
    given, expected = vector["input"], vector["expected"]
    over, alpha = 1 - given["p"], given["alpha"]
    most = expected["max_over_for_pass"]
    if most is not None:
        assert chance_at_most(most, given["n"], over) <= alpha < chance_at_most(most + 1, given["n"], over)
    least = expected["min_over_for_fail"]
    assert chance_at_least(least, given["n"], over) <= alpha < chance_at_least(least - 1, given["n"], over)


def _accuracy(vector: Vector) -> None:
    given, expected = vector["input"], vector["expected"]
    verdicts = [judge_proportion(k, given["n"], given["target"], given["alpha"]) for k in range(given["n"] + 1)]
    assert (verdicts.index("pass") if "pass" in verdicts else None) == expected["exact_min_k_pass"]
    fails = [k for k, verdict in enumerate(verdicts) if verdict == "fail"]
    assert (max(fails) if fails else None) == expected["exact_max_k_fail"]


def _proportion(vector: Vector) -> None:
    given, expected = vector["input"], vector["expected"]
    low, high = (bound(given["k"], given["n"], given["alpha"]) for bound in (lower_bound, upper_bound))
    assert low == pytest.approx(expected["clopper_pearson_one_sided_lower"], abs=vector["tol"])
    assert high == pytest.approx(expected["clopper_pearson_one_sided_upper"], abs=vector["tol"])


def _dependent(vector: Vector) -> None:
    given, expected = vector["input"], vector["expected"]
    series = runs(*((over, given["requests_per_run"]) for over in given["over_counts_per_run"]))
    judged = judge_over_share(series, given["p0"], given["alpha"])
    assert judged.design_effect == pytest.approx(expected["deff"], abs=1e-9)
    if judged.dependence == judged.design_effect:
        assert (judged.effective_requests, judged.effective_over) == (expected["n_eff"], expected["k_eff"])
        assert judged.verdict == expected["verdict"]


def _ranking(vector: Vector) -> None:
    given, expected = vector["input"], vector["expected"]
    relevant = [name for name, gain in given["qrels"].items() if gain > 0]
    if not relevant or any(gain > 1 for gain in given["qrels"].values()):
        return
    ranking = rank_question(given["run"], relevant, given["k"])
    assert ranking.precision == pytest.approx(expected["precision@k"], abs=1e-9)
    assert ranking.recall == pytest.approx(expected["recall@k"], abs=1e-9)
    assert ranking.reciprocal_rank == pytest.approx(expected["rr@k"], abs=1e-9)
    assert ranking.ndcg == pytest.approx(expected["ndcg@k_linear"], abs=1e-9)


def _rrf(vector: Vector) -> None:
    ranked = rank(fuse_rrf(vector["input"]["lists"], vector["input"]["k"]))
    assert [name for name, _ in ranked] == vector["expected"]["order"]
    assert dict(ranked) == pytest.approx(vector["expected"]["scores"], abs=1e-12)


def _percentile(vector: Vector) -> None:
    percent = round(vector["input"]["p"] * 100)
    values = vector["input"]["x"]
    values = list(range(1, 101)) if values == "range(1,101)" else values
    assert nearest_rank(values, percent) == vector["expected"]["nearest_rank"]


CHECKS: dict[str, Callable[[Vector], None]] = {
    "latency_verdict": _quantile,
    "accuracy_verdict": _accuracy,
    "proportion_ci": _proportion,
    "latency_verdict_dependent": _dependent,
    "ranking": _ranking,
    "rrf": _rrf,
    "percentile": _percentile,
}


def test_the_shared_vectors_come_out_to_the_digit() -> None:
    """PILOTAGE_VECTORS names their folder; without it this is skipped, and pytest says so."""
    folder = os.environ.get("PILOTAGE_VECTORS")
    if not folder:
        pytest.skip("PILOTAGE_VECTORS is not set: the shared numeric vectors were not checked")
    text = (Path(folder) / "stat_vectors.json").read_text()
    vectors = [vector for vector in json.loads(text)["vectors"] if vector["kind"] in CHECKS]
    assert len(vectors) >= len(CHECKS)
    for vector in vectors:
        CHECKS[vector["kind"]](vector)
