"""Who becomes champion: winners do, losers and ties do not, the first must meet the targets, and a way leads back."""

import json
import zipfile
from datetime import datetime
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from mlops_pilot import promote_model
from mlops_pilot.bootstrap import Interval
from mlops_pilot.config import MlopsConfig, Target
from mlops_pilot.errors import NO_INPUT, NO_PERMISSION, UNAVAILABLE, PilotError
from mlops_pilot.measure_forecast import SeriesErrors
from mlops_pilot.project import Project
from mlops_pilot.promote import Approval, Decision, HeldOut, apply_policy, decide, decide_forecast
from mlops_pilot.promote_model import approve, promote_version, roll_back
from mlops_pilot.registry import history, read_champion
from mlops_pilot.train import train
from mlops_pilot.workdir import Workdir

from .conftest import ROOT, make_config
from .make_features import make_features, make_learning_config

FRAME = make_features()
HELD_OUT = make_features(seed=2, start=datetime(2026, 2, 1))
WIDE = Interval(0.5, 0.45, 0.55, 0.95, 1000)


def draw_scores(seed: int, strength: float, rows: int = 2000) -> tuple[HeldOut, np.ndarray, np.ndarray]:
    """Held-out rows of cards with five rows each, and two models of the same worth with errors of their own."""
    draw = np.random.default_rng(seed)
    cards = np.arange(rows) // 5
    compromised = draw.random(cards[-1] + 1) < 0.1
    labels = (compromised[cards] & (draw.random(rows) < 0.7)).astype(int)
    shared = labels * strength + draw.normal(size=cards[-1] + 1)[cards]
    first, second = (shared + draw.normal(size=rows) for _ in range(2))
    return HeldOut(labels, cards), first, second


def with_target(config: MlopsConfig, metric: str, comparison: str, value: float) -> MlopsConfig:
    target = Target.model_validate({"metric": metric, "comparison": comparison, "value": value})
    return config.model_copy(update={"targets": [target]})


def test_a_challenger_that_is_no_better_is_seldom_promoted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 200 pairs of equal models at most 15; about five are what chance gives at this confidence."""
    monkeypatch.setattr("mlops_pilot.promote.REPEATS", 300)
    promoted = 0
    for seed in range(200):
        held_out, challenger, champion = draw_scores(seed, 2.0)
        promoted += decide(challenger, champion, held_out, make_config(), seed=seed).outcome == "promote"
    assert promoted <= 15


@pytest.mark.parametrize(
    ("better", "expected"),
    [
        pytest.param("challenger", ("promote", "the challenger is better"), id="a winner"),
        pytest.param("champion", ("keep", "the champion is better"), id="a loser"),
        pytest.param("neither", ("keep", "a tie keeps the champion"), id="a tie"),
    ],
)
def test_only_a_shown_win_takes_the_place(better: str, expected: tuple[str, str]) -> None:
    held_out, one, other = draw_scores(1, 2.0)
    best = one + 2 * held_out.labels
    pairs = {"challenger": (best, other), "champion": (other, best), "neither": (one, one)}
    decision = decide(*pairs[better], held_out, make_config())
    assert (decision.outcome, decision.reason[: len(expected[1])]) == expected


def test_held_out_rows_without_a_positive_tell_nothing() -> None:
    held_out, one, other = draw_scores(1, 2.0)
    decision = decide(one, other, HeldOut(np.zeros_like(held_out.labels), held_out.clusters), make_config())
    assert (decision.outcome, decision.reason) == ("keep", "the held-out rows tell nothing about the difference")


@pytest.mark.parametrize(("target", "outcome"), [(0.2, "promote"), (0.99, "refuse")])
def test_the_first_model_must_meet_the_targets(target: float, outcome: str) -> None:
    held_out, one, _ = draw_scores(1, 3.0)
    decision = decide(one, None, held_out, with_target(make_config(), "averagePrecision", "gt", target))
    assert decision.outcome == outcome
    assert "first model" in decision.reason


def test_forecasts_are_judged_series_by_series() -> None:
    draw = np.random.default_rng(1)
    base = draw.uniform(5, 15, 60)
    naive, good = SeriesErrors(base, base / 6), SeriesErrors(base / 2, base / 12)
    equal = SeriesErrors(base + draw.normal(size=60), base / 6)
    config = with_target(make_config(), "owa", "lt", 0.7)
    assert decide_forecast(good, None, naive, config).outcome == "promote"
    assert decide_forecast(naive, None, naive, config).outcome == "refuse"
    assert decide_forecast(good, naive, naive, config).outcome == "promote"
    assert decide_forecast(naive, good, naive, config).outcome == "keep"
    assert decide_forecast(equal, naive, naive, config).reason.startswith("a tie keeps")


@pytest.mark.parametrize(
    ("approval", "outcome", "said"),
    [
        (None, "refuse", "waits for the approval of Ada Risk"),
        (Approval("Bob", "w1"), "refuse", "approved by Bob, but policy.approver is Ada Risk"),
        (Approval("Ada Risk", "w0"), "refuse", "the approval is for other weights"),
        (Approval("Ada Risk", "w1"), "promote", "approved by Ada Risk"),
    ],
)
def test_a_regulated_model_waits_for_a_named_yes(approval: Approval | None, outcome: str, said: str) -> None:
    config = make_config(policy={"regulated": True, "approver": "Ada Risk"})
    decision = apply_policy(Decision("promote", "better", WIDE), config, approval, "w1")
    assert decision.outcome == outcome
    assert said in decision.reason
    lost = Decision("keep", "a tie", WIDE)
    assert apply_policy(lost, config, approval, "w1") is lost


@pytest.fixture
def tracked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The alias moves of a tracking that is up, without MLflow; test_track.py has the real one."""
    moves: list[str] = []

    def name(_config: MlopsConfig, _work: Workdir, version: str) -> str:
        moves.append(version)
        return "1"

    monkeypatch.setattr(promote_model, "name_tracked_champion", name)
    return moves


