import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mlops_pilot.cli import main
from mlops_pilot.errors import PilotError
from mlops_pilot.evaluate import entity_precision, recall_at_budget
from mlops_pilot.figures import columns_of
from mlops_pilot.gate import bound_median, check_unmoved, judge_report, overall
from mlops_pilot.report import Report, read_report, write_report
from mlops_pilot.resample import draw_seeded, resample
from mlops_pilot.score_days import catch_by_day, entity_shares
from tests.code.conftest import make_config
from tests.code.make_report import make_report


def target(metric: str, comparison: str, value: float) -> dict[str, Any]:
    return {"metric": metric, "comparison": comparison, "value": value, "confidence": 0.95}


def with_targets(report: Report, *targets: dict[str, Any]) -> Report:
    return Report.model_validate(
        report.model_dump() | {"config": report.config.model_dump() | {"targets": list(targets)}}
    )


@pytest.mark.parametrize(
    ("metric", "comparison", "value", "outcome"),
    [
        ("averagePrecision", "gt", 0.4, "pass"),
        ("averagePrecision", "lt", 0.4, "fail"),
        ("averagePrecision", "gt", 0.99, "fail"),
        ("recallAtBudget", "gt", 0.8, "pass"),
        ("cardPrecisionAt100", "gt", 0.5, "fail"),
        ("p95Ms", "lt", 20, "pass"),
        ("p95Ms", "lt", 3, "inconclusive"),
        ("batchRowsPerSecond", "gt", 200_000, "pass"),
        ("batchRowsPerSecond", "gt", 400_000, "fail"),
        ("trainRowsPerSecond", "gt", 1_000, "pass"),
        ("costPerRunUsd", "lt", 1, "inconclusive"),
    ],
)
def test_each_target_is_judged_from_the_records(metric: str, comparison: str, value: float, outcome: str) -> None:
    report = with_targets(make_report(), target(metric, comparison, value))
    assert [verdict.verdict for verdict in judge_report(report)] == [outcome]


def test_a_target_at_what_was_measured_is_neither_passed_nor_failed() -> None:
    report = make_report()
    value = report.metrics[0].value
    assert value is not None
    assert overall(judge_report(with_targets(report, target("averagePrecision", "gt", value)))) == "inconclusive"


def test_a_late_server_fails_and_nine_runs_show_nothing() -> None:
    late = with_targets(make_report(latency_ms=30), target("p95Ms", "lt", 20))
    few = with_targets(make_report(runs=9), target("p95Ms", "lt", 20))
    assert overall(judge_report(late)) == "fail"
    assert overall(judge_report(few)) == "inconclusive"
    assert "10 are needed" in judge_report(few)[0].reason


def test_an_error_counts_as_over() -> None:
    report = make_report()
    broken = [
        request.model_copy(update={"status": "error", "doneMs": None, "error": "HTTP 503"})
        if request.index % 3 == 0
        else request
        for request in report.requests
    ]
    value = report.model_dump() | {"requests": [request.model_dump() for request in broken]}
    for metric in value["metrics"]:
        if metric["name"] == "p95Ms":
            metric["value"] = None
    judged = judge_report(with_targets(Report.model_validate(value), target("p95Ms", "lt", 20)))
    assert judged[0].verdict == "fail"
    assert "200 of 600" in judged[0].reason


def change(key: str, value: object) -> Callable[[dict[str, Any]], object]:
    return lambda report: report.update({key: value})


BROKEN: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "a figure was raised": (lambda r: r["metrics"][0].update(value=0.99999), "averagePrecision: the report says"),
    "a figure was left out": (lambda r: r["metrics"].pop(0), "does not say it"),
    "a figure stands twice": (lambda r: r["metrics"].append(r["metrics"][0]), "twice"),
    "a request was left out": (lambda r: r["requests"].pop(), "the plan has 600 requests"),
    "a slow request was replaced": (lambda r: r["requests"].__setitem__(0, r["requests"][1]), "a request stands"),
    "a positive was dropped": (lambda r: r["scores"].pop(0), "the report says"),
    "a target was moved": (lambda r: r["config"]["targets"][0].update(value=0.1), "configSha256 does not belong"),
    "it is of another kind": (change("kind", "rag"), "kind"),
    "it is of a later version": (change("schemaVersion", 2), "schemaVersion"),
    "it has an unknown key": (change("extra", 1), "extra"),
    "a time is no time": (change("startedAt", "2026-02-30T00:00:00Z"), "startedAt"),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_report_that_was_changed_is_refused(what: str, tmp_path: Path) -> None:
    spoil, said = BROKEN[what]
    path = tmp_path / "report.json"
    write_report(make_report(), path)
    value = json.loads(path.read_text())
    spoil(value)
    path.write_text(json.dumps(value))
    with pytest.raises(PilotError, match=said) as caught:
        judge_report(read_report(path))
    assert caught.value.exit_code == 65


