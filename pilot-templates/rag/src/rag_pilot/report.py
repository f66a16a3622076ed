"""`report.json` version 1: what `pilot bench` writes. The shape is contract/report.schema.json."""

import json
import os
import secrets
import time
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, ValidationError

from rag_pilot.canonical import canonical_sha256, plain_numbers
from rag_pilot.config import MetricName, PilotConfig, ProjectId, SemVer, Strict
from rag_pilot.errors import DATA, NO_INPUT, PilotError

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


def _real_instant(text: str) -> str:
    datetime.fromisoformat(text)
    return text


_INSTANT = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$"
InstantUtc = Annotated[str, Field(pattern=_INSTANT), AfterValidator(_real_instant)]
Milliseconds = Annotated[float, Field(ge=0, le=86_400_000)]
Identifier = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class RequestRecord(Strict):
    """All times in milliseconds since the start of the run. `doneMs` is null when no complete answer came."""

    run: int = Field(ge=0, le=99)
    index: int = Field(ge=0, le=9_999)
    questionId: Identifier
    scheduledMs: Milliseconds
    sentMs: Milliseconds
    firstByteMs: Milliseconds | None
    doneMs: Milliseconds | None
    status: Literal["ok", "error", "timeout"]
    error: Annotated[str, Field(max_length=300)] | None


class QuestionRecord(Strict):
    id: Identifier
    tag: str = Field(min_length=1, max_length=60)
    rule: Literal["gold_span", "yes_no", "expected_facts", "must_refuse", "none"]
    correct: bool | None
    refused: bool
    answer: str = Field(max_length=4_000)
    retrieved: list[Identifier] = Field(max_length=50)
    relevant: list[Identifier] = Field(max_length=1_000)
    errorClass: Literal["retrieval", "generation", "source", "question"] | None
    # What this answer used; without it the cost has a value and no interval.
    tokensIn: Annotated[int, Field(ge=0)] | None = None
    tokensOut: Annotated[int, Field(ge=0)] | None = None


class Metric(Strict):
    name: MetricName
    value: float | None
    unit: Literal["share", "ms", "requests/s", "usd"]
    direction: Literal["higher", "lower"]
    outOf: Annotated[int, Field(ge=0)] | None
    method: str = Field(min_length=1, max_length=400)


class StageTiming(Strict):
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


class Searched(Strict):
    vectors: int = Field(ge=1)
    medianMs: float = Field(gt=0)


class Probe(Strict):
    """An exact search here, one question a call: overhead + bytes / bandwidth + vectors / picks."""

    backend: Literal["faiss", "torch"]
    dimensions: int = Field(ge=2)
    overheadMs: float = Field(ge=0)
    gigabytesPerSecond: float = Field(gt=0)
    picksMillionsPerSecond: float = Field(gt=0)
    repeats: int = Field(ge=1)
    # The pilot's own corpus by the same store: what the forecast is held against.
    searched: Searched


class Energy(Strict):
    """Of the load, idle power included, by counters that only grow; null where there is none."""

    cpuJoules: Annotated[float, Field(ge=0)] | None
    gpuJoules: Annotated[float, Field(ge=0)] | None
    answers: int = Field(ge=0)


class Completed(Strict):
    status: Literal["completed"]


class Failed(Strict):
    status: Literal["failed"]
    stage: str = Field(min_length=1, max_length=60)
    reason: str = Field(min_length=1, max_length=1_000)


class DataSummary(Strict):
    name: str = Field(min_length=1, max_length=120)
    documents: int = Field(ge=0)
    chunks: int = Field(ge=0)
    questions: int = Field(ge=0)
    judged: int = Field(ge=0)
    answerRule: str = Field(min_length=1, max_length=1_000)


class Usage(Strict):
    tokensIn: int = Field(ge=0)
    tokensOut: int = Field(ge=0)
    answers: int = Field(ge=0)


class NotRun(Strict):
    what: str = Field(min_length=1, max_length=200)
    why: str = Field(min_length=1, max_length=400)


class Report(Strict):
    schemaVersion: Literal[1]
    kind: Literal["rag"]
    runId: str = Field(pattern=r"^run_[0-9A-HJKMNP-TV-Z]{26}$")
    templateVersion: SemVer
    # Null = nobody compared the files with the hand-out. A pilot cannot know it of itself; `pilotage bench` writes it.
    modified: bool | None
    projectId: ProjectId | None
    configSha256: Sha256
    config: PilotConfig
    preset: Literal["quick", "standard"]
    startedAt: InstantUtc
    finishedAt: InstantUtc
    outcome: Annotated[Completed | Failed, Field(discriminator="status")]
    fingerprint: Fingerprint
    data: DataSummary
    runSeconds: list[Annotated[float, Field(ge=0)]] = Field(max_length=100)
    stages: list[StageTiming] = Field(max_length=40)
    requests: list[RequestRecord] = Field(max_length=100_000)
    questions: list[QuestionRecord] = Field(max_length=10_000)
    metrics: list[Metric] = Field(max_length=40)
    usage: Usage
    # Reports of older pilots lack both; null where nothing could be measured.
    probe: Probe | None = None
    energy: Energy | None = None
    notRun: list[NotRun] = Field(max_length=40)


def config_sha256(config: PilotConfig) -> str:
    return canonical_sha256(config.model_dump(mode="json"))


def new_run_id() -> str:
    """`run_` and a ULID: 48 bits of milliseconds, 80 random bits, Crockford base 32."""
    number = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    return "run_" + "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[number >> shift & 31] for shift in range(125, -1, -5))


def write_report(report: Report, path: Path) -> None:
    """Beside, then moved: a full disk or a stop leaves no half report. One record a line, so that it can be diffed."""
    value = plain_numbers(report.model_dump(mode="json"))
    assert isinstance(value, dict)  # noqa: S101 - narrows the type; a model always dumps to an object
    long_lists = {"requests", "questions", "metrics", "stages"}
    fields = []
    for key, item in value.items():
        if key in long_lists and item:
            rows = ",\n".join("    " + json.dumps(row, ensure_ascii=False, allow_nan=False) for row in item)
            fields.append(f"  {json.dumps(key)}: [\n{rows}\n  ]")
        else:
            fields.append(f"  {json.dumps(key)}: {json.dumps(item, ensure_ascii=False, allow_nan=False)}")
    write_whole(path, "{\n" + ",\n".join(fields) + "\n}\n")


def write_whole(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


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
        where = ".".join(map(str, first["loc"]))
        raise PilotError(DATA, f"{path.name}: {where}: {first['msg']}.") from cause
    except ValueError as cause:
        raise PilotError(DATA, f"{path.name}: not JSON: {cause}.") from cause
    if report.configSha256 != config_sha256(report.config):
        raise PilotError(DATA, f"{path.name}: configSha256 does not belong to the config in it.")
    return report


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number of JSON")
