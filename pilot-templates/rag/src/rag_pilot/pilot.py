"""The pilot put together from its configuration."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rag_pilot.chain import AnswerChain, OfflineAnswerer
from rag_pilot.config import PilotConfig
from rag_pilot.endpoint import EndpointAnswerer
from rag_pilot.extract import Extractor
from rag_pilot.index_store import Library, open_library


@dataclass(frozen=True)
class Pilot:
    config: PilotConfig
    library: Library
    chain: AnswerChain


def data_folder(config: PilotConfig, root: Path) -> Path:
    """`data.path` is relative to the pilot, or absolute."""
    return (root / config.data.path).resolve()


def open_pilot(config: PilotConfig, root: Path, say: Callable[[str], None] = lambda _: None) -> Pilot:
    """`root` is the folder of pilot.json; the index lives in `root/var/index`."""
    library = open_library(config, data_folder(config, root), root / "var" / "index", say)
    extractor = Extractor(library.retriever.chunks.values(), library.lsa)
    if config.answer.mode == "extractive":
        answerer: OfflineAnswerer | EndpointAnswerer = OfflineAnswerer(extractor)
    else:
        answerer = EndpointAnswerer(config.answer)
    chain = AnswerChain(library.retriever, extractor, answerer, config.answer.refuseBelow)
    return Pilot(config, library, chain)
