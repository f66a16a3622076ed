"""`pilot.json`: the one file that configures this pilot. The shape is contract/pilot.schema.json."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mlops_pilot.errors import CONFIG, NO_INPUT, PilotError

Task = Literal["classification", "forecast"]
MetricName = Literal[
    "averagePrecision",
    "recallAtBudget",
    "cardPrecisionAt100",
    "owa",
    "smape",
    "mase",
    "p95Ms",
    "batchRowsPerSecond",
    "trainRowsPerSecond",
    "costPerRunUsd",
    "costPer1kScoresUsd",
]
FORECAST_METRICS: frozenset[str] = frozenset({"owa", "smape", "mase"})
CLASSIFICATION_METRICS: frozenset[str] = frozenset({"averagePrecision", "recallAtBudget", "cardPrecisionAt100"})
ProjectId = Annotated[str, Field(pattern=r"^prj_[0-9A-HJKMNP-TV-Z]{26}$")]
# The name of an environment variable, never what it holds.
VariableName = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{0,63}$")]
SemVer = Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
# A column of the customer's table, as it is spelt there.
Column = Annotated[str, Field(min_length=1, max_length=100)]


class Strict(BaseModel):
    """Nothing unknown, nothing coerced, nothing infinite."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)


class Target(Strict):
    """What was promised before it was measured. A value equal to the target misses it."""

    metric: MetricName
    comparison: Literal["gt", "lt"]
    value: float = Field(ge=0, le=1e9)
    confidence: float = Field(default=0.95, ge=0.9, le=0.999)


class Workload(Strict):
    arrivals: Literal["poisson", "constant"]
    arrivalsPerSecond: float = Field(gt=0, le=1000)
    runs: int = Field(ge=1, le=100)
    requestsPerRun: int = Field(ge=1, le=10_000)
    warmupRequests: int = Field(ge=0, le=1000)
    timeoutSeconds: float = Field(gt=0, le=600)
    seed: int = Field(ge=0, le=2_147_483_647)


class Data(Strict):
    """The columns of the source by their roles, and the split by time.

    `entities`: what a row belongs to; the first is what an alert is about (a card). Windows are counted over each.
    `categories`: the known values of each column; any other value counts as none of them.
    `delayDays`: how long it takes until the label of a row is known. A label is used no earlier.
    """

    path: str = Field(min_length=1, max_length=400)
    name: str = Field(min_length=1, max_length=80)
    key: Column
    time: Column
    label: Column
    amount: Column | None
    entities: list[Column] = Field(max_length=4)
    numbers: list[Column] = Field(max_length=200)
    categories: dict[Column, Annotated[list[str], Field(min_length=1, max_length=100)]]
    delayDays: int = Field(ge=0, le=365)
    trainDays: int = Field(ge=1, le=3650)
    testDays: int = Field(ge=1, le=3650)


class Features(Strict):
    windowsDays: list[Annotated[int, Field(ge=1, le=365)]] = Field(max_length=6)


class Model(Strict):
    kind: Literal["mlp", "linear"]
    hidden: list[Annotated[int, Field(ge=1, le=4096)]] = Field(max_length=8)
    epochs: int = Field(ge=1, le=1000)
    batchSize: int = Field(ge=1, le=1_000_000)
    learningRate: float = Field(gt=0, le=10)
    seed: int = Field(ge=0, le=2_147_483_647)
    precision: Literal["float32", "bfloat16"]


class Device(Strict):
    """A device that is asked for and absent is an error unless `fallback` allows the CPU."""

    want: Literal["cpu", "cuda"]
    fallback: bool


class Checks(Strict):
    """What a day must be before it is used. Shares are of its rows; `ranges` are [lowest, highest] of a column."""

    minRows: int = Field(ge=0, le=1_000_000_000)
    maxRows: int = Field(ge=1, le=1_000_000_000)
    maxNullShare: float = Field(ge=0, le=1)
    maxUnknownCategoryShare: float = Field(ge=0, le=1)
    maxPositiveShare: float = Field(gt=0, le=1)
    # So many times more or less than the days before: rows of the day, median amount.
    maxChangeRatio: float = Field(gt=1, le=1000)
    ranges: dict[Column, Annotated[tuple[float, float], Field(strict=False)]]


class Policy(Strict):
    """`regulated`: a promotion waits for a named approval by `approver`."""

    regulated: bool
    approver: Annotated[str, Field(min_length=1, max_length=120)] | None


class Alerts(Strict):
    budgetPerDay: int = Field(ge=1, le=1_000_000)
    costMissUsd: float = Field(ge=0, le=1e9)
    costAlarmUsd: float = Field(ge=0, le=1e9)


class Serving(Strict):
    host: Literal["127.0.0.1"]
    port: int = Field(ge=0, le=65_535)
    apiKeyVariable: VariableName | None
    requestsPerMinute: Annotated[int, Field(ge=1, le=1_000_000)] | None
    maxRows: int = Field(ge=1, le=1_000_000)


class Tracking(Strict):
    """Where MLflow keeps its records: the variable's address when it is set, else `.pilot/mlflow.db`."""

    uriVariable: VariableName


