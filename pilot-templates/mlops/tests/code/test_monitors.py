import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from mlops_pilot.cli import main
from mlops_pilot.errors import PilotError
from mlops_pilot.monitors import (
    find_drift,
    population_stability,
    raise_alert,
    read_owner,
    watch_drift,
    watch_freshness,
    watch_volume,
)
from mlops_pilot.project import Project
from mlops_pilot.transform import build_features
from tests.code import make_state as state


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "handover").mkdir()
    owners = {"monitors": {"drift": "Ada", "freshness": "Ben", "volume": "Cy"}}
    (tmp_path / "handover" / "owners.json").write_text(json.dumps(owners))
    return state.make_state(tmp_path)


def plant_drift(project: Project, factor: float) -> None:
    """Amounts of the last week times `factor`."""
    week = pl.col("time").dt.date() > state.LAST - timedelta(days=7)
    changed = state.typed_rows().with_columns(pl.when(week).then(pl.col("amount") * factor).otherwise(pl.col("amount")))
    features = build_features(changed.lazy(), project.config).collect()
    features.write_parquet(project.work.features(state.LAST.isoformat()))


def test_a_planted_drift_calls_its_owner_and_names_the_features(project: Project) -> None:
    plant_drift(project, 3.0)
    finding = watch_drift(state.LAST, project)
    alert = json.loads(raise_alert(state.LAST, finding, project).read_text())
    assert finding.alarms
    drifted = [each["feature"] for each in alert["features"] if each["drifted"]]
    assert "amount" in drifted
    assert "hour_sin" not in drifted
    assert (alert["owner"], alert["champion"]) == ("Ada", "v1")


def test_the_same_world_raises_nothing_and_takes_an_old_alert_away(project: Project) -> None:
    draw = np.random.default_rng(5)
    same = find_drift(draw.lognormal(size=(4000, 3)), draw.lognormal(size=(300, 3)), ["a", "b", "c"])
    assert [each.drifted for each in same] == [False, False, False]
    plant_drift(project, 3.0)
    path = raise_alert(state.LAST, watch_drift(state.LAST, project), project)
    quiet = watch_volume(state.LAST, project)
    assert path.is_file()
    raise_alert(state.LAST, quiet, project)
    assert not (project.work.alerts / f"{state.LAST}-volume.json").is_file()


def test_on_a_hundred_pairs_without_drift_none_is_called_drift() -> None:
    draw = np.random.default_rng(6)
    pairs = [find_drift(draw.normal(size=(1000, 2)), draw.normal(size=(200, 2)), ["a", "b"]) for _ in range(100)]
    assert sum(each.drifted for found in pairs for each in found) == 0


@pytest.mark.parametrize(
    ("reference", "fresh", "psi"),
    [
        ([0] * 50 + [1] * 50, [0] * 50 + [1] * 50, 0.0),
        # Shares of 0.8 and 0.2 against halves: 0.3 ln 1.6 - 0.3 ln 0.4 = 0.416.
        ([0] * 5000 + [1] * 5000, [0] * 8000 + [1] * 2000, 0.416),
        ([1.0] * 100, [1.0] * 100, 0.0),
    ],
)
def test_psi_of_known_shares(reference: list[float], fresh: list[float], psi: float) -> None:
    assert population_stability(np.array(reference), np.array(fresh)) == pytest.approx(psi, abs=1e-3)


@pytest.mark.parametrize(("days_later", "alarms"), [(0, False), (1, False), (2, True), (30, True)])
def test_data_that_stopped_coming_is_noticed(days_later: int, alarms: bool, project: Project) -> None:
    assert watch_freshness(state.LAST + timedelta(days=days_later), project).alarms is alarms


@pytest.mark.parametrize(("rows", "alarms"), [(80, False), (10, True), (900, True)])
def test_a_day_of_unusual_size_is_noticed(rows: int, alarms: bool, project: Project) -> None:
    path = project.work.snapshot_record(state.LAST.isoformat())
    path.write_text(json.dumps(json.loads(path.read_text()) | {"rows": rows}))
    finding = watch_volume(state.LAST, project)
    assert (finding.alarms, finding.details["rows"]) == (alarms, rows)


def test_a_day_without_features_says_how_to_make_them(project: Project) -> None:
    with pytest.raises(PilotError, match="run: pilot day 2026-02-10") as caught:
        watch_drift(date(2026, 2, 10), project)
    assert caught.value.exit_code == 66


def test_a_damaged_list_of_owners_is_said(project: Project) -> None:
    (project.root / "handover" / "owners.json").write_text("[]")
    with pytest.raises(PilotError, match=r"owners\.json"):
        read_owner("drift", project.root)


def test_the_verb_ends_with_one_when_somebody_is_called(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    (project.root / "pilot.json").write_text(json.dumps(project.config.model_dump(mode="json")))
    plant_drift(project, 3.0)
    assert main(["monitor", "--dir", str(project.root), "--today", state.LAST.isoformat()]) == 1
    said = capsys.readouterr().out
    assert "drift      ALERT" in said
    assert "freshness  ok" in said
