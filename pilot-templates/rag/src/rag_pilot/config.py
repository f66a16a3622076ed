"""`pilot.json`: the one file that configures this pilot. The shape is contract/pilot.schema.json."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rag_pilot.errors import CONFIG, NO_INPUT, PilotError

MetricName = Literal[
    "answer_accuracy",
    "refusal_accuracy",
    "precision_at_k",
    "recall_at_k",
    "mrr",
    "ndcg_at_k",
    "latency_p50_ms",
    "latency_p95_ms",
    "latency_p99_ms",
    "error_share",
    "throughput_rps",
    "usd_per_1k",
]
ProjectId = Annotated[str, Field(pattern=r"^prj_[0-9A-HJKMNP-TV-Z]{26}$")]
# The name of an environment variable, never what it holds.
VariableName = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{0,63}$")]
SemVer = Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]


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
    path: str = Field(min_length=1, max_length=400)


class Ingest(Strict):
    chunkCharacters: int = Field(ge=100, le=10_000)
    overlapCharacters: int = Field(ge=0, le=5_000)


class Hnsw(Strict):
    """The graph of an approximate index. Limits are the narrowest of the stores that read them (pgvector)."""

    m: int = Field(ge=4, le=100)
    efConstruction: int = Field(ge=8, le=1000)
    efSearch: int = Field(ge=1, le=1000)


class Retrieval(Strict):
    """`embedder`: "lsa", or a sentence-transformers model by name or local path. `dimensions` counts for lsa only."""

    mode: Literal["bm25", "dense", "hybrid"]
    embedder: str = Field(min_length=1, max_length=400)
    dimensions: int = Field(ge=2, le=1024)
    k: int = Field(ge=1, le=50)
    fusion: Literal["convex", "rrf"]
    denseWeight: float = Field(ge=0, le=1)
    store: Literal["faiss_exact", "faiss_hnsw", "torch", "pgvector", "weaviate", "qdrant", "pinecone"]
    storeUrlVariable: VariableName
    hnsw: Hnsw
    permissions: Literal["off", "audience"]


class Answering(Strict):
    mode: Literal["extractive", "openai_compatible", "transformers"]
    model: Annotated[str, Field(min_length=1, max_length=200)] | None
    baseUrl: Annotated[str, Field(pattern=r"^https?://[^\s/?#]+[^\s]*$")] | None
    apiKeyVariable: VariableName
    timeoutSeconds: float = Field(gt=0, le=600)
    maxRetries: int = Field(ge=0, le=10)
    refuseBelow: float = Field(ge=0, le=1)
    usdPerMillionTokensIn: Annotated[float, Field(ge=0, le=10_000)] | None
    usdPerMillionTokensOut: Annotated[float, Field(ge=0, le=10_000)] | None
    orchestration: Literal["chain", "graph"]
    maxSteps: int = Field(ge=1, le=50)
    maxUsdPerQuestion: Annotated[float, Field(gt=0, le=1000)] | None
    maxConcurrency: int = Field(ge=1, le=256)
    historyTurns: int = Field(ge=0, le=50)
    cacheEntries: int = Field(ge=0, le=1_000_000)


class Guard(Strict):
    injection: Literal["off", "flag", "drop"]
    personalData: Literal["off", "mask"]


class Serve(Strict):
    host: Literal["127.0.0.1"]
    port: int = Field(ge=0, le=65_535)
    apiKeyVariable: VariableName | None
    requestsPerMinute: Annotated[int, Field(ge=1, le=1_000_000)] | None
    maxQuestionCharacters: int = Field(ge=1, le=100_000)


class PilotConfig(Strict):
    schemaVersion: Literal[1]
    template: Literal["rag"]
    templateVersion: SemVer
    projectId: ProjectId | None
    title: str = Field(min_length=1, max_length=120)
    targets: list[Target] = Field(min_length=1, max_length=12)
    workload: Workload
    data: Data
    ingest: Ingest
    retrieval: Retrieval
    answer: Answering
    guard: Guard
    serve: Serve
    device: Literal["cpu", "cuda"]
    precision: Literal["float32", "bfloat16"]


def load_config(path: Path) -> PilotConfig:
    """Read and check a `pilot.json`; exit 66 when it is not there, 78 when it says something impossible."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as cause:
        raise PilotError(NO_INPUT, f"{path}: cannot be read ({type(cause).__name__}).") from cause
    return parse_config(text, path.name)


def parse_config(text: str, name: str = "pilot.json") -> PilotConfig:
    try:
        value = json.loads(text, object_pairs_hook=_refuse_repeated_keys)
    except json.JSONDecodeError as cause:
        raise PilotError(CONFIG, f"{name}:{cause.lineno}: not JSON: {cause.msg}.") from cause
    except _RepeatedKeyError as cause:
        raise PilotError(CONFIG, f"{name}: {cause}: written twice; keep one.") from cause
    try:
        config = PilotConfig.model_validate(value)
    except ValidationError as cause:
        raise PilotError(CONFIG, _first_problem(cause, name, text)) from cause
    check_meaning(config, name)
    return config


def check_meaning(config: PilotConfig, name: str = "pilot.json") -> None:
    """Rules that span two keys and so cannot stand in the schema."""
    if config.ingest.overlapCharacters >= config.ingest.chunkCharacters:
        limit = config.ingest.chunkCharacters
        raise PilotError(CONFIG, f"{name}: ingest.overlapCharacters: must be smaller than chunkCharacters ({limit}).")
    for key, said in _contradictions(config):
        raise PilotError(CONFIG, f"{name}: {key}: {said}.")


def _contradictions(config: PilotConfig) -> Iterator[tuple[str, str]]:
    answer, retrieval = config.answer, config.retrieval
    if retrieval.hnsw.efConstruction < 2 * retrieval.hnsw.m:
        yield "retrieval.hnsw.efConstruction", f"must be at least twice hnsw.m ({2 * retrieval.hnsw.m})"
    if answer.mode != "extractive" and answer.model is None:
        yield "answer.model", f"must be set when answer.mode is {answer.mode}"
    if answer.mode == "openai_compatible" and answer.baseUrl is None:
        yield "answer.baseUrl", "must be set when answer.mode is openai_compatible"
    prices = (answer.usdPerMillionTokensIn, answer.usdPerMillionTokensOut)
    if answer.maxUsdPerQuestion is not None and None in prices:
        yield "answer.maxUsdPerQuestion", "needs usdPerMillionTokensIn and usdPerMillionTokensOut"
    searches_vectors = retrieval.mode != "bm25"
    if not (searches_vectors and (retrieval.embedder != "lsa" or retrieval.store == "torch")) and (
        answer.mode != "transformers"
    ):
        for key, value, default in (("device", config.device, "cpu"), ("precision", config.precision, "float32")):
            if value != default:
                yield key, f"{value} has no effect: no part of this configuration runs on torch"


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
    """`pilot.json:12: retrieval.mode: allowed: 'bm25', 'dense' or 'hybrid'.` in one line."""
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
    model: type[BaseModel] = PilotConfig
    for part in path[:-1]:
        if part == "targets":
            model = Target
        elif not part.isdigit():
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
