"""The pilot put together from its configuration."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag_pilot.answerers import ModelAnswerer, OfflineAnswerer
from rag_pilot.answers import Answer
from rag_pilot.cache import AnswerCache
from rag_pilot.canonical import canonical_sha256, plain_numbers
from rag_pilot.chain import AnswerChain, write_prompt
from rag_pilot.config import PilotConfig
from rag_pilot.cost import Estimate, estimate_cost, read_prices
from rag_pilot.endpoint import EndpointModel
from rag_pilot.extract import Extractor
from rag_pilot.graph import AnswerGraph
from rag_pilot.guard.documents import DocumentGuard
from rag_pilot.history import Exchange
from rag_pilot.index_store import Library, open_library
from rag_pilot.local_model import LocalModel
from rag_pilot.retrieve import Found
from rag_pilot.steps import Answerer, Limits, Steps
from rag_pilot.tally import Tally


@dataclass(frozen=True)
class Pilot:
    """`chain` always answers anew; `ask` and `stream` look into the cache first, when there is one."""

    config: PilotConfig
    library: Library
    chain: AnswerChain | AnswerGraph
    cache: AnswerCache | None = None

    @property
    def tally(self) -> Tally:
        return self.chain.steps.tally

    def ask(self, question: str, *, audiences: Iterable[str] | None = None, history: Sequence[Exchange] = ()) -> Answer:
        *_, last = self.stream(question, audiences=audiences, history=history)
        assert isinstance(last, Answer)  # noqa: S101
        return last

    def stream(
        self,
        question: str,
        *,
        audiences: Iterable[str] | None = None,
        history: Sequence[Exchange] = (),
        pieces: bool = False,
    ) -> Iterator[Found | str | Answer]:
        """What was found, perhaps pieces of an unchecked text, then the answer. An answer of the cache comes with the
        chunks it was made from."""
        readers = None if audiences is None else frozenset(audiences)
        index = "" if self.cache is None else self.cache.index
        known = None if self.cache is None else self.cache.get(question, readers, history)
        if known is not None:
            self.tally.add("cache_hits")
            yield Found(known.hits, known.document_ids)
            yield known
            return
        if self.cache is not None:
            self.tally.add("cache_misses")
        for part in self.chain.stream(question, audiences=readers, history=history, pieces=pieces):
            if self.cache is not None and isinstance(part, Answer):
                self.cache.put(question, readers, part, index, history)
            yield part

    def close(self) -> None:
        """Let go of connections to a model."""
        self.chain.steps.close()

    def estimate(self, questions: Iterable[str]) -> Estimate:
        """What asking these once would take, before anything is spent. One entry a question that will be asked."""
        counted = (self.chain.steps.prompt_tokens(question) for question in questions)
        asked = [tokens for tokens in counted if tokens] if self.chain.steps.asks_model else []
        return estimate_cost(asked, read_prices(self.config.answer))


def data_folder(config: PilotConfig, root: Path) -> Path:
    """`data.path` is relative to the pilot, or absolute."""
    return (root / config.data.path).resolve()


def open_pilot(
    config: PilotConfig, root: Path, say: Callable[[str], None] = lambda _: None, repair: bool = False
) -> Pilot:
    """`root` is the folder of pilot.json; the index lives in `root/var/index`. `repair`: see `open_library`."""
    library = open_library(config, data_folder(config, root), root / "var" / "index", say, repair)
    extractor = Extractor(library.retriever.chunks.values(), library.lsa)
    steps = Steps(
        library.retriever,
        extractor,
        pick_answerer(config, extractor),
        write_prompt,
        Limits(config.answer.refuseBelow, config.answer.maxUsdPerQuestion, config.answer.historyTurns),
        DocumentGuard(config.guard.injection),
        mask=config.guard.personalData == "mask",
        prices=read_prices(config.answer),
    )
    graph = config.answer.orchestration == "graph"
    chain = AnswerGraph(steps, config.answer.maxSteps) if graph else AnswerChain(steps)
    return Pilot(config, library, chain, make_cache(config, library.data_sha256))


def pick_answerer(config: PilotConfig, extractor: Extractor) -> Answerer:
    if config.answer.mode == "extractive":
        return OfflineAnswerer(extractor)
    if config.answer.mode == "transformers":
        return ModelAnswerer(LocalModel(config.answer, config.device, config.precision))
    return ModelAnswerer(EndpointModel(config.answer))


def make_cache(config: PilotConfig, index: str) -> AnswerCache | None:
    """`index`: a hash of the documents that are served. Everything else that answers depend on is configuration."""
    if not config.answer.cacheEntries:
        return None
    settings = canonical_sha256(plain_numbers(config.model_dump(mode="json")))
    return AnswerCache(config.answer.cacheEntries, index, settings)
