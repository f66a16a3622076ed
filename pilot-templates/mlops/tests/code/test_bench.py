import asyncio
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from mlops_pilot.bench import apply_preset, hide_folder, keep_most, name_preset
from mlops_pilot.bench_pipeline import make_batch, time_batches, time_training
from mlops_pilot.bench_quality import measure_quality
from mlops_pilot.champion_service import ChampionService
from mlops_pilot.config import Workload
from mlops_pilot.describe_report import describe_report
from mlops_pilot.errors import PilotError
from mlops_pilot.load import ask_alone, run_load, schedule_arrivals
from mlops_pilot.meters import Meters
from mlops_pilot.not_run import list_not_run
from mlops_pilot.open_port import bind
from mlops_pilot.report import ScoreRecord
from mlops_pilot.seal_plan import seal_plan
from mlops_pilot.serve import build_app
from tests.code.conftest import make_config
from tests.code.make_report import make_report
from tests.code.make_state import make_state
from tests.code.test_serve import ROW

BODY = {ROW["id"]: json.dumps({"rows": [ROW]}).encode()}


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    import uvicorn

    meters = Meters()
    service = ChampionService(make_state(tmp_path_factory.mktemp("bench")), meters)
    service.refresh()
    app = build_app(service, meters)
    listener = bind("127.0.0.1", 0)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off"))
    thread = threading.Thread(target=lambda: server.run(sockets=[listener]), daemon=True)
    thread.start()
    yield int(listener.getsockname()[1])
    server.should_exit = True
    thread.join(10)
    listener.close()


def workload(**keys: object) -> Workload:
    return make_config(workload={"arrivals": "poisson", "seed": 3, **keys}).workload


def test_the_load_leaves_on_schedule_and_every_answer_is_recorded(port: int) -> None:
    planned = workload(runs=2, requestsPerRun=20, arrivalsPerSecond=50)
    results = asyncio.run(run_load(port, BODY, planned))
    assert [len(result.records) for result in results] == [20, 20]
    for run, result in enumerate(results):
        scheduled = [record.scheduledMs for record in result.records]
        assert scheduled == [round(moment * 1000, 3) for moment in schedule_arrivals(planned, run)]
        assert all(record.status == "ok" and record.doneMs is not None for record in result.records)
        assert all(record.sentMs >= record.scheduledMs for record in result.records)


def test_a_refused_request_is_an_error_and_stops_the_profile_without_load(port: int) -> None:
    bad = {"bad": b'{"rows": []}'}
    results = asyncio.run(run_load(port, bad, workload(runs=1, requestsPerRun=3)))
    assert {record.error for record in results[0].records} == {"HTTP 422"}
    assert len(asyncio.run(ask_alone(port, BODY, 5, 10))) == 5
    with pytest.raises(PilotError, match="HTTP 422"):
        asyncio.run(ask_alone(port, bad, 1, 10))


def test_quality_throughput_and_training_come_from_the_state(tmp_path: Path) -> None:
    from mlops_pilot.bench import Gathered

    project, gathered = make_state(tmp_path), Gathered()
    _, split = measure_quality(project, gathered)
    assert gathered.data is not None
    assert gathered.data.rows == len(gathered.scores) > 0
    assert gathered.data.positives == sum(record.label for record in gathered.scores)
    assert {record.day for record in gathered.scores} <= {
        gathered.data.testFrom,
        *map(str, split.held_out["eventTime"].dt.date().unique()),
    }
    assert make_batch(project, 9_000).height == 12_000
    assert [batch.rows for batch in time_batches(project, 4_000, 2)] == [4_000, 4_000]
    once = time_training(split.train, project.config, 1)
    assert (once.rows, once.epochs) == (split.train.height, 1)


def test_a_preset_sets_the_sample_and_never_the_promised_rate() -> None:
    config = make_config()
    quick = apply_preset(config, "quick")
    assert (quick.workload.runs, quick.workload.requestsPerRun) == (10, 60)
    assert quick.workload.arrivalsPerSecond == config.workload.arrivalsPerSecond
    assert apply_preset(config, None) == config
    assert name_preset(apply_preset(config, "standard"), None) == "standard"


def test_a_report_travels_without_the_folders_of_this_machine() -> None:
    assert hide_folder(make_config(data={"path": "/home/ada/secret project"})).data.path == "secret project"
    assert hide_folder(make_config()).data.path == "data"


def test_more_rows_than_a_report_holds_lose_their_oldest_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mlops_pilot.bench.MOST_SCORES", 5)
    scores = [
        ScoreRecord(row=str(number), entity="c", day=f"2026-02-0{1 + number // 2}", label=0, score=0.1, baseline=None)
        for number in range(6)
    ]
    kept, left_out = keep_most(scores)
    assert ([record.row for record in kept], left_out) == (["2", "3", "4", "5"], 2)


def test_what_was_left_out_is_said() -> None:
    said = {item.what for item in list_not_run(make_config(serving={"requestsPerMinute": 5}), "quick", 7)}
    assert {"GPU", "the rate limit", "7 held-out rows", "cost per run and per 1,000 scores"} <= said


def test_the_plan_is_sealed_before_the_run_and_moves_with_its_targets() -> None:
    config = make_config()
    plan, sha256 = seal_plan("quick", "0" * 64, config)
    other = config.model_copy(update={"targets": config.targets[:1]})
    assert plan["stopRule"] == "fixed"
    assert seal_plan("quick", "0" * 64, config)[1] == sha256
    assert seal_plan("quick", "0" * 64, other)[1] != sha256


def test_the_report_for_people_names_gate_figures_and_gaps() -> None:
    text = describe_report(make_report())
    assert "## Gate: pass" in text
    assert "| averagePrecision > 0.4 |" in text
    assert "- GPU: device.want is cpu" in text
