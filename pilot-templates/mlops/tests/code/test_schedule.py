"""Five consecutive days by a running scheduler, then a backfill over them that changes nothing. Minutes, not seconds."""

import contextlib
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .airflow_home import ENVIRONMENT, Airflow, day_of, install_airflow, make_project, start_airflow
from .test_day import files_of

pytestmark = pytest.mark.long
DAYS = range(9, 14)
PATIENCE_SECONDS = 1500


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running(airflow: Airflow, port: int) -> Iterator[None]:
    """The three processes of a small installation; all on this machine, the interface on the loopback only."""
    more = {
        "PILOT_FIRST_DAY": str(day_of(DAYS[0])),
        "PILOT_LAST_DAY": str(day_of(DAYS[-1])),
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": "1",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
    }
    commands = (
        ["api-server", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"],
        ["dag-processor"],
        ["scheduler"],
    )
    with contextlib.ExitStack() as stack:
        for command in commands:
            log = stack.enter_context((airflow.home / f"{command[0]}.log").open("w"))
            process = subprocess.Popen(
                [str(ENVIRONMENT / "bin" / "airflow"), *command],
                env={**airflow.environment, **more},
                cwd=airflow.home,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
            stack.callback(stop, process)
        yield


def stop(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def runs_of(airflow: Airflow, kind: str) -> dict[str, str]:
    """The state of each run of the DAG by its day. Read only; Airflow writes."""
    database = sqlite3.connect(f"file:{airflow.home / 'airflow.db'}?mode=ro", uri=True, timeout=30)
    with contextlib.closing(database):
        rows = database.execute(
            "select substr(logical_date, 1, 10), state from dag_run where dag_id = 'daily' and run_type = ?", (kind,)
        )
        return dict(rows.fetchall())


def wait_for(done: Callable[[], bool], airflow: Airflow) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not done():
        if time.monotonic() > until:
            logs = "\n".join(path.read_text()[-1500:] for path in sorted(airflow.home.glob("*.log")))
            raise AssertionError(f"the scheduler did not finish: {runs_of(airflow, 'scheduled')}\n{logs}")
        time.sleep(2)


def test_five_days_run_on_schedule_and_a_backfill_over_them_changes_no_file(tmp_path: Path) -> None:
    install_airflow()
    airflow, project = start_airflow(tmp_path), make_project(tmp_path)
    wanted = {str(day_of(number)): "success" for number in DAYS}
    with running(airflow, free_port()):
        wait_for(lambda: runs_of(airflow, "scheduled") == wanted, airflow)
        assert all(project.work.scores(day).is_file() for day in wanted)
        before = files_of(project.work.state)
        first, last = min(wanted), max(wanted)
        backfill = airflow.run(
            "backfill", "create", "--dag-id", "daily", "--from-date", first, "--to-date", last,
            "--reprocess-behavior", "completed", PILOT_FIRST_DAY=first, PILOT_LAST_DAY=last,
        )  # fmt: skip
        assert backfill.returncode == 0, backfill.stderr[-2000:]
        wait_for(lambda: runs_of(airflow, "backfill") == wanted, airflow)
        assert files_of(project.work.state) == before
