"""Text to vectors: what every embedder can do. Which one it is stands in `retrieval.embedder`.

`lsa` is fitted on the corpus and needs nothing; any other value names a sentence-transformers model.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from rag_pilot.config import PilotConfig

Vectors = NDArray[np.float32]
LSA = "lsa"


class Embedder(Protocol):
    """Every row has length 1, so that an inner product is a cosine; a row of zeros means "nothing known"."""

    @property
    def name(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def embed(self, text: str) -> Vectors:
        """One question, (1, dimensions)."""
        ...

    def embed_all(self, texts: Sequence[str]) -> Vectors:
        """Passages, (texts, dimensions)."""
        ...

    def save(self, folder: Path) -> str:
        """Write one file into the folder of the index; the name of that file."""
        ...


def fit_embedder(config: PilotConfig, texts: Sequence[str]) -> tuple[Embedder, Vectors]:
    """The configured embedder and the vectors of `texts`, (texts, dimensions). Exit 69 when the model, its packages or
    the device are not there."""
    if config.retrieval.embedder == LSA:
        from rag_pilot.embed_lsa import LsaEmbedder

        return LsaEmbedder.fit(texts, config.retrieval.dimensions)
    from rag_pilot.embed_neural import NeuralEmbedder

    model = NeuralEmbedder.open(config.retrieval.embedder, config.device, config.precision)
    return model, model.embed_all(texts)


def load_embedder(config: PilotConfig, folder: Path) -> Embedder:
    """The embedder that an index was built with. Exit 65 when the configured one is another."""
    if config.retrieval.embedder == LSA:
        from rag_pilot.embed_lsa import LsaEmbedder

        return LsaEmbedder.load(folder)
    from rag_pilot.embed_neural import NeuralEmbedder

    model = NeuralEmbedder.open(config.retrieval.embedder, config.device, config.precision)
    model.check_built_with(folder)
    return model
