import asyncio
import json
import socket
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import polars as pl
import pytest

from mlops_pilot.champion_service import ChampionService
from mlops_pilot.config import Alerts, MlopsConfig
from mlops_pilot.door import Door
from mlops_pilot.errors import PilotError
from mlops_pilot.live_history import MANY_ROWS, LiveHistory, read_live_history, typed_rows
from mlops_pilot.meters import Meters
from mlops_pilot.name_features import feature_names
from mlops_pilot.open_port import bind, require_key
from mlops_pilot.page import protect, read_page
from mlops_pilot.registry import name_champion
from mlops_pilot.serve import build_app
from mlops_pilot.thresholds import list_thresholds
from mlops_pilot.transform import build_features
from tests.code import make_state as state
from tests.code.conftest import make_config

ROW: dict[str, Any] = {
    "id": "new-1",
    "time": "2026-02-20 13:45:00",
    "card": "c1",
    "terminal": "p1",
    "amount": 42.5,
    "channel": "chip",
}


def served(folder: Path, config: MlopsConfig | None = None) -> tuple[Door, ChampionService]:
    meters = Meters()
    service = ChampionService(state.make_state(folder, config), meters)
    service.refresh()
    return build_app(service, meters), service


def ask(app: Door, method: str, path: str, **request: Any) -> httpx.Response:
    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.request(method, path, **request)

    return asyncio.run(send())


def predict(app: Door, body: object) -> httpx.Response:
    content = body if isinstance(body, str) else json.dumps(body)
    return ask(app, "POST", "/predict", content=content, headers={"content-type": "application/json"})


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in ROW.items() if key != name}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Door:
    config = make_config(serving={"maxRows": 100})
    return served(tmp_path_factory.mktemp("served"), config)[0]


def test_a_row_is_scored_and_says_by_which_version(app: Door) -> None:
    answer = predict(app, {"rows": [ROW]})
    assert answer.status_code == 200
    value = answer.json()
    assert value["version"] == "v1"
    assert value["rows"][0]["id"] == "new-1"
    assert 0 <= value["rows"][0]["score"] <= 1
    assert value["rows"][0]["alert"] is (
        value["rows"][0]["score"] >= value["threshold"] if value["threshold"] else False
    )


