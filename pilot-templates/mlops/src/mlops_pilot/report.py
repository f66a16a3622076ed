"""`report.json` version 1: what `pilot bench` writes. The shape is contract/report.schema.json."""

import json
import secrets
import time
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, ValidationError

from mlops_pilot.canonical import canonical_sha256, plain_numbers
from mlops_pilot.config import MetricName, MlopsConfig, ProjectId, SemVer, Strict, Task
from mlops_pilot.errors import DATA, NO_INPUT, PilotError
from mlops_pilot.workdir import write_text

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


def _real_instant(text: str) -> str:
    datetime.fromisoformat(text)
    return text


def _real_day(text: str) -> str:
    date.fromisoformat(text)
    return text


_INSTANT = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$"
InstantUtc = Annotated[str, Field(pattern=_INSTANT), AfterValidator(_real_instant)]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(_real_day)]
Milliseconds = Annotated[float, Field(ge=0, le=86_400_000)]
WallMs = Annotated[float, Field(gt=0, le=86_400_000)]
Identifier = Annotated[str, StringConstraints(min_length=1, max_length=200)]
MOST_SCORES = 100_000


class RequestRecord(Strict):
    """All times in milliseconds since the start of the run. `doneMs` is null when no complete answer came."""

    run: int = Field(ge=0, le=99)
    index: int = Field(ge=0, le=9_999)
    # The row that was scored; the app calls it so for every kind of pilot.
    questionId: Identifier
    scheduledMs: Milliseconds
    sentMs: Milliseconds
    firstByteMs: Milliseconds | None
    doneMs: Milliseconds | None
    status: Literal["ok", "error", "timeout"]
    error: Annotated[str, Field(max_length=300)] | None


class ScoreRecord(Strict):
    """A held-out row. `baseline` is the logistic regression's score; null where none was fitted."""

    row: Identifier
    entity: Identifier
    day: Day
    label: Literal[0, 1]
    score: float
    baseline: float | None


class SeriesRecord(Strict):
    """Errors of one forecast series, and of Naive2 on the same. sMAPE in percent."""

    id: Identifier
    smape: float = Field(ge=0, le=200)
    mase: float = Field(ge=0)
    smapeNaive2: float = Field(ge=0, le=200)
    maseNaive2: float = Field(ge=0)


class Batch(Strict):
    """Scored at once, features included."""

    rows: int = Field(ge=1)
    wallMs: WallMs


class Training(Strict):
    rows: int = Field(ge=1)
    epochs: int = Field(ge=1)
    wallMs: WallMs


class ChampionEntry(Strict):
    version: Identifier
    at: InstantUtc
    outcome: str = Field(min_length=1, max_length=60)
    reason: str = Field(max_length=1_000)


class Metric(Strict):
    name: MetricName
    value: float | None
    unit: Literal["share", "percent", "ratio", "ms", "rows/s", "usd"]
    direction: Literal["higher", "lower"]
    outOf: Annotated[int, Field(ge=0)] | None
    method: str = Field(min_length=1, max_length=400)


class StageTiming(Strict):
    """A step of a day, or `serve`: one answer without load."""

    name: str = Field(min_length=1, max_length=60)
    side: Literal["wrapper", "model"]
    calls: int = Field(ge=1)
    wallMs: float = Field(ge=0)
    cpuMs: float = Field(ge=0)


class Fingerprint(Strict):
    """Machine and software; unknown is null, never invented."""

    cpu: Annotated[str, Field(max_length=200)] | None
    cores: Annotated[int, Field(ge=1)] | None
    memoryBytes: Annotated[int, Field(ge=1)] | None
    os: Annotated[str, Field(max_length=200)] | None
    device: Literal["cpu", "cuda"]
    gpu: Annotated[str, Field(max_length=200)] | None
    driver: Annotated[str, Field(max_length=100)] | None
    python: str = Field(max_length=100)
    gilEnabled: bool | None
    packages: dict[str, str]
    lockSha256: Sha256 | None
    dataSha256: Sha256
    commit: Annotated[str, Field(max_length=100)] | None


