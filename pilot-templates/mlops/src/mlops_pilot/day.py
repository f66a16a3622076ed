"""One day from end to end: ingest, check, transform, train, promote, score. Each step once, in this order.

A step that was killed is done again and finds what the steps before it left; a finished day is final, so that a
repeated run or a backfill over it changes nothing.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from mlops_pilot import data_steps, model_steps
from mlops_pilot.canonical import canonical_sha256
from mlops_pilot.day_record import Done, read_day, write_day
from mlops_pilot.errors import DATA, NO_INPUT, PilotError
from mlops_pilot.project import Project
from mlops_pilot.workdir import lock

Step = Callable[[date, Project], tuple[str, str]]
STEPS: Mapping[str, Step] = {
    "ingest": data_steps.ingest,
    "check": data_steps.check,
    "transform": data_steps.transform,
    "train": model_steps.train,
    "promote": model_steps.promote,
    "score": model_steps.score,
}
# What a day of history needs: it is learnt from, not run.
HISTORY = ("ingest", "check")


@dataclass(frozen=True)
class Outcome:
    step: str
    said: str
    unchanged: bool


def run_day(
    day: date, project: Project, say: Callable[[Outcome], None], again: bool = False, steps: Mapping[str, Step] = STEPS
) -> None:
    for name in steps:
        # `again` undoes the first step's record, and with it every later one's.
        say(run_step(name, day, project, again and name == next(iter(steps)), steps))


def run_step(name: str, day: date, project: Project, again: bool = False, steps: Mapping[str, Step] = STEPS) -> Outcome:
    """Do one step, unless it was done from the same; exit 66 when the one before it was not done."""
    order, key = list(steps), day.isoformat()
    with lock(project.work, "pipeline"):
        done = read_day(key, project.work)
        if not again and order[-1] in done:
            return Outcome(name, done[name].said, True)
        at = order.index(name)
        if again:
            done = {each: done[each] for each in order[:at] if each in done}
        before = done.get(order[at - 1]) if at else None
        if at and before is None:
            raise PilotError(NO_INPUT, f"{key}: {order[at - 1]} has not been done; {name} comes after it.")
        given = canonical_sha256([before.made if before else "", project.config.model_dump(mode="json")])
        known = done.get(name)
        # The source is always looked at: it may have changed. What comes of it decides about the rest.
        if known is not None and known.given == given and at:
            return Outcome(name, known.said, True)
        made, said = steps[name](day, project)
        unchanged = known == Done(given, made, said)
        if not unchanged:
            write_day(key, {each: done[each] for each in order[:at]} | {name: Done(given, made, said)}, project.work)
        return Outcome(name, said, unchanged)


def load_history(first: date, last: date, project: Project, say: Callable[[str, str], None]) -> int:
    """Ingest and check every day, and go on past a bad one: its failure is said. The number of good days."""
    good = 0
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        try:
            said = [run_step(name, day, project).said for name in HISTORY]
            say(day.isoformat(), said[-1])
            good += 1
        except PilotError as error:
            if error.exit_code != DATA:
                raise
            say(day.isoformat(), str(error))
    return good