@pytest.mark.parametrize("text", ["", "[]", "{", '{"schemaVersion": NaN}', '{"a": Infinity}', "[" * 100_000])
def test_what_is_no_report_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(text)
    with pytest.raises(PilotError) as caught:
        read_report(path)
    assert caught.value.exit_code == 65


def test_a_report_is_never_written_with_a_number_that_json_has_not(tmp_path: Path) -> None:
    report = make_report()
    report.metrics[0].value = float("nan")
    with pytest.raises(ValueError, match="JSON"):
        write_report(report, tmp_path / "report.json")
    assert list(tmp_path.iterdir()) == []


def test_a_report_of_another_project_or_other_targets_is_refused() -> None:
    report = make_report()
    other = report.config.model_copy(update={"projectId": "prj_01JDA7QZ4V0000000000000000"})
    moved = report.config.model_copy(update={"targets": report.config.targets[:1]})
    check_unmoved(report, report.config)
    for config, said in ((other, "another project"), (moved, "not those")):
        with pytest.raises(PilotError, match=said):
            check_unmoved(report, config)


def test_a_bench_that_stopped_passes_nothing() -> None:
    failed = {"status": "failed", "stage": "load", "reason": "the server died"}
    report = Report.model_validate(make_report().model_dump() | {"outcome": failed})
    verdicts = judge_report(report)
    assert {verdict.verdict for verdict in verdicts} == {"inconclusive"}
    assert "the server died" in verdicts[0].reason


@pytest.mark.parametrize(("good", "latency", "code"), [(True, 5.0, 0), (False, 5.0, 1)])
def test_the_verb_ends_with_the_outcome(
    good: bool, latency: float, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = make_report(good=good, latency_ms=latency)
    write_report(report, tmp_path / "report.json")
    (tmp_path / "pilot.json").write_text(json.dumps(report.config.model_dump(mode="json")))
    assert main(["gate", "--dir", str(tmp_path), str(tmp_path / "report.json")]) == code
    assert f"gate: {'pass' if code == 0 else 'fail'}" in capsys.readouterr().out
    assert main(["gate", "--dir", str(tmp_path), str(tmp_path / "absent.json")]) == 66
    assert "run pilot bench first" in capsys.readouterr().err


def test_draws_are_those_of_the_app() -> None:
    # The first numbers of mulberry32 with seed 1, as the app's own stream gives them.
    assert draw_seeded(1, 0, 3).tolist() == [2693262067, 11749833, 2265367787]
    assert draw_seeded(1, 1, 2).tolist() == draw_seeded(1, 0, 3).tolist()[1:]


def test_one_group_shows_no_bound_and_equal_groups_an_exact_one() -> None:
    mean = lambda times: float(times.mean())  # noqa: E731
    assert resample(mean, 1, seed=1, alpha=0.05) is None
    bounds = resample(mean, 5, seed=1, alpha=0.05)
    assert bounds is not None
    assert (bounds.low, bounds.high) == (1.0, 1.0)


@pytest.mark.parametrize(("count", "rank"), [(4, None), (5, 0), (8, 1), (10, 1), (11, 2)])
def test_a_median_is_bounded_by_order_statistics(count: int, rank: int | None) -> None:
    bounds = bound_median([float(number) for number in range(count)], 0.05)
    assert (None if bounds is None else bounds.low) == rank
    assert (None if bounds is None else bounds.high) == (None if rank is None else count - 1 - rank)


def test_the_parts_by_day_add_up_to_the_figures() -> None:
    columns = columns_of(make_report(good=False).scores)
    days, shares = catch_by_day(columns, 3), entity_shares(columns, 5)
    whole = recall_at_budget(columns.labels, columns.scores, columns.days, 3)
    assert days.caught.sum() / days.positives.sum() == pytest.approx(whole)
    precision = entity_precision(columns.labels, columns.scores, columns.days, columns.entities, 5)
    assert np.mean(shares) == pytest.approx(precision)


def test_a_forecast_is_judged_by_its_series() -> None:
    config = make_config()
    series = [
        {"id": f"H{number}", "smape": 10 + number % 5, "mase": 1.0, "smapeNaive2": 18.0, "maseNaive2": 2.4}
        for number in range(50)
    ]
    value = make_report().model_dump()
    value["config"] = config.model_dump() | {
        "task": "forecast",
        "targets": [target("owa", "lt", 0.6)],
        "workload": value["config"]["workload"],
    }
    value |= {"scores": [], "series": series}
    value["data"] |= {"rows": 50, "positives": None}
    from mlops_pilot.figures import Records, compute_metrics

    report = Report.model_validate(value | {"metrics": []})
    metrics = compute_metrics(
        report.config, Records(report.scores, report.series, report.requests, report.batches, report.training)
    )
    report = report.model_copy(update={"metrics": metrics})
    assert metrics[0].value == pytest.approx((12 / 18 + 1 / 2.4) / 2)
    assert overall(judge_report(report)) == "pass"
