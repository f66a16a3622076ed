"""A real PostgreSQL as the source: the same days, the same hashes, whatever types its columns have."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa

from mlops_pilot.day import run_step
from mlops_pilot.errors import UNAVAILABLE, PilotError
from mlops_pilot.ingest import read_snapshot, read_snapshot_record
from mlops_pilot.parse_rows import parse_strictly
from mlops_pilot.source import open_source
from mlops_pilot.workdir import Workdir

from .airflow_home import install_airflow, start_airflow
from .test_day import DAY, TABLE, fill, make_project


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    pytest.importorskip(
        "psycopg", reason="psycopg is not installed (uv sync --extra postgres): PostgreSQL was not asked"
    )
    with warnings.catch_warnings():
        # It asks for a folder of the desktop session as it is imported.
        warnings.simplefilter("ignore")
        pgserver = pytest.importorskip("pgserver", reason="pgserver is not installed (uv sync --group stores)")
    server = pgserver.get_server(str(tmp_path_factory.mktemp("postgres")))
    yield str(server.get_uri())
    server.cleanup()


def test_a_day_out_of_postgresql_hashes_as_the_same_day_out_of_sqlite(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_project(tmp_path)
    run_step("ingest", DAY, project)
    here = read_snapshot_record(str(DAY), project.work)
    monkeypatch.setenv("SOURCE_URL", address)
    fill(project, TABLE)
    assert run_step("ingest", DAY, project).unchanged
    assert read_snapshot_record(str(DAY), project.work) == here
    with open_source(project.config, project.work) as source:
        assert source.engine.dialect.name == "postgresql"
        assert [str(day) for day in source.span() or ()] == ["2026-01-05", "2026-01-16"]


@pytest.mark.parametrize("zone", ["timestamp", "timestamptz"])
def test_typed_columns_give_the_same_rows(
    zone: str, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_project(tmp_path)
    run_step("ingest", DAY, project)
    data = project.config.data
    wanted = parse_strictly(read_snapshot(str(DAY), project.work), data)
    monkeypatch.setenv("SOURCE_URL", address)
    fill(project, TABLE)
    with open_source(project.config, project.work) as source, source.engine.begin() as connection:
        connection.execute(sa.text("set time zone 'UTC'"))
        for column, kind in {"time": zone, "amount": "numeric(12,2)", "fraud": "smallint"}.items():
            connection.execute(
                sa.text(f'alter table transactions alter "{column}" type {kind} using "{column}"::{kind}')
            )
    other = Workdir(tmp_path / "other")
    typed = type(project)(project.root, project.config, other)
    run_step("ingest", DAY, typed)
    found = parse_strictly(read_snapshot(str(DAY), other), data)
    assert found.sort("id").equals(wanted.sort("id"))
    assert read_snapshot(str(DAY), other).schema == dict.fromkeys(TABLE.columns, pl.String)


def test_rows_without_a_time_stop_the_newest_day(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = make_project(tmp_path)
    monkeypatch.setenv("SOURCE_URL", address)
    newest = TABLE.filter(pl.col("time") < "2026-01-15").with_columns(
        time=pl.when(pl.col("id") == TABLE["id"][7]).then(None).otherwise(pl.col("time"))
    )
    fill(project, newest)
    run_step("ingest", DAY, project)
    assert read_snapshot(str(DAY), project.work)["time"].null_count() == 1


def test_a_server_that_refuses_is_said_without_its_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip(
        "psycopg", reason="psycopg is not installed (uv sync --extra postgres): PostgreSQL was not asked"
    )
    project = make_project(tmp_path)
    monkeypatch.setenv("SOURCE_URL", "postgresql://pilot:secret@127.0.0.1:1/none")
    with pytest.raises(PilotError, match="the source does not answer") as caught:
        run_step("ingest", DAY, project)
    assert caught.value.exit_code == UNAVAILABLE
    assert "secret" not in str(caught.value)


def test_airflow_keeps_its_records_in_postgresql(address: str, tmp_path: Path) -> None:
    install_airflow()
    backend = address.replace("postgresql://", "postgresql+psycopg2://")
    airflow = start_airflow(tmp_path, AIRFLOW__DATABASE__SQL_ALCHEMY_CONN=backend, PILOT_COMMAND="/bin/echo")
    done = airflow.run("dags", "test", "daily", "2026-01-14")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    engine = sa.create_engine(backend.replace("+psycopg2", "+psycopg"))
    with engine.connect() as connection:
        states = connection.execute(sa.text("select task_id, state from task_instance where dag_id = 'daily'"))
        found = {row.task_id: row.state for row in states}
    engine.dispose()
    assert found == dict.fromkeys(("ingest", "check", "transform", "train", "promote", "score"), "success")