BAD: dict[str, tuple[object, int, str]] = {
    "no JSON": ("{", 400, "BODY_NOT_JSON"),
    "not a number": ('{"rows": [{"amount": NaN}]}', 400, "BODY_NOT_JSON"),
    "infinity": ('{"rows": [{"amount": -Infinity}]}', 400, "BODY_NOT_JSON"),
    "a key twice": ('{"rows": [], "rows": []}', 400, "BODY_NOT_JSON"),
    "nested without end": ("[" * 50_000, 400, "BODY_NOT_JSON"),
    "a list": ([ROW], 422, "BODY_INVALID"),
    "nothing to score": ({"rows": []}, 422, "BODY_INVALID"),
    "another key": ({"rows": [ROW], "model": "v2"}, 422, "BODY_INVALID"),
    "a row that is a text": ({"rows": ["c1"]}, 422, "ROW_INVALID"),
    "a missing column": ({"rows": [without("amount")]}, 422, "COLUMN_MISSING"),
    "an extra column": ({"rows": [ROW | {"country": "NL"}]}, 422, "COLUMN_UNKNOWN"),
    "the label": ({"rows": [ROW | {"fraud": 1}]}, 422, "COLUMN_UNKNOWN"),
    "a number as text": ({"rows": [ROW | {"amount": "42.5"}]}, 422, "ROW_INVALID"),
    "a truth value as number": ({"rows": [ROW | {"amount": True}]}, 422, "ROW_INVALID"),
    "no amount": ({"rows": [ROW | {"amount": None}]}, 422, "ROW_INVALID"),
    "an amount below its range": ({"rows": [ROW | {"amount": -1}]}, 422, "ROW_INVALID"),
    "an endless number": ('{"rows": [' + json.dumps(ROW).replace("42.5", "1e999") + "]}", 422, "ROW_INVALID"),
    "a huge whole number": ('{"rows": [' + json.dumps(ROW).replace("42.5", "1" + "0" * 400) + "]}", 422, "ROW_INVALID"),
    "a number as card": ({"rows": [ROW | {"card": 17}]}, 422, "ROW_INVALID"),
    "an empty card": ({"rows": [ROW | {"card": ""}]}, 422, "ROW_INVALID"),
    "an unknown category": ({"rows": [ROW | {"channel": "by post"}]}, 422, "CATEGORY_UNKNOWN"),
    "a day that is none": ({"rows": [ROW | {"time": "2026-02-30 10:00:00"}]}, 422, "ROW_INVALID"),
    "a time of another zone": ({"rows": [ROW | {"time": "2026-02-20T10:00:00+02:00"}]}, 422, "ROW_INVALID"),
    "two rows of one key": ({"rows": [ROW, ROW]}, 422, "ROW_TWICE"),
    "too many rows": ({"rows": [ROW | {"id": str(number)} for number in range(101)]}, 413, "ROWS_TOO_MANY"),
    "a body too large": ('{"rows": [' + " " * 600_000 + "]}", 413, "BODY_TOO_LARGE"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_row_is_refused_and_not_repeated(what: str, app: Door) -> None:
    body, status, code = BAD[what]
    answer = predict(app, body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert "by post" not in answer.text
    assert predict(app, {"rows": [ROW]}).status_code == 200


@pytest.mark.parametrize("path", ["/health", "/ready", "/metrics", "/about", "/thresholds", "/decisions", "/"])
def test_every_path_answers(path: str, app: Door) -> None:
    answer = ask(app, "GET", path)
    assert answer.status_code == 200
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_ready_says_version_and_device(app: Door) -> None:
    value = ask(app, "GET", "/ready").json()
    assert value == {"status": "ready", "version": "v1", "device": "cpu", "historyTo": str(state.LAST)}
    assert 'pilot_champion_info{version="v1"} 1.0' in ask(app, "GET", "/metrics").text


def test_a_row_is_explained_by_features_that_add_up(app: Door) -> None:
    answer = ask(app, "POST", "/explain", json={"rows": [ROW]})
    value = answer.json()
    assert answer.status_code == 200
    assert value["score"] == pytest.approx(predict(app, {"rows": [ROW]}).json()["rows"][0]["score"], abs=1e-5)
    assert sum(reason["adds"] for reason in value["reasons"]) == pytest.approx(value["logit"] - value["base"], abs=1e-3)
    two = {"rows": [ROW, ROW | {"id": "new-2"}]}
    assert ask(app, "POST", "/explain", json=two).status_code == 413


def test_a_stranger_a_foreign_page_and_another_method_are_refused(app: Door) -> None:
    assert ask(app, "GET", "/ready", headers={"host": "evil.example"}).status_code == 421
    assert ask(app, "GET", "/ready", headers={"origin": "http://evil.example"}).status_code == 403
    assert ask(app, "GET", "/predict").status_code == 405
    assert ask(app, "GET", "/nothing").json()["code"] == "PATH_UNKNOWN"
    text = ask(app, "POST", "/predict", content="{}", headers={"content-type": "text/plain"})
    assert text.status_code == 415


def test_a_key_is_asked_for_where_one_is_configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PILOT_API_KEY", "k" * 32)
    config = make_config(serving={"apiKeyVariable": "PILOT_API_KEY"})
    guarded, _ = served(tmp_path, config)
    assert predict(guarded, {"rows": [ROW]}).status_code == 401
    headers = {"authorization": "Bearer " + "k" * 32}
    assert ask(guarded, "POST", "/predict", json={"rows": [ROW]}, headers=headers).status_code == 200
    assert require_key(make_config(), True).serving.apiKeyVariable == "PILOT_API_KEY"


def test_without_a_champion_it_says_so_and_serves_when_there_is_one(tmp_path: Path) -> None:
    meters, project = Meters(), state.make_state(tmp_path)
    named = project.work.models / "champion.json"
    kept = named.read_text()
    named.unlink()
    service = ChampionService(project, meters)
    service.refresh()
    app = build_app(service, meters)
    for answer in (ask(app, "GET", "/ready"), predict(app, {"rows": [ROW]})):
        assert answer.status_code == 503
        assert "no model has been promoted yet" in answer.json()["message"]
    assert ask(app, "GET", "/health").status_code == 200
    named.write_text(kept)
    service.refresh()
    assert predict(app, {"rows": [ROW]}).status_code == 200


def test_a_damaged_champion_is_not_served(tmp_path: Path) -> None:
    meters, project = Meters(), state.make_state(tmp_path)
    weights = project.work.models / "v1" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-1] + b"!")
    service = ChampionService(project, meters)
    service.refresh()
    answer = ask(build_app(service, meters), "GET", "/ready")
    assert answer.status_code == 503
    assert "these are not the weights" in answer.json()["message"]


def test_the_alias_moves_and_the_server_follows_but_not_to_a_damaged_model(tmp_path: Path) -> None:
    app, service = served(tmp_path)
    work = service.project.work
    before = predict(app, {"rows": [ROW]}).json()
    name_champion(work, "v2", "2026-02-21T06:00:00.000000Z", "v1")
    service.refresh()
    after = predict(app, {"rows": [ROW]}).json()
    assert (before["version"], after["version"]) == ("v1", "v2")
    assert before["rows"][0]["score"] != after["rows"][0]["score"]
    (work.models / "v1" / "model.safetensors").write_bytes(b"")
    named = json.loads((work.models / "champion.json").read_text())
    (work.models / "champion.json").write_text(json.dumps(named | {"version": "v1"}))
    service.refresh()
    assert predict(app, {"rows": [ROW]}).json()["version"] == "v2"
    answer = ask(app, "GET", "/ready")
    assert answer.status_code == 503
    assert "v2 keeps serving" in answer.json()["message"]


@pytest.mark.parametrize("count", [1, 12, MANY_ROWS + 10])
def test_a_live_row_has_the_features_of_the_pipeline(count: int, tmp_path: Path) -> None:
    """Rows of the newest days are taken out of the history and asked for again."""
    project = state.make_state(tmp_path)
    config = project.config
    everything = state.typed_rows().sort("time", "id")
    asked = everything.filter(pl.col("time").dt.date() > state.LAST - timedelta(days=3)).tail(count)
    known = everything.filter(~pl.col("id").is_in(asked["id"].to_list()))
    names = feature_names(config)
    live = LiveHistory(known, state.LAST, config).features(list(typed_rows(asked, config)), names)
    wanted = build_features(everything.lazy(), config).filter(pl.col("rowId").is_in(asked["id"].to_list())).collect()
    assert wanted["rowId"].to_list() == asked["id"].to_list()
    np.testing.assert_allclose(live, wanted.select(names).to_numpy(), rtol=2e-4, atol=2e-4)


def test_a_row_that_is_known_already_is_not_counted_twice(tmp_path: Path) -> None:
    project = state.make_state(tmp_path)
    live, names = read_live_history(project.config, project.work), feature_names(project.config)
    known = state.typed_rows().filter(pl.col("time").dt.date() == state.LAST).head(1)
    row = next(iter(typed_rows(known, project.config)))
    again = live.features([row], names)[0]
    fresh = live.features([row | {"id": "other"}], names)[0]
    count = names.index("card_count_30d")
    assert fresh[count] == again[count] + 1
    assert live.newest == state.LAST


def test_the_history_reads_only_days_that_passed(tmp_path: Path) -> None:
    project = state.make_state(tmp_path)
    for path in project.work.state.glob("snapshots/*.json"):
        path.write_text(path.read_text().replace('"accepted": true', '"accepted": false'))
    with pytest.raises(PilotError, match="no day has passed"):
        read_live_history(project.config, project.work)


def test_a_threshold_is_priced_by_what_it_misses_and_what_it_raises() -> None:
    labels, scores = np.array([1, 0, 1, 0]), np.array([0.9, 0.8, 0.8, 0.1])
    days = np.array(["2026-02-01", "2026-02-01", "2026-02-02", "2026-02-02"])
    choice = list_thresholds(labels, scores, days, Alerts(budgetPerDay=1, costMissUsd=100, costAlarmUsd=10))
    told = [
        (point.threshold, point.alertsPerDay, point.caught, point.falseAlarms, point.costUsd) for point in choice.points
    ]
    assert told == [(None, 0, 0, 0, 200), (0.9, 0.5, 1, 0, 110), (0.8, 1.5, 2, 1, 30), (0.1, 2, 2, 2, 40)]
    assert (choice.cheapest, choice.atBudget) == (2, 1)


def test_a_busy_port_is_said_with_a_way_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(PilotError, match=r"port \d+ is busy; set serving.port or pass --port") as caught:
            bind("127.0.0.1", taken.getsockname()[1])
    assert caught.value.exit_code == 75


def test_the_page_runs_nothing_but_its_own() -> None:
    content, policy = protect(read_page())
    nonce = policy.split("nonce-")[1].split("'")[0]
    assert "{{nonce}}" not in content
    assert content.count(f'nonce="{nonce}"') == 2
    assert "http" not in read_page().replace("http-equiv", "")
