"""`pilot bench`: every example in interleaved rounds, then the figures."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

from clinic_pilot.canonical import canonical_sha256
from clinic_pilot.config import ClinicConfig
from clinic_pilot.errors import PilotError
from clinic_pilot.examples import computing, hot_function, waiting
from clinic_pilot.fingerprint import take_fingerprint
from clinic_pilot.metrics import compute_metrics
from clinic_pilot.native import load_native
from clinic_pilot.process_clock import ProcessTreeClock
from clinic_pilot.report import (
    Completed,
    ExampleId,
    ExampleRecord,
    Failed,
    NotRun,
    Report,
    VariantRecord,
    config_sha256,
    new_run_id,
)
from clinic_pilot.rounds import Timings, Variant, measure_rounds
from clinic_pilot.workload import DEFAULT_LIMIT_SECONDS, measure_workload

# phase, done, total, message
Say = Callable[[str, int, int, str], None]
OpenExample = AbstractContextManager[tuple[list[Variant], frozenset[int]]]


@dataclass(frozen=True)
class OwnWorkload:
    """`module:function`, the folder its module lies in, and the longest one call may take."""

    spec: str
    code: Path
    limit_seconds: float = DEFAULT_LIMIT_SECONDS


@dataclass
class Measured:
    """A report, and the first calls that are in no figure (for `report.md`)."""

    report: Report
    first_ms: dict[str, float] = field(default_factory=dict)


def run_bench(config: ClinicConfig, root: Path, say: Say, workload: OwnWorkload | None = None) -> Measured:
    """An own workload comes first: an error in it is said before half a minute has passed, and nothing is written.

    What fails later ends the report as `failed`, with what was measured until then.
    """
    started, run_id = _now(), new_run_id()
    native = load_native(root)
    measured: dict[ExampleId, list[Timings]] = {}
    if workload is not None:
        rounds = config.rounds
        say("workload", 0, rounds, workload.spec)
        measured["workload"] = [
            measure_workload(
                workload.spec,
                workload.code,
                rounds,
                workload.limit_seconds,
                lambda done: say("workload", done, rounds, ""),
            )
        ]
    outcome: Completed | Failed = Completed(status="completed")
    for example_id, example in _open_examples(config, native):
        try:
            measured[example_id] = _measure_example(config, example_id, example, say)
        except (PilotError, OSError) as cause:
            outcome = Failed(status="failed", stage=example_id, reason=f"{cause}"[:1000] or type(cause).__name__)
            break
    examples = [_record(example_id, timings) for example_id, timings in _in_order(measured)]
    fingerprint = take_fingerprint(
        root,
        canonical_sha256(config.examples.model_dump(mode="json")),
        None if isinstance(native, str) else str(native.VERSION),
    )
    report = Report(
        schemaVersion=1,
        kind="clinic",
        runId=run_id,
        templateVersion=config.templateVersion,
        modified=None,
        projectId=config.projectId,
        configSha256=config_sha256(config),
        config=config,
        startedAt=started,
        finishedAt=_now(),
        outcome=outcome,
        fingerprint=fingerprint,
        notRun=_list_not_run(native, workload),
        examples=examples,
        metrics=compute_metrics(config, examples, fingerprint.cores),
    )
    first = {item.variant.label: item.first_ms for _, timings in _in_order(measured) for item in timings}
    return Measured(report, first)


def _open_examples(
    config: ClinicConfig, native: ModuleType | str
) -> Iterator[tuple[ExampleId, Callable[[], OpenExample]]]:
    choices = config.examples
    yield "waiting", lambda: waiting.open_waiting(choices.waiting)
    yield "computing", lambda: computing.open_computing(choices.computing, config.workers)
    yield "hot_function", lambda: _open_hot_function(config, None if isinstance(native, str) else native)


@contextmanager
def _open_hot_function(
    config: ClinicConfig, native: ModuleType | None
) -> Iterator[tuple[list[Variant], frozenset[int]]]:
    yield hot_function.list_hot_variants(config.examples.hotFunction.size, config.seed, native), frozenset()


def _measure_example(
    config: ClinicConfig, example_id: ExampleId, example: Callable[[], OpenExample], say: Say
) -> list[Timings]:
    rounds = config.rounds
    say(example_id, 0, rounds, "starting")
    with example() as (variants, left_out):
        return measure_rounds(
            variants,
            rounds,
            f"{config.seed}/{example_id}",
            ProcessTreeClock(left_out),
            lambda done: say(example_id, done, rounds, ""),
        )


def _in_order(measured: dict[ExampleId, list[Timings]]) -> list[tuple[ExampleId, list[Timings]]]:
    order: Sequence[ExampleId] = ("waiting", "computing", "hot_function", "workload")
    return [(example_id, measured[example_id]) for example_id in order if example_id in measured]


def _record(example_id: ExampleId, timings: Sequence[Timings]) -> ExampleRecord:
    # Strict models take the names as they are; a misspelt one ends here and not in the app.
    return ExampleRecord.model_validate(
        {
            "id": example_id,
            "variants": [
                VariantRecord.model_validate(
                    {
                        "name": item.variant.name,
                        "workers": item.variant.workers,
                        "wallMs": item.wall_ms,
                        "cpuMs": item.cpu_ms,
                        "check": item.check,
                    }
                )
                for item in timings
            ],
        }
    )


def _list_not_run(native: ModuleType | str, workload: OwnWorkload | None) -> list[NotRun]:
    rows = []
    if hot_function.compile_numba() is None:
        rows.append(
            NotRun(what="hot_function numba", why="Numba is not installed; make setup installs it where it can.")
        )
    if isinstance(native, str):
        rows.append(NotRun(what="hot_function rust", why=native))
    if workload is None:
        rows.append(NotRun(what="workload", why="no --workload was given; pilot bench --workload module:function."))
    rows.append(NotRun(what="GPU", why="the clinic measures processors only"))
    return rows


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
