"""`report.json` version 1: what `pilot bench` writes. The shape is contract/report.schema.json."""

import json
import os
import secrets
import time
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationError

from clinic_pilot.canonical import canonical_sha256, plain_numbers
from clinic_pilot.config import ClinicConfig, MetricName, ProjectId, SemVer, Strict
from clinic_pilot.errors import CANNOT_CREATE, DATA, NO_INPUT, PilotError

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
ExampleId = Literal["waiting", "computing", "hot_function", "workload"]
VariantName = Literal[
    "sequential", "gather", "serial", "threads", "processes", "python", "numpy", "numba", "rust", "own"
]


def _real_instant(text: str) -> str:
    datetime.fromisoformat(text)
    return text


_INSTANT = r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$"
InstantUtc = Annotated[str, Field(pattern=_INSTANT), AfterValidator(_real_instant)]
WallMs = Annotated[float, Field(gt=0, lt=86_400_000)]
CpuMs = Annotated[float, Field(ge=0, le=86_400_000_000)]


class VariantRecord(Strict):
    """`wallMs[i]` and `cpuMs[i]` are of round i in every variant. `check` is a digest of the result."""

    name: VariantName
    workers: Annotated[int, Field(ge=1, le=256)] | None
    wallMs: list[WallMs] = Field(max_length=100)
    # Of this process and all its descendants, so up to cores x wall.
    cpuMs: list[CpuMs] = Field(max_length=100)
    check: str = Field(min_length=1, max_length=128)


class ExampleRecord(Strict):
    id: ExampleId
    variants: list[VariantRecord] = Field(min_length=1, max_length=40)


class Metric(Strict):
    """A median of ratios of the same round. `low` is its one-sided 95 % bound; both null where nothing was compared."""

    name: MetricName
    value: Annotated[float, Field(ge=0)] | None
    unit: Literal["x"]
    n: int = Field(ge=0, le=100)
    low: Annotated[float, Field(ge=0)] | None
    direction: Literal["higher"]
    method: str = Field(min_length=1, max_length=400)


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


class NotRun(Strict):
    what: str = Field(min_length=1, max_length=200)
    why: str = Field(min_length=1, max_length=400)


class Report(Strict):
    schemaVersion: Literal[1]
    kind: Literal["clinic"]
    runId: str = Field(pattern=r"^run_[0-9A-HJKMNP-TV-Z]{26}$")
    templateVersion: SemVer
    # Null = nobody compared the files with the hand-out. A pilot cannot know it of itself.
    modified: bool | None
    projectId: ProjectId | None
    configSha256: Sha256
    config: ClinicConfig
    startedAt: InstantUtc
    finishedAt: InstantUtc
    outcome: Annotated[Completed | Failed, Field(discriminator="status")]
    fingerprint: Fingerprint
    notRun: list[NotRun] = Field(max_length=40)
    examples: list[ExampleRecord] = Field(max_length=4)
    metrics: list[Metric] = Field(max_length=3)


def config_sha256(config: ClinicConfig) -> str:
    return canonical_sha256(config.model_dump(mode="json"))


def new_run_id() -> str:
    """`run_` and a ULID: 48 bits of milliseconds, 80 random bits, Crockford base 32."""
    number = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    return "run_" + "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[number >> shift & 31] for shift in range(125, -1, -5))


def write_report(report: Report, path: Path) -> None:
    value = plain_numbers(report.model_dump(mode="json"))
    write_whole(path, json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1) + "\n")


def write_whole(path: Path, text: str) -> None:
    """Beside, then moved: a full disk or a stop leaves no half file. 73 when the folder cannot be written."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            fresh.write_text(text, encoding="utf-8")
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as cause:
        said = "Name a file in a folder of yours with --out"
        raise PilotError(CANNOT_CREATE, f"{path}: cannot be written ({cause.strerror}). {said}.") from cause


def check_writable(path: Path) -> None:
    """Before anything is measured: half a minute of figures must not end at a folder that is read-only."""
    if path.is_dir():
        raise PilotError(CANNOT_CREATE, f"{path}: is a folder. Name a file with --out.")
    probe = path.with_name(f".{path.name}.{os.getpid()}.probe")
    write_whole(probe, "")
    probe.unlink(missing_ok=True)


def read_report(path: Path) -> Report:
    """66 when it is not there, 65 when it is not a report or its seal is broken."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as cause:
        raise PilotError(NO_INPUT, f"{path}: cannot be read. Run pilot bench first.") from cause
    try:
        report = Report.model_validate(json.loads(text, parse_constant=_refuse_constant))
    except ValidationError as cause:
        first = cause.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise PilotError(DATA, f"{path.name}: {where}: {first['msg']}. Run pilot bench again.") from cause
    except ValueError as cause:
        raise PilotError(DATA, f"{path.name}: not JSON: {cause}. Run pilot bench again.") from cause
    if report.configSha256 != config_sha256(report.config):
        raise PilotError(DATA, f"{path.name}: configSha256 does not belong to the config in it. Run pilot bench again.")
    return report


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number of JSON")