class Source(Strict):
    """Where a day's rows come from: the variable's SQLAlchemy address when it is set, else `.pilot/source.db`."""

    urlVariable: VariableName
    table: Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,62}$")]
    # So many days back are read again with each day, for rows and labels that came late.
    lateDays: int = Field(ge=0, le=365)


class MlopsConfig(Strict):
    schemaVersion: Literal[1]
    template: Literal["mlops"]
    templateVersion: SemVer
    projectId: ProjectId | None
    title: str = Field(min_length=1, max_length=120)
    task: Task
    targets: list[Target] = Field(min_length=1, max_length=12)
    workload: Workload
    data: Data
    features: Features
    model: Model
    device: Device
    checks: Checks
    policy: Policy
    alerts: Alerts
    serving: Serving
    tracking: Tracking
    source: Source


def load_config(path: Path) -> MlopsConfig:
    """Read and check a `pilot.json`; exit 66 when it is not there, 78 when it says something impossible."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as cause:
        raise PilotError(NO_INPUT, f"{path}: cannot be read ({type(cause).__name__}).") from cause
    return parse_config(text, path.name)


def parse_config(text: str, name: str = "pilot.json") -> MlopsConfig:
    try:
        value = json.loads(text, object_pairs_hook=_refuse_repeated_keys)
    except json.JSONDecodeError as cause:
        raise PilotError(CONFIG, f"{name}:{cause.lineno}: not JSON: {cause.msg}.") from cause
    except _RepeatedKeyError as cause:
        raise PilotError(CONFIG, f"{name}: {cause}: written twice; keep one.") from cause
    try:
        config = MlopsConfig.model_validate(value)
    except ValidationError as cause:
        raise PilotError(CONFIG, _first_problem(cause, name, text)) from cause
    check_meaning(config, name)
    return config


def check_meaning(config: MlopsConfig, name: str = "pilot.json") -> None:
    """Rules that span two keys and so cannot stand in the schema."""
    for key, said in _contradictions(config):
        raise PilotError(CONFIG, f"{name}: {key}: {said}.")


def _contradictions(config: MlopsConfig) -> Iterator[tuple[str, str]]:
    data, checks = config.data, config.checks
    columns = [data.key, data.time, data.label, *data.entities, *data.numbers, *data.categories]
    if data.amount is not None:
        columns.append(data.amount)
    twice = sorted({column for column in columns if columns.count(column) > 1})
    if twice:
        yield "data", f"{twice[0]} has two roles; a column has one"
    if config.features.windowsDays != sorted(set(config.features.windowsDays)):
        yield "features.windowsDays", "must rise, each value once"
    if checks.minRows > checks.maxRows:
        yield "checks.minRows", f"must not be above maxRows ({checks.maxRows})"
    numbers = {*data.numbers, *([] if data.amount is None else [data.amount])}
    for column, (lowest, highest) in checks.ranges.items():
        if column not in numbers:
            yield f"checks.ranges.{column}", "is no amount and no number of data"
        if lowest > highest:
            yield f"checks.ranges.{column}", f"the lowest, {lowest:g}, is above the highest, {highest:g}"
    if config.policy.regulated and config.policy.approver is None:
        yield "policy.approver", "must be named when policy.regulated is true"
    if config.device.want == "cpu" and config.model.precision == "bfloat16":
        yield "model.precision", "bfloat16 needs device.want cuda"
    strange = CLASSIFICATION_METRICS if config.task == "forecast" else FORECAST_METRICS
    for index, target in enumerate(config.targets):
        if target.metric in strange:
            yield f"targets.{index}.metric", f"{target.metric} does not fit task {config.task}"


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
    """`pilot.json:12: model.kind: allowed: 'mlp' or 'linear'.` in one line."""
    problem = cause.errors(include_url=False, include_input=False)[0]
    path = [str(part) for part in problem["loc"]]
    key = ".".join(path) or "(the whole file)"
    kind, context = problem["type"], problem.get("ctx", {})
    if kind == "extra_forbidden":
        said = f"unknown key; allowed: {', '.join(_siblings(path))}"
    elif kind == "missing":
        said = "missing"
    elif kind == "literal_error":
        said = f"allowed: {context['expected']}"
    elif kind == "string_pattern_mismatch":
        said = f"must match {context['pattern']}"
    else:
        said = problem["msg"][0].lower() + problem["msg"][1:]
    line = _line_of(path, text)
    return f"{name}{f':{line}' if line else ''}: {key}: {said}."


def _siblings(path: list[str]) -> list[str]:
    model: type[BaseModel] = MlopsConfig
    for part in path[:-1]:
        if part == "targets":
            model = Target
        elif part in model.model_fields:
            annotation = model.model_fields[part].annotation
            if isinstance(annotation, type) and issubclass(annotation, BaseModel):
                model = annotation
    return list(model.model_fields)


def _line_of(path: list[str], text: str) -> int | None:
    """The line where the key stands, when the file has it only once; a wrong line would be worse than none."""
    keys = [part for part in path if not part.isdigit()]
    if not keys:
        return None
    found = [number for number, line in enumerate(text.splitlines(), 1) if f'"{keys[-1]}"' in line]
    return found[0] if len(found) == 1 else None
