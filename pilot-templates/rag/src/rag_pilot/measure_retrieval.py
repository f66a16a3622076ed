"""`pilot measure-retrieval`: how fast pages are read, and how fast `/retrieve` answers under open-loop load.

On a made-up corpus (make_corpus), so that the figures can be repeated anywhere; they say nothing about accuracy.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median

from rag_pilot.bench import served_pilot
from rag_pilot.config import Data, PilotConfig, Workload
from rag_pilot.documents import Question, data_sha256, read_corpus, read_questions
from rag_pilot.engine_time import Engine, watched_retriever
from rag_pilot.exchange import Asked
from rag_pilot.index_store import open_library
from rag_pilot.ingest import chunk_documents
from rag_pilot.lexical import LexicalIndex
from rag_pilot.load import RunResult, run_load, warm_up
from rag_pilot.make_corpus import make_corpus
from rag_pilot.metrics import latency_ms, nearest_rank

QUESTIONS = 500
READINGS = 3
Say = Callable[[str], None]


@dataclass(frozen=True)
class IngestSpeed:
    """Pages a second of each reading: hash, read, cut into chunks, index the words; no vectors."""

    pages: int
    chunks: int
    bytes_per_page: int
    pages_per_second: tuple[float, ...]


@dataclass(frozen=True)
class ServeSpeed:
    """`engine_ms` and `inside_ms`, of one question at a time in this process: model and search libraries, and the whole
    search. `quiet_http_ms`: the median over HTTP, one at a time. `wrapper_share`: what of that is not the engine's."""

    runs: tuple[RunResult, ...]
    engine_ms: float
    inside_ms: float
    quiet_http_ms: float

    @property
    def wrapper_share(self) -> float:
        return max(0.0, 1 - self.engine_ms / self.quiet_http_ms)


def made_up_set(root: Path, pages: int, seed: int) -> Path:
    """Made once and kept: the name says what it is made of."""
    folder = root / "var" / "made-up" / f"{pages}-pages-seed-{seed}"
    if not (folder / "qrels.tsv").is_file():
        make_corpus(folder, pages, QUESTIONS, seed)
    return folder


def measure_ingest(config: PilotConfig, folder: Path) -> IngestSpeed:
    speeds = []
    for _ in range(READINGS):
        start = time.perf_counter()
        data_sha256(folder)
        documents = read_corpus(folder).documents
        chunks = chunk_documents(documents, config.ingest.chunkCharacters, config.ingest.overlapCharacters)
        LexicalIndex.of_chunks(chunks)
        speeds.append(len(documents) / (time.perf_counter() - start))
    size = sum(len(document.text.encode()) for document in documents) // len(documents)
    return IngestSpeed(len(documents), len(chunks), size, tuple(speeds))


def measure_serving(config: PilotConfig, folder: Path, root: Path, workload: Workload, say: Say) -> ServeSpeed:
    """The server runs in a process of its own on this machine, beside the load generator."""
    config = config.model_copy(update={"data": Data(path=str(folder.resolve())), "workload": workload})
    questions = read_questions(folder)
    engine_ms, inside_ms = _measure_inside(config, folder, root, questions)
    say("index ready; starting the server")
    asked = {question.id: Asked(question.text) for question in questions}
    quiet = workload.model_copy(update={"arrivals": "constant", "arrivalsPerSecond": 4.0, "runs": 1})
    with served_pilot(config, root) as (port, key):
        asyncio.run(warm_up(port, asked, workload, "/retrieve", key))
        [unloaded] = asyncio.run(run_load(port, asked, quiet, path="/retrieve", key=key))
        say("warm; load begins")
        tell = lambda done: say(f"run {done} of {workload.runs}")  # noqa: E731
        runs = asyncio.run(run_load(port, asked, workload, tell, "/retrieve", key))
    return ServeSpeed(tuple(runs), engine_ms, inside_ms, median(latency_ms(record) for record in unloaded.records))


def describe_speed(config: PilotConfig, ingest: IngestSpeed, serving: ServeSpeed, workload: Workload) -> str:
    records = [record for run in serving.runs for record in run.records]
    latencies = [latency_ms(record) for record in records]
    delays = [record.sentMs - record.scheduledMs for record in records]
    lost = sum(record.status != "ok" for record in records)
    achieved = len(records) / sum(run.seconds for run in serving.runs)
    by_run = [nearest_rank([latency_ms(record) for record in run.records], 95) or 0.0 for run in serving.runs]
    p50, p95, p99 = (nearest_rank(latencies, percent) or 0.0 for percent in (50, 95, 99))
    readings = ", ".join(f"{speed:,.0f}" for speed in ingest.pages_per_second)
    return "\n".join(
        [
            f"{ingest.pages:,} made-up pages of {ingest.bytes_per_page:,} bytes, {ingest.chunks:,} chunks, "
            f"seed {workload.seed}",
            f"ingest without vectors, pages/s, one process: {readings}",
            f"/retrieve: {config.retrieval.mode}, embedder {config.retrieval.embedder}, k {config.retrieval.k}, "
            f"store {config.retrieval.store}",
            f"{workload.arrivals} arrivals, {workload.arrivalsPerSecond:g}/s asked, {achieved:.1f}/s achieved, "
            f"{len(serving.runs)} runs of {workload.requestsPerRun}, {lost} without an answer",
            f"latency from the scheduled arrival, ms: p50 {p50:.1f}, p95 {p95:.1f}, p99 {p99:.1f}; p95 of each run: "
            + ", ".join(f"{value:.1f}" for value in by_run),
            f"dispatch delay, ms: mean {fmean(delays):.2f}, p99 {nearest_rank(delays, 99):.2f}",
            f"one at a time, ms: engine {serving.engine_ms:.2f}, search {serving.inside_ms:.2f}, "
            f"over HTTP {serving.quiet_http_ms:.2f}; wrapper share {serving.wrapper_share:.0%}",
        ]
    )


def _measure_inside(
    config: PilotConfig, folder: Path, root: Path, questions: tuple[Question, ...]
) -> tuple[float, float]:
    """Median ms a question of the engine and of the whole search, without HTTP."""
    library = open_library(config, folder, root / "var" / "index")
    try:
        engine = Engine()
        retriever = watched_retriever(library, config.retrieval, engine)
        retriever.retrieve(questions[0].text)
        inside, engines = [], []
        for question in questions[:200]:
            before, start = engine.seconds, time.perf_counter()
            retriever.retrieve(question.text)
            inside.append(time.perf_counter() - start)
            engines.append(engine.seconds - before)
        return median(engines) * 1000, median(inside) * 1000
    finally:
        library.close()
