"""`pilot.json`: the one file that configures this pilot. The shape is contract/pilot.schema.json."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from clinic_pilot.errors import CONFIG, NO_INPUT, PilotError

MetricName = Literal["gatherSpeedUp", "processSpeedUp", "nativeSpeedUp"]
ProjectId = Annotated[str, Field(pattern=r"^prj_[0-9A-HJKMNP-TV-Z]{26}$")]
SemVer = Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
# Some systems let a process open 256 files only.
MOST_WORKERS, MOST_CALLS, MOST_POINTS = 64, 200, 10_000


class Strict(BaseModel):
    """Nothing unknown, nothing coerced, nothing infinite."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class Target(Strict):
    """What was promised before it was measured. Strict: a bound equal to the value misses it."""

    metric: MetricName
    comparison: Literal["gt", "lt"]
    value: float = Field(ge=0, le=1e9)
    confidence: float = Field(default=0.95, ge=0.9, le=0.999)


class Waiting(Strict):
    """`calls` to a local server that answers each after `delayMs`."""

    calls: int = Field(ge=1, le=10_000)
    delayMs: float = Field(gt=0, le=10_000)


class Computing(Strict):
    """`tasks` independent tasks of `workPerTask` loop steps each."""

    tasks: int = Field(ge=1, le=10_000)
    workPerTask: int = Field(ge=1, le=1_000_000_000)


class HotFunction(Strict):
    """`size` points; every pair of them is looked at."""

    size: int = Field(ge=1, le=100_000_000)


class Examples(Strict):
    waiting: Waiting
    computing: Computing
    hotFunction: HotFunction


class ClinicConfig(Strict):
    schemaVersion: Literal[1]
    template: Literal["clinic"]
    templateVersion: SemVer
    projectId: ProjectId | None
    title: str = Field(min_length=1, max_length=120)
    targets: list[Target] = Field(min_length=1, max_length=12)
    # Under ten rounds the lower bound of the median is the smallest ratio or nothing at all.
    rounds: int = Field(ge=10, le=100)
    workers: list[Annotated[int, Field(ge=1, le=256)]] = Field(min_length=1, max_length=12)
    seed: int = Field(ge=0, le=2_147_483_647)
    examples: Examples


def load_config(path: Path) -> ClinicConfig:
    """Read and check a `pilot.json`; exit 66 when it is not there, 78 when it says something impossible."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as cause:
        said = "Run pilot in the folder of the clinic, or name that folder with --dir."
        raise PilotError(NO_INPUT, f"{path}: cannot be read ({type(cause).__name__}). {said}") from cause
    return parse_config(text, path.name)


def parse_config(text: str, name: str = "pilot.json") -> ClinicConfig:
    try:
        value = json.loads(text, object_pairs_hook=_refuse_repeated_keys)
    except json.JSONDecodeError as cause:
        said = "Repair this line; a comma or a quote is the usual cause."
        raise PilotError(CONFIG, f"{name}:{cause.lineno}: not JSON: {cause.msg}. {said}") from cause
    except _RepeatedKeyError as cause:
        raise PilotError(CONFIG, f"{name}: {cause}: written twice. Keep one.") from cause
    try:
        config = ClinicConfig.model_validate(value)
    except ValidationError as cause:
        raise PilotError(CONFIG, _first_problem(cause, name, text)) from cause
    for key, said in _list_contradictions(config):
        raise PilotError(CONFIG, f"{name}: {key}: {said}")
    return config


def _list_contradictions(config: ClinicConfig) -> Iterator[tuple[str, str]]:
    """What the shape allows and these examples cannot measure."""
    workers, examples = config.workers, config.examples
    if workers != sorted(set(workers)):
        yield "workers", f"{workers} names a count twice or falls. Name each once, rising."
    if workers[-1] > MOST_WORKERS:
        yield (
            "workers",
            f"{workers[-1]} is too large. Write at most {MOST_WORKERS}: each is a process with its own memory.",
        )
    if not 2 <= examples.waiting.calls <= MOST_CALLS:
        said = "one call has nothing to wait beside, and each call is an open connection"
        yield "examples.waiting.calls", f"{examples.waiting.calls} does not fit. Write 2 to {MOST_CALLS}: {said}."
    if examples.computing.tasks < 2:
        yield "examples.computing.tasks", "one task cannot be shared out. Write at least 2."
    if not 10 <= examples.hotFunction.size <= MOST_POINTS:
        said = "the work grows with its square"
        yield (
            "examples.hotFunction.size",
            f"{examples.hotFunction.size} does not fit. Write 10 to {MOST_POINTS}: {said}.",
        )


class _RepeatedKeyError(Exception):
    pass


def _refuse_repeated_keys(pairs: list[tuple[str, object]]) -> dict[str, object]:
    seen: dict[str, object] = {}
    for key, value in pairs:
        if key in seen:
            raise _RepeatedKeyError(key)
        seen[key] = value
    return seen


def _first_problem(cause: ValidationError, name: str, text: str) -> str:
    """`pilot.json:7: rounds: 5 is too small. Write at least 10.` What, where, what to do, in one line."""
    problem = cause.errors(include_url=False)[0]
    path = [str(part) for part in problem["loc"]]
    line = _line_of(path, text)
    return f"{name}{f':{line}' if line else ''}: {'.'.join(path) or '(the whole file)'}: {_advise(problem)}"


def _advise(problem: Any) -> str:
    kind, context = problem["type"], problem.get("ctx", {})
    given = json.dumps(problem.get("input"), default=str)[:60]
    match kind:
        case "extra_forbidden":
            return "unknown key. Remove it, or correct its spelling."
        case "missing":
            return "missing. Add it; README.md says what it means."
        case "literal_error":
            return f"{given} is not allowed. Write {context['expected']}."
        case "greater_than_equal":
            return f"{given} is too small. Write at least {context['ge']:g}."
        case "greater_than":
            return f"{given} is too small. Write more than {context['gt']:g}."
        case "less_than_equal":
            return f"{given} is too large. Write at most {context['le']:g}."
        case "string_pattern_mismatch":
            return f"{given} has another form. It must match {context['pattern']}."
        case _:
            return f"{problem['msg'][0].lower()}{problem['msg'][1:]}. It is {given}."


def _line_of(path: list[str], text: str) -> int | None:
    """The line where the key stands, when the file has it only once; a wrong line would be worse than none."""
    keys = [part for part in path if not part.isdigit()]
    if not keys:
        return None
    found = [number for number, line in enumerate(text.splitlines(), 1) if f'"{keys[-1]}"' in line]
    return found[0] if len(found) == 1 else None
