"""The same questions to every store: does it return what an exact search returns, how fast, in how much memory?

The reference is computed here in double precision, from the vectors of the index. What a store adds, a network or a
graph, is then visible as recall and as milliseconds. Accuracy of answers is another question; `pilot bench` asks it.
"""

import math
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import get_args

import numpy as np

from rag_pilot.config import PilotConfig
from rag_pilot.documents import read_questions
from rag_pilot.embed import Vectors
from rag_pilot.errors import UNAVAILABLE, PilotError
from rag_pilot.extras import import_extra
from rag_pilot.index_store import Index, open_index
from rag_pilot.stores.attach import SERVERS, Name, Wanted, attach_store, drop_stores, server
from rag_pilot.stores.local_servers import find_weaviate, postgres, weaviate
from rag_pilot.stores.port import TIE_DECIMALS, Rows, VectorStore, search_store

COUNT = 10
# Fewer questions say nothing about a 95th percentile; the opening words of passages fill up what the set lacks.
LEAST_QUESTIONS = 200
OPENING_WORDS = 12
WARM_UP = 20
LEAST_RECALL = 0.98
NOT_EXERCISED = {
    "qdrant": "not exercised here: its client's in-process mode keeps the contract, its server was not run",
    "pinecone": "not exercised here: its client keeps the contract against a stand-in, its service was not asked",
}
Say = Callable[[str], None]


@dataclass(frozen=True)
class Measured:
    """`recall`: share of the reference's ten that came back. `same`: share of questions with the same ten in the same
    order. Latency is of one question at a time, seen from here."""

    store: str
    exact: bool
    servedBy: str
    recall: float
    same: float
    p50Ms: float
    p95Ms: float
    fillSeconds: float
    memoryBytes: int | None
    memoryOf: str


@dataclass(frozen=True)
class NotRun:
    store: str
    reason: str


@dataclass(frozen=True)
class Equivalence:
    rows: int
    dimensions: int
    embedder: str
    dataSha256: str
    questionsOfTheSet: int
    questionsOfPassages: int
    hnsw: dict[str, int]
    measured: tuple[Measured, ...]
    notRun: tuple[NotRun, ...]

    @property
    def holds(self) -> bool:
        """Every exact store agrees on every ten, every graph reaches the recall that is asked of it."""
        return all(each.same == 1 if each.exact else each.recall >= LEAST_RECALL for each in self.measured)


def compare_stores(
    config: PilotConfig, data: Path, root: Path, names: Sequence[str] = (), say: Say = lambda _: None
) -> Equivalence:
    """Every store in `names` (all when empty) that can be had here. Nothing stays behind on a server."""
    index = open_index(config, data, root / "var" / "index", say)
    asked = [index.embedder.embed(question.text) for question in read_questions(data)]
    filled = [index.embedder.embed(text) for text in _openings(index, LEAST_QUESTIONS - len(asked))]
    # The zero vector has no neighbours.
    of_the_set, of_passages = ([vector for vector in group if vector.any()] for group in (asked, filled))
    questions = [*of_the_set, *of_passages]
    reference = exact_best(index.rows, questions)
    measured: list[Measured] = []
    not_run: list[NotRun] = []
    for name in names or get_args(Name):
        say(f"{name}: measuring")
        try:
            measured += _measure_store(name, config, root, index, questions, reference)
        except PilotError as error:
            reason = NOT_EXERCISED.get(name, str(error).rstrip("."))
            not_run.append(NotRun(name, reason))
    return Equivalence(
        rows=len(index.rows.ids),
        dimensions=int(index.rows.vectors.shape[1]),
        embedder=index.embedder.name,
        dataSha256=str(index.manifest["key"]["dataSha256"]),
        questionsOfTheSet=len(of_the_set),
        questionsOfPassages=len(of_passages),
        hnsw=config.retrieval.hnsw.model_dump(),
        measured=tuple(measured),
        notRun=tuple(not_run),
    )


