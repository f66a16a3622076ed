"""What has been done for a day: each step with what went in and what came out, so that nothing is done twice."""

import json
from dataclasses import asdict, dataclass

from mlops_pilot.errors import DATA, PilotError
from mlops_pilot.workdir import Workdir, write_text


@dataclass(frozen=True)
class Done:
    """`given`: a hash of what the step started from. `made`: of what it left. `said`: one line for a person."""

    given: str
    made: str
    said: str


def read_day(day: str, work: Workdir) -> dict[str, Done]:
    path = work.day_record(day)
    if not path.is_file():
        return {}
    try:
        return {name: Done(**done) for name, done in json.loads(path.read_text(encoding="utf-8"))["steps"].items()}
    except (ValueError, TypeError, KeyError, AttributeError) as cause:
        raise PilotError(DATA, f"{path} is damaged; delete it and run {day} again.") from cause


def write_day(day: str, steps: dict[str, Done], work: Workdir) -> None:
    value = {"day": day, "steps": {name: asdict(done) for name, done in steps.items()}}
    write_text(work.day_record(day), json.dumps(value, indent=2) + "\n")
