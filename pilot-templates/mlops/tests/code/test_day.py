"""One day from end to end: once, in order, again without a change; a bad day stops and is called out."""

import errno
import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from mlops_pilot import data_steps, workdir
from mlops_pilot.config import MlopsConfig
from mlops_pilot.day import HISTORY, Outcome, Step, load_history, run_day, run_step
from mlops_pilot.day_record import read_day
from mlops_pilot.errors import BUSY, CONFIG, DATA, DISK, NO_INPUT, UNAVAILABLE, PilotError
from mlops_pilot.ingest import read_snapshot, read_snapshot_record, write_snapshot_record
from mlops_pilot.make_data import START, make_transactions
from mlops_pilot.plant_faults import FAULTS
from mlops_pilot.plant_in_source import plant_in_source
from mlops_pilot.project import Project
from mlops_pilot.source import open_source
from mlops_pilot.workdir import Workdir

from .conftest import ROOT, make_config

# Short spans, so that the tenth day can be run.
SHORT = {"delayDays": 1, "trainDays": 4, "testDays": 2}
DAY = (START + timedelta(days=9)).date()
TABLE = make_transactions(12)


def day_of(number: int) -> date:
    return (START + timedelta(days=number)).date()


def fill(project: Project, table: pl.DataFrame) -> None:
    with open_source(project.config, project.work) as source:
        source.replace_table(table)


def make_project(folder: Path, table: pl.DataFrame = TABLE, **sections: dict[str, Any]) -> Project:
    config: MlopsConfig = make_config(data=SHORT, features={"windowsDays": [1, 7]}, **sections)
    project = Project(ROOT, config, Workdir(folder / ".pilot"))
    fill(project, table)
    return project


def trust_history(project: Project) -> None:
    """The nine days before DAY without their check, which takes most of the time."""
    for number in range(9):
        run_step("ingest", day_of(number), project)
        record = read_snapshot_record(day_of(number).isoformat(), project.work)
        assert record is not None
        write_snapshot_record(replace(record, accepted=True), project.work)


def stub(name: str, done: list[str]) -> Step:
    def step(day: date, project: Project) -> tuple[str, str]:
        done.append(name)
        return name, f"{name} of {day}"

    return step


def steps_with_stubs(done: list[str]) -> Mapping[str, Step]:
    """The data steps for real; what comes after them only notes that it was called."""
    real: dict[str, Step] = {"ingest": data_steps.ingest, "check": data_steps.check, "transform": data_steps.transform}
    return real | {name: stub(name, done) for name in ("train", "promote", "score")}