def exact_best(rows: Rows, questions: Sequence[Vectors], count: int = COUNT) -> list[list[str]]:
    """In double precision; scores that agree to six decimals are a tie, broken by id."""
    matrix = np.asarray(rows.vectors, dtype=np.float64)
    best = []
    for question in questions:
        scores = np.round(matrix @ question[0].astype(np.float64), TIE_DECIMALS)
        cut = np.partition(scores, -count)[-count] if len(scores) > count else -math.inf
        near = [(-scores[row], rows.ids[int(row)]) for row in np.flatnonzero(scores >= cut)]
        best.append([identifier for _, identifier in sorted(near)[:count]])
    return best


def _measure_store(
    name: str, config: PilotConfig, root: Path, index: Index, questions: list[Vectors], reference: list[list[str]]
) -> Iterator[Measured]:
    wanted = Wanted(name, config.retrieval.hnsw, config.device, config.precision)  # type: ignore[arg-type]
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="equivalence-")))
        served_by, kinds = "this process", [name != "faiss_hnsw"]
        if name == "torch":
            served_by = f"this process, torch on {config.device}, {config.precision}"
        if name in SERVERS:
            wanted = replace(wanted, address=stack.enter_context(_address(name, config, root, scratch)))
            served_by, kinds = server(name).version(wanted.address), [True, False]
        for exact in kinds:
            each = replace(wanted, approximate=not exact)
            # The name of the folder becomes part of a collection's name.
            folder = scratch / index.folder.name
            folder.mkdir()
            _load_client(name)
            started = time.perf_counter()
            store = attach_store(each, index.rows, folder)
            seconds = time.perf_counter() - started
            try:
                yield _measure(store, each, served_by, seconds, questions, reference)
            finally:
                store.close()
                drop_stores(folder, each)
                shutil.rmtree(folder)


def _load_client(name: str) -> None:
    """So that loading a library is not counted as filling a store."""
    if name == "torch":
        import_extra("torch", "neural", "retrieval.store torch")
    elif name not in SERVERS:
        import_module("rag_pilot.stores.faiss_store")


def _measure(
    store: VectorStore,
    wanted: Wanted,
    served_by: str,
    seconds: float,
    questions: list[Vectors],
    reference: list[list[str]],
) -> Measured:
    for question in questions[:WARM_UP]:
        search_store(store, question, COUNT)
    found, taken = [], []
    for question in questions:
        started = time.perf_counter_ns()
        ranked = search_store(store, question, COUNT)
        taken.append((time.perf_counter_ns() - started) / 1e6)
        found.append([identifier for identifier, _ in ranked])
    pairs = list(zip(found, reference, strict=True))
    exact = wanted.name != "faiss_hnsw" if wanted.name not in SERVERS else not wanted.approximate
    return Measured(
        store=wanted.name,
        exact=exact,
        servedBy=served_by,
        recall=sum(len({*a} & {*b}) for a, b in pairs) / sum(len(b) for _, b in pairs),
        same=sum(a == b for a, b in pairs) / len(pairs),
        p50Ms=statistics.median(taken),
        p95Ms=sorted(taken)[math.ceil(0.95 * len(taken)) - 1],
        fillSeconds=seconds,
        memoryBytes=store.memory_bytes(),
        memoryOf={"pgvector": "table and indexes", "weaviate": "the whole server"}.get(
            wanted.name, "vectors and graph"
        ),
    )


@contextmanager
def _address(name: str, config: PilotConfig, root: Path, scratch: Path) -> Iterator[str]:
    """From the configured variable or `<STORE>_URL`; else of a server that is started for this, where there is one."""
    variable = config.retrieval.storeUrlVariable if config.retrieval.store == name else f"{name.upper()}_URL"
    given = os.environ.get(variable)
    if given:
        yield given
    elif name == "pgvector":
        with postgres(scratch / "postgres") as address:
            yield address
    elif name == "weaviate":
        with weaviate(scratch / "weaviate", find_weaviate(root)) as address:
            yield address
    else:
        raise PilotError(UNAVAILABLE, f"{variable} is not set")


def _openings(index: Index, wanted: int) -> list[str]:
    """The first words of passages, spread evenly over the corpus."""
    wanted = min(max(0, wanted), len(index.chunks))
    step = len(index.chunks) / wanted if wanted else 0
    chosen = [index.chunks[int(number * step)] for number in range(wanted)]
    return [" ".join(chunk.text.split()[:OPENING_WORDS]) for chunk in chosen]
