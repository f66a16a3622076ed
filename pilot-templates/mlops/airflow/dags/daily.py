"""The daily run, wired: six tasks in a row, each one verb of the pilot in the pilot's own environment.

It imports nothing of the pilot. Only the day goes into the command, as one argument of a list and never through a
shell: no run id, no configuration of a run, nothing that a person may type.
"""

import os
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

from airflow.sdk import dag, get_current_context, task
from airflow.sdk.exceptions import AirflowException, AirflowFailException
from airflow.timetables.interval import CronDataIntervalTimetable

ROOT = Path(os.environ.get("PILOT_ROOT", Path(__file__).parents[2])).resolve()
PILOT = os.environ.get("PILOT_COMMAND", str(ROOT / ".venv" / "bin" / "pilot"))
STATE = Path(os.environ.get("PILOT_STATE", ROOT / ".pilot"))
CONFIG = Path(os.environ.get("PILOT_CONFIG", ROOT / "pilot.json"))
STEPS = ("ingest", "check", "transform", "train", "promote", "score")
# Of the pilot's exit codes: something is not there yet or does not answer. Everything else will fail again.
TRY_AGAIN = {69, 75}


def run_step(step: str, day: str) -> str:
    """The verb's last line. Exit 69 and 75 may be tried again; any other failure is final."""
    command = [PILOT, "--dir", str(ROOT), "--config", str(CONFIG), "--state", str(STATE), "step", step, "--day", day]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    said = (done.stderr.strip() or done.stdout.strip()).splitlines()
    last = said[-1] if said else f"{step} said nothing"
    if done.returncode == 0:
        return last
    if done.returncode in TRY_AGAIN or done.returncode < 0:
        raise AirflowException(f"exit {done.returncode}: {last}")
    raise AirflowFailException(f"exit {done.returncode}: {last}")


@dag(
    dag_id="daily",
    # The run of a day starts when the day is over; an interval is one day, in UTC.
    schedule=CronDataIntervalTimetable("0 0 * * *", timezone="UTC"),
    start_date=datetime.fromisoformat(os.environ.get("PILOT_FIRST_DAY", "2026-03-01") + "T00:00:00+00:00"),
    end_date=(
        datetime.fromisoformat(os.environ["PILOT_LAST_DAY"] + "T00:00:00+00:00")
        if "PILOT_LAST_DAY" in os.environ
        else None
    ),
    catchup=True,
    # One day after the other: a day learns from those before it. A bad day does not hold up the next.
    max_active_runs=1,
    default_args={"retries": 2, "retry_delay": timedelta(seconds=int(os.environ.get("PILOT_RETRY_SECONDS", "600")))},
    tags=["pilot"],
)
def daily() -> None:
    def make(step: str):
        @task(task_id=step)
        def run() -> str:
            # The day itself, by the schedule, by a backfill and by `airflow dags test daily DAY` alike; the interval
            # of a run by hand would be the day before it.
            moment = get_current_context().get("logical_date")
            if moment is None:
                raise AirflowFailException("a run needs a logical date: it names the day")
            return run_step(step, moment.strftime("%Y-%m-%d"))

        return run()

    before = None
    for step in STEPS:
        current = make(step)
        if before is not None:
            before >> current
        before = current


daily()