def make_project(folder: Path, **sections: dict[str, object]) -> Project:
    config = make_config(
        model={"hidden": [8], "epochs": 3, "batchSize": 256, "learningRate": 0.01, "seed": 7}, **sections
    )
    return Project(ROOT, with_target(config, "averagePrecision", "gt", 0.2), Workdir(folder / ".pilot"))


def add_model(project: Project, version: str, good: bool) -> None:
    """A bad model learnt from labels that were shuffled."""
    frame = FRAME if good else FRAME.with_columns(pl.col("label").shuffle(seed=1))
    train(frame, make_learning_config(), project.work.models / version)


def test_a_winner_becomes_champion_with_a_release_event_and_a_way_back(tmp_path: Path, tracked: list[str]) -> None:
    project = make_project(tmp_path)
    add_model(project, "good", True)
    assert "refuse" not in promote_version("good", HELD_OUT, project)
    champion = read_champion(project.work)
    assert champion is not None
    assert (champion.version, champion.previous) == ("good", None)
    with pytest.raises(PilotError, match="good was the first champion") as stopped:
        roll_back(project, "ops", "drill")
    assert stopped.value.exit_code == NO_INPUT

    add_model(project, "bad", False)
    assert "the champion is better" in promote_version("bad", HELD_OUT, project)
    assert read_champion(project.work) == champion
    # Only a policy can bring a worse one in: judged by targets that it happens to meet.
    lenient = Project(ROOT, with_target(project.config, "averagePrecision", "gt", 0.0), project.work)
    assert "promote" in promote_version("bad", HELD_OUT, lenient, as_first=True)
    assert "good serves again instead of bad" in roll_back(project, "ops", "it misses online fraud")[0]
    assert "was rolled back before" in promote_version("bad", HELD_OUT, lenient, as_first=True)

    outcomes = [(entry["version"], entry["outcome"]) for entry in history(project.work)]
    assert outcomes == [
        ("good", "promote"),
        ("bad", "keep"),
        ("bad", "promote"),
        ("good", "rollback"),
        ("bad", "refuse"),
    ]
    assert tracked == ["good", "bad", "good"]
    events = [json.loads(path.read_text()) for path in sorted(project.work.events.iterdir())]
    assert [event["event_type"] for event in events] == ["model-promoted", "model-promoted", "model-rolled-back"]
    assert all(set(event) == {"event_type", "client_payload"} for event in events)
    assert len(events[0]["client_payload"]) <= 10, "GitHub takes no more keys"