class Completed(Strict):
    status: Literal["completed"]


class Failed(Strict):
    status: Literal["failed"]
    stage: str = Field(min_length=1, max_length=60)
    reason: str = Field(min_length=1, max_length=1_000)


class DataSummary(Strict):
    """`rows` and `positives` of the test; positives are null for a forecast."""

    name: str = Field(min_length=1, max_length=120)
    task: Task
    rows: int = Field(ge=0)
    positives: Annotated[int, Field(ge=0)] | None
    trainFrom: Day
    trainTo: Day
    testFrom: Day
    testTo: Day
    snapshotSha256: Sha256 | None


class NotRun(Strict):
    what: str = Field(min_length=1, max_length=200)
    why: str = Field(min_length=1, max_length=400)


class Report(Strict):
    schemaVersion: Literal[1]
    kind: Literal["mlops"]
    runId: str = Field(pattern=r"^run_[0-9A-HJKMNP-TV-Z]{26}$")
    templateVersion: SemVer
    # Null = nobody compared the files with the hand-out. A pilot cannot know it of itself; who runs it writes it in.
    modified: bool | None
    projectId: ProjectId | None
    configSha256: Sha256
    config: MlopsConfig
    preset: Literal["quick", "standard"]
    startedAt: InstantUtc
    finishedAt: InstantUtc
    outcome: Annotated[Completed | Failed, Field(discriminator="status")]
    fingerprint: Fingerprint
    data: DataSummary
    runSeconds: list[Annotated[float, Field(ge=0)]] = Field(max_length=100)
    stages: list[StageTiming] = Field(max_length=40)
    requests: list[RequestRecord] = Field(max_length=100_000)
    scores: list[ScoreRecord] = Field(max_length=MOST_SCORES)
    series: list[SeriesRecord] = Field(max_length=100_000)
    batches: list[Batch] = Field(max_length=1_000)
    training: list[Training] = Field(max_length=1_000)
    champion: list[ChampionEntry] = Field(max_length=1_000)
    metrics: list[Metric] = Field(max_length=40)
    notRun: list[NotRun] = Field(max_length=40)


def config_sha256(config: MlopsConfig) -> str:
    return canonical_sha256(config.model_dump(mode="json"))


def new_run_id() -> str:
    """`run_` and a ULID: 48 bits of milliseconds, 80 random bits, Crockford base 32."""
    number = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    return "run_" + "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[number >> shift & 31] for shift in range(125, -1, -5))


def write_report(report: Report, path: Path) -> None:
    """Whole or not at all, one record a line, so that it can be diffed."""
    value = plain_numbers(report.model_dump(mode="json"))
    assert isinstance(value, dict)  # noqa: S101 - narrows the type; a model always dumps to an object
    fields = []
    for key, item in value.items():
        if isinstance(item, list) and item and isinstance(item[0], dict):
            rows = ",\n".join("    " + json.dumps(row, ensure_ascii=False, allow_nan=False) for row in item)
            fields.append(f"  {json.dumps(key)}: [\n{rows}\n  ]")
        else:
            fields.append(f"  {json.dumps(key)}: {json.dumps(item, ensure_ascii=False, allow_nan=False)}")
    write_text(path, "{\n" + ",\n".join(fields) + "\n}\n")


def read_report(path: Path) -> Report:
    """66 when it is not there, 65 when it is not a report or its seal is broken."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as cause:
        raise PilotError(NO_INPUT, f"{path}: cannot be read; run pilot bench first.") from cause
    try:
        report = Report.model_validate(json.loads(text, parse_constant=_refuse_constant))
    except ValidationError as cause:
        first = cause.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "(the whole file)"
        raise PilotError(DATA, f"{path.name}: {where}: {first['msg']}.") from cause
    except (ValueError, RecursionError) as cause:
        raise PilotError(DATA, f"{path.name}: not JSON: {cause}.") from cause
    if report.configSha256 != config_sha256(report.config):
        raise PilotError(DATA, f"{path.name}: configSha256 does not belong to the config in it.")
    return report


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number of JSON")