def files_of(folder: Path) -> dict[str, str]:
    """Every file's hash and time of change: a file written anew with the same bytes shows too."""
    return {
        str(path.relative_to(folder)): f"{hashlib.sha256(path.read_bytes()).hexdigest()} {path.stat().st_mtime_ns}"
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "source.db"
    }


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The nine days before DAY, ingested and checked once."""
    project = make_project(tmp_path_factory.mktemp("history"))
    assert load_history(day_of(0), day_of(8), project, lambda _day, _said: None) == 9
    return project.work.state


@pytest.fixture
def project(history: Path, tmp_path: Path) -> Project:
    made = make_project(tmp_path)
    for path in sorted(history.rglob("*")):
        target = made.work.state / path.relative_to(history)
        if path.is_file() and path.name != "source.db":
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    return made


def run(project: Project, done: list[str], day: date = DAY, again: bool = False) -> list[Outcome]:
    outcomes: list[Outcome] = []
    run_day(day, project, outcomes.append, again, steps_with_stubs(done))
    return outcomes


def test_a_good_day_goes_through_every_step_in_order(project: Project) -> None:
    done: list[str] = []
    outcomes = run(project, done)
    assert [outcome.step for outcome in outcomes] == ["ingest", "check", "transform", "train", "promote", "score"]
    assert done == ["train", "promote", "score"]
    split = data_steps.read_split(DAY, project)
    assert split.train["eventTime"].max() < split.held_out["eventTime"].min() - timedelta(days=1)  # type: ignore[operator]
    assert split.held_out["eventTime"].max() < datetime.combine(DAY, datetime.min.time())  # type: ignore[operator]
    assert split.fresh["label"].null_count() == split.fresh.height


def test_a_repeated_day_changes_no_file(project: Project) -> None:
    done: list[str] = []
    run(project, done)
    before = files_of(project.work.state)
    assert all(outcome.unchanged for outcome in run(project, done))
    assert done == ["train", "promote", "score"]
    assert files_of(project.work.state) == before


def test_a_backfill_over_finished_days_changes_no_file(project: Project) -> None:
    run(project, [])
    run(project, [], day_of(10))
    before = files_of(project.work.state)
    for number in range(9):
        for name in HISTORY:
            assert run_step(name, day_of(number), project).unchanged
    run(project, [])
    assert files_of(project.work.state) == before


def test_the_same_day_run_elsewhere_has_the_same_hashes(project: Project, tmp_path: Path) -> None:
    run(project, [])
    other = make_project(tmp_path / "other")
    load_history(day_of(0), day_of(8), other, lambda _day, _said: None)
    run(other, [])
    assert read_day(DAY.isoformat(), other.work) == read_day(DAY.isoformat(), project.work)


def test_a_killed_task_resumes_where_it_was(project: Project) -> None:
    done: list[str] = []
    steps = dict(steps_with_stubs(done))

    def killed(day: date, project: Project) -> tuple[str, str]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_day(DAY, project, lambda _outcome: None, steps=steps | {"train": killed})
    outcomes = run(project, done)
    assert [outcome.unchanged for outcome in outcomes] == [True, True, True, False, False, False]


def test_a_finished_day_is_done_again_only_when_asked(project: Project) -> None:
    done: list[str] = []
    run(project, done)
    run(project, done, again=True)
    assert done == ["train", "promote", "score"] * 2


def test_a_step_does_not_run_before_the_one_it_needs(project: Project) -> None:
    with pytest.raises(PilotError, match=r"2026-01-14: check has not been done; transform comes after it\.") as caught:
        run_step("transform", DAY, project)
    assert caught.value.exit_code == NO_INPUT


@pytest.mark.parametrize("name", ["amount-missing", "key-repeated", "day-doubled", "column-new", "amount-text", "time-unparsable", "label-one-class"])  # fmt: skip
def test_a_bad_day_stops_at_its_check_and_calls_somebody(name: str, project: Project) -> None:
    day, done = (day_of(11) if name == "time-unparsable" else DAY), list[str]()
    plant_in_source(name, day, 1, project)
    with pytest.raises(PilotError) as caught:
        run(project, done, day)
    assert caught.value.exit_code == DATA
    assert f"{day} is not used: " in str(caught.value)
    assert done == []
    alert = json.loads((project.work.alerts / f"{day}-check.json").read_text())
    assert alert["champion"] == "keeps serving"
    assert FAULTS[name].expectation in {problem["expectation"] for problem in alert["problems"]}
    assert not project.work.features(str(day)).exists()


def test_a_day_that_was_repaired_in_the_source_is_taken_and_the_alert_goes(project: Project) -> None:
    done: list[str] = []
    plant_in_source("amount-text", DAY, 1, project)
    with pytest.raises(PilotError):
        run(project, done)
    spoilt = read_snapshot_record(str(DAY), project.work)
    fill(project, TABLE)
    run(project, done)
    assert done == ["train", "promote", "score"]
    assert not (project.work.alerts / f"{DAY}-check.json").exists()
    repaired = read_snapshot_record(str(DAY), project.work)
    assert spoilt is not None
    assert repaired is not None
    assert repaired.former == [spoilt.sha256]
    assert project.work.snapshot(str(DAY)).with_name(f"{DAY}.{spoilt.sha256[:12]}.parquet").is_file()


def test_the_day_after_a_bad_day_does_without_its_rows(project: Project) -> None:
    plant_in_source("amount-text", DAY, 1, project)
    with pytest.raises(PilotError):
        run(project, [])
    run(project, [], day_of(10))
    assert DAY not in data_steps.read_split(day_of(10), project).held_out["eventTime"].dt.date().to_list()


def without(day: date) -> pl.DataFrame:
    return TABLE.filter(~pl.col("time").str.starts_with(day.isoformat()))


@pytest.mark.parametrize(
    ("table", "code", "said"),
    [
        (TABLE.filter(pl.col("time") < DAY.isoformat()), BUSY, "2026-01-14 has not arrived: the source ends on 2026-01-13. Try again later."),
        (TABLE.clear(), BUSY, "2026-01-14 has not arrived: the source has no rows yet. Try again later."),
        (without(DAY), DATA, "2026-01-14 has no rows, but the source has later ones: a day is missing."),
    ],
)  # fmt: skip
def test_a_day_that_is_late_may_be_tried_again_and_one_that_is_missing_stops(
    table: pl.DataFrame, code: int, said: str, project: Project
) -> None:
    fill(project, table)
    with pytest.raises(PilotError) as caught:
        run_step("ingest", DAY, project)
    assert (caught.value.exit_code, str(caught.value)) == (code, said)


def test_rows_that_came_late_are_taken_with_the_next_day_once_they_are_good(project: Project) -> None:
    first = TABLE.filter(pl.col("time").str.starts_with(DAY.isoformat()))["id"][:5].to_list()
    fill(project, TABLE.filter(~pl.col("id").is_in(first)))
    run(project, [])
    fill(project, TABLE)
    outcomes = run(project, [], day_of(10))
    assert outcomes[0].said.endswith("late rows for 2026-01-14")
    assert set(first) <= set(read_snapshot(str(DAY), project.work)["id"].to_list())
    record = read_snapshot_record(str(DAY), project.work)
    assert record is not None
    assert record.accepted
    assert len(record.former) == 1


def test_late_rows_that_are_bad_leave_the_day_as_it_was(project: Project) -> None:
    run(project, [])
    before = read_snapshot_record(str(DAY), project.work)
    plant_in_source("amount-text", DAY, 1, project)
    outcomes = run(project, [], day_of(10))
    assert "late rows of 2026-01-14 are not" in outcomes[1].said
    assert read_snapshot_record(str(DAY), project.work) == before
    assert (project.work.alerts / f"{DAY}-late.json").is_file()


@pytest.mark.parametrize(
    ("fraud", "said"),
    [
        ("0", "fraud has one class in the training days: 0 of "),
        (None, "there are no labelled rows to learn from (2026-01-07 to 2026-01-10); ingest those days first."),
    ],
)
def test_labels_of_one_class_or_none_stop_the_training(fraud: str | None, said: str, tmp_path: Path) -> None:
    project = make_project(tmp_path, TABLE.with_columns(pl.lit(fraud, pl.String).alias("fraud")))
    trust_history(project)
    with pytest.raises(PilotError) as caught:
        run(project, [])
    assert caught.value.exit_code == DATA
    assert said in str(caught.value)


def test_a_column_that_is_the_label_in_disguise_stops_the_training(tmp_path: Path) -> None:
    table = TABLE.with_columns((pl.col("fraud").cast(pl.Float64) * 3 + 1).cast(pl.String).alias("chargebacks"))
    project = make_project(tmp_path, table)
    data = project.config.data.model_copy(update={"numbers": ["chargebacks"]})
    project = Project(ROOT, project.config.model_copy(update={"data": data}), project.work)
    trust_history(project)
    with pytest.raises(
        PilotError, match=r"chargebacks tells the label by itself \(average precision 1\.000\)"
    ) as caught:
        run(project, [])
    assert caught.value.exit_code == DATA


def test_a_row_that_stands_in_training_and_in_the_held_out_days_stops_the_day(tmp_path: Path) -> None:
    # The same key again six days later, as a system sends that restarts its numbering.
    learnt = TABLE.filter(pl.col("time").str.starts_with(day_of(3).isoformat()))["id"][:4].to_list()
    held_out = TABLE.filter(pl.col("time").str.starts_with(day_of(8).isoformat()))["id"][:4].to_list()
    table = TABLE.with_columns(pl.col("id").replace(dict(zip(held_out, learnt, strict=True))))
    project = make_project(tmp_path, table)
    trust_history(project)
    with pytest.raises(PilotError) as caught:
        run(project, [])
    assert caught.value.exit_code == DATA
    assert "SPLIT_LEAK: 4 rows stand in the training days and in the held-out ones, first " in str(caught.value)


@pytest.mark.parametrize(
    ("url", "code", "said"),
    [
        ("sqlite:////nowhere/at/all.db", UNAVAILABLE, "the source does not answer (unable to open database file)"),
        ("postgresql+psycopg://pilot:secret@127.0.0.1:1/none", UNAVAILABLE, ""),
        ("no address", CONFIG, "SOURCE_URL is no address that SQLAlchemy knows"),
        ("marsdb://host/db", CONFIG, "SOURCE_URL is no address that SQLAlchemy knows"),
    ],
)
def test_a_source_that_is_down_changes_nothing_and_its_password_is_not_said(
    url: str, code: int, said: str, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files_of(project.work.state)
    monkeypatch.setenv("SOURCE_URL", url)
    with pytest.raises(PilotError) as caught:
        run_step("ingest", DAY, project)
    assert caught.value.exit_code == code
    assert said in str(caught.value)
    assert "secret" not in str(caught.value)
    assert files_of(project.work.state) == before


def test_a_table_that_is_not_there_is_named(project: Project) -> None:
    source = project.config.source.model_copy(update={"table": "payments"})
    other = Project(ROOT, project.config.model_copy(update={"source": source}), project.work)
    with pytest.raises(PilotError, match="the source has no table payments") as caught:
        run_step("ingest", DAY, other)
    assert caught.value.exit_code == NO_INPUT


@pytest.mark.parametrize("step", ["ingest", "transform"])
def test_a_full_disk_leaves_what_was_there(step: str, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = steps_with_stubs([])
    for name in list(steps)[: list(steps).index(step)]:
        run_step(name, DAY, project, steps=steps)
    before = files_of(project.work.state)

    def full(frame: pl.DataFrame, path: Path) -> None:
        path.write_bytes(b"PAR1 and no more")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(pl.DataFrame, "write_parquet", full)
    with pytest.raises(
        PilotError, match=r"cannot be written: the disk is full; what was there before is untouched"
    ) as caught:
        run_step(step, DAY, project, steps=steps)
    assert caught.value.exit_code == DISK
    assert files_of(project.work.state) == before


def test_a_snapshot_that_was_changed_on_disk_is_not_used(project: Project) -> None:
    path = project.work.snapshot(day_of(8).isoformat())
    pl.read_parquet(path).with_columns(amount=pl.lit("1.00")).write_parquet(path)
    with pytest.raises(PilotError, match="is not what was ingested") as caught:
        run(project, [])
    assert caught.value.exit_code == DATA


@pytest.mark.parametrize("kind", ["days", "snapshots"])
def test_a_damaged_record_is_named(kind: str, project: Project) -> None:
    run_step("ingest", DAY, project)
    path = project.work.state / kind / f"{DAY}.json"
    path.write_text(path.read_text()[:40])
    with pytest.raises(PilotError, match=rf"{kind}/2026-01-14.json is damaged; delete it and") as caught:
        run_step("ingest", DAY, project)
    assert caught.value.exit_code == DATA


def test_two_runs_at_once_do_not_meet(project: Project) -> None:
    def second() -> None:
        with workdir.lock(project.work, "pipeline", patience_seconds=0.2):
            pass

    with workdir.lock(project.work, "pipeline"), pytest.raises(PilotError, match="another run is at work") as caught:
        second()
    assert caught.value.exit_code == BUSY


def test_the_order_of_rows_does_not_change_a_snapshot_and_their_values_do(project: Project) -> None:
    run_step("ingest", DAY, project)
    first = read_snapshot_record(str(DAY), project.work)
    fill(project, TABLE.sample(fraction=1, shuffle=True, seed=5))
    assert run_step("ingest", DAY, project).unchanged
    fill(project, TABLE.with_columns(amount=pl.col("amount").replace("1.00", "1.01") + "0"))
    assert not run_step("ingest", DAY, project).unchanged
    second = read_snapshot_record(str(DAY), project.work)
    assert first is not None
    assert second is not None
    assert first.sha256 != second.sha256