def test_a_repeated_promotion_changes_nothing_and_one_that_was_cut_off_is_finished(
    tmp_path: Path, tracked: list[str]
) -> None:
    project = make_project(tmp_path)
    add_model(project, "good", True)
    promote_version("good", HELD_OUT, project)
    files = {path: path.read_bytes() for path in project.work.state.rglob("*") if path.is_file()}
    assert promote_version("good", HELD_OUT, project) == "good is the champion already"
    assert {path: path.read_bytes() for path in project.work.state.rglob("*") if path.is_file()} == files

    next(project.work.events.iterdir()).unlink()
    (project.work.models / "history.json").unlink()
    promote_version("good", HELD_OUT, project)
    assert [entry["version"] for entry in history(project.work)] == ["good"]
    assert len(list(project.work.events.iterdir())) == 1


def test_tracking_that_is_down_stops_a_promotion_but_not_a_rollback(
    tmp_path: Path, tracked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_project(tmp_path)
    add_model(project, "good", True)
    promote_version("good", HELD_OUT, project)
    add_model(project, "other", True)
    lenient = Project(ROOT, with_target(project.config, "averagePrecision", "gt", 0.0), project.work)
    promote_version("other", HELD_OUT, lenient, as_first=True)

    def down(*_arguments: object) -> str:
        raise PilotError(UNAVAILABLE, "tracking does not answer.")

    monkeypatch.setattr(promote_model, "name_tracked_champion", down)
    assert "Later: pilot champion --sync" in roll_back(project, "ops", "drill")[1]
    now = read_champion(project.work)
    assert now is not None
    assert now.version == "good"
    add_model(project, "third", True)
    with pytest.raises(PilotError, match="tracking does not answer"):
        promote_version("third", HELD_OUT, lenient, as_first=True)
    assert read_champion(project.work) == now


def test_only_the_named_person_approves_and_only_these_weights(tmp_path: Path, tracked: list[str]) -> None:
    project = make_project(tmp_path, policy={"regulated": True, "approver": "Ada Risk"})
    add_model(project, "good", True)
    assert "waits for the approval of Ada Risk" in promote_version("good", HELD_OUT, project)
    assert read_champion(project.work) is None
    with pytest.raises(PilotError, match="Bob may not approve") as stopped:
        approve("good", "Bob", "looks fine", project)
    assert stopped.value.exit_code == NO_PERMISSION
    approve("good", "Ada Risk", "twenty cases read", project)
    assert "approved by Ada Risk" in promote_version("good", HELD_OUT, project)


def test_the_audit_pack_is_the_same_bytes_twice_and_tells_the_whole_story(tmp_path: Path, tracked: list[str]) -> None:
    from mlops_pilot.audit import write_audit_pack

    project = make_project(tmp_path, policy={"regulated": True, "approver": "Ada Risk"})
    add_model(project, "good", True)
    approve("good", "Ada Risk", "twenty cases read", project)
    promote_version("good", HELD_OUT, project)
    packs = [write_audit_pack("good", project, tmp_path / f"{name}.zip", tracked=None) for name in ("a", "b")]
    assert packs[0].read_bytes() == packs[1].read_bytes()
    with zipfile.ZipFile(packs[0]) as pack:
        names = pack.namelist()
        index = json.loads(pack.read("index.json"))
        assert pack.read("model/model.safetensors") == (project.work.models / "good" / "model.safetensors").read_bytes()
    assert {"approval.json", "decisions.json", "index.json", "model-card.md", "pilot.json", "model/model.json"} <= set(
        names
    )
    assert any(name.startswith("events/") for name in names)
    assert set(index["files"]) == set(names) - {"index.json"}
    assert index["story"][0]["step"] == "data"
    assert [step["step"] for step in index["story"]][-1] == "release"
