"""`pilot compare-retrieval`: words, vectors and both together on the same questions, with the chance that the
difference is luck, and how much of the time is our own code."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median
from typing import Literal

from rag_pilot.config import PilotConfig
from rag_pilot.documents import Question, read_questions
from rag_pilot.embed import LSA
from rag_pilot.engine_time import Engine, watched_retriever
from rag_pilot.errors import DATA, PilotError
from rag_pilot.index_store import Library, open_library
from rag_pilot.metrics import rank_question
from rag_pilot.randomise import randomisation_p

System = Literal["bm25", "dense", "hybrid"]
SYSTEMS: tuple[System, ...] = ("bm25", "dense", "hybrid")
K = 10
Say = Callable[[str], None]


@dataclass(frozen=True)
class SystemResult:
    """One number a question, in the order of the set. `headline`: nDCG@10, or MRR@10 where each question has one gold
    document, since nothing else can be said of it. `wrapper_share`: of the time, what neither model nor search
    library took."""

    headline: tuple[float, ...]
    first: tuple[float, ...]
    precision_at_5: tuple[float, ...]
    recall_at_10: tuple[float, ...]
    median_ms: float
    wrapper_share: float


@dataclass(frozen=True)
class SetResult:
    name: str
    documents: int
    judged: int
    left_out: int
    measure: Literal["nDCG@10", "MRR@10"]
    systems: dict[System, SystemResult]


@dataclass(frozen=True)
class Comparison:
    """`gain`: mean of the hybrid over the sets minus that of the best single system, `best`. `worst_loss`: the most
    that the hybrid loses to BM25 on any set, 0 when on none."""

    embedder: str
    sets: tuple[SetResult, ...]
    best: System
    gain: float
    gain_p: float
    worst_loss: float

    def mean(self, system: System) -> float:
        return fmean(fmean(each.systems[system].headline) for each in self.sets)


def compare_retrieval(
    config: PilotConfig, folders: Sequence[Path], root: Path, say: Say = lambda _: None
) -> Comparison:
    """Indexes are kept under `root/var/index`. Exit 65 when a set has no judged question."""
    sets = []
    for folder in folders:
        say(f"{folder.name}: reading")
        sets.append(_measure_set(config, folder, root))
        say(f"{folder.name}: done")
    found = tuple(sets)

    def mean(system: System) -> float:
        return fmean(fmean(each.systems[system].headline) for each in found)

    best: System = max(("bm25", "dense"), key=mean)
    losses = [fmean(each.systems["bm25"].headline) - fmean(each.systems["hybrid"].headline) for each in found]
    return Comparison(
        embedder=config.retrieval.embedder,
        sets=found,
        best=best,
        gain=mean("hybrid") - mean(best),
        gain_p=randomisation_p([differences(each, "hybrid", best) for each in found]),
        worst_loss=max(0.0, *losses),
    )


def differences(result: SetResult, first: System, second: System) -> list[float]:
    pairs = zip(result.systems[first].headline, result.systems[second].headline, strict=True)
    return [left - right for left, right in pairs]


def describe_comparison(config: PilotConfig, comparison: Comparison) -> str:
    """Plain text, one table. p is two-sided and of the difference between hybrid and the system of the line."""
    weight = f"{config.retrieval.fusion}, dense weight {config.retrieval.denseWeight:g}"
    dimensions = f" ({config.retrieval.dimensions} dimensions)" if comparison.embedder == LSA else ""
    lines = [
        f"embedder {comparison.embedder}{dimensions}; {weight}; chunks of {config.ingest.chunkCharacters} characters",
        f"{'set':24}{'system':8}{'measure':9}{'value':>8}{'P@1':>8}{'P@5':>8}{'R@10':>8}{'p':>8}{'ms':>8}{'wrapper':>9}",
    ]
    for each in comparison.sets:
        for system, result in each.systems.items():
            p = "" if system == "hybrid" else f"{randomisation_p([differences(each, 'hybrid', system)]):.4f}"
            lines.append(
                f"{each.name[:23]:24}{system:8}{each.measure:9}{fmean(result.headline):8.4f}{fmean(result.first):8.3f}"
                f"{fmean(result.precision_at_5):8.3f}{fmean(result.recall_at_10):8.3f}{p:>8}{result.median_ms:8.2f}"
                f"{result.wrapper_share:9.0%}"
            )
        lines.append(f"{'':24}{each.documents} documents, {each.judged} judged questions, {each.left_out} without gold")
    means = ", ".join(f"{system} {comparison.mean(system):.4f}" for system in SYSTEMS)
    lines += [
        f"mean over sets: {means}",
        f"hybrid minus {comparison.best}, the best single system: {comparison.gain:+.4f} (p {comparison.gain_p:.4f})",
        f"most lost to bm25 on any set: {comparison.worst_loss:.4f}",
        "These figures belong to these documents and questions, not to the method.",
    ]
    return "\n".join(lines)


def _measure_set(config: PilotConfig, folder: Path, root: Path) -> SetResult:
    wide = config.retrieval.model_copy(update={"mode": "hybrid", "k": K})
    config = config.model_copy(update={"retrieval": wide})
    questions = read_questions(folder)
    judged = [question for question in questions if question.relevant]
    if not judged:
        raise PilotError(DATA, f"{folder}: no question has a gold document; nothing to compare.")
    library = open_library(config, folder, root / "var" / "index")
    try:
        single = all(len(question.relevant) == 1 for question in judged)
        systems = {system: _measure(library, config, system, judged, single) for system in SYSTEMS}
    finally:
        library.close()
    measure: Literal["nDCG@10", "MRR@10"] = "MRR@10" if single else "nDCG@10"
    return SetResult(folder.name, library.documents, len(judged), len(questions) - len(judged), measure, systems)


def _measure(
    library: Library, config: PilotConfig, system: System, questions: Sequence[Question], single: bool
) -> SystemResult:
    engine = Engine()
    settings = config.retrieval.model_copy(update={"mode": system})
    retriever = watched_retriever(library, settings, engine)
    retriever.retrieve(questions[0].text, questions[0].audiences)
    engine.seconds, seconds, found = 0.0, [], []
    for question in questions:
        start = time.perf_counter()
        ids = retriever.retrieve(question.text, question.audiences).document_ids
        seconds.append(time.perf_counter() - start)
        found.append((ids, question.relevant))
    ten, five = ([rank_question(ids, gold, k) for ids, gold in found] for k in (K, 5))
    return SystemResult(
        headline=tuple(each.reciprocal_rank if single else each.ndcg for each in ten),
        first=tuple(float(ids[:1] != () and ids[0] in gold) for ids, gold in found),
        precision_at_5=tuple(each.precision for each in five),
        recall_at_10=tuple(each.recall for each in ten),
        median_ms=median(seconds) * 1000,
        wrapper_share=max(0.0, 1 - engine.seconds / sum(seconds)),
    )
