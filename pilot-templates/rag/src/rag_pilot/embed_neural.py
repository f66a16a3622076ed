"""Sentence encoders: the only module that knows sentence-transformers.

A model is read from this machine or not at all: nothing here downloads, and weights are read as safetensors only,
because the other format can run code.
"""

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np

from rag_pilot.embed import Vectors
from rag_pilot.errors import DATA, UNAVAILABLE, PilotError
from rag_pilot.extras import import_extra

FILE = "embedder.json"
# Passages embedded together: enough to fill two cores or a GPU, small enough for a laptop's memory.
BATCH = {"cpu": 32, "cuda": 256}
Device = Literal["cpu", "cuda"]
Precision = Literal["float32", "bfloat16"]


class NeuralEmbedder:
    """A model by name (from the local cache) or by folder. Questions and passages get the prompts the model names."""

    def __init__(self, name: str, model: Any, sha256: str, batch: int) -> None:
        self.name, self.sha256 = name, sha256
        self._model, self._batch = model, batch
        # One core a question: two that wait for each other took 130 ms where one took 18, on a machine with other work.
        self._use_cores(1)
        self.dimensions = int(self.embed("dimensions").shape[1])

    @classmethod
    def open(cls, name: str, device: Device, precision: Precision) -> "NeuralEmbedder":
        """Exit 69 when the packages, the device or the model are missing; never a download, never another device."""
        wanted_for = f"retrieval.embedder {name}"
        library = import_extra("sentence_transformers", "neural", wanted_for)
        torch = import_extra("torch", "neural", wanted_for)
        if device == "cuda" and not torch.cuda.is_available():
            raise PilotError(UNAVAILABLE, f"{wanted_for}: device is cuda, but torch finds no GPU; set device to cpu.")
        # Its bars would stand between the lines of the pilot.
        import_extra("transformers.utils.logging", "neural", wanted_for).disable_progress_bar()
        try:
            model = library.SentenceTransformer(
                name,
                device=device,
                local_files_only=True,
                trust_remote_code=False,
                model_kwargs={"use_safetensors": True, "dtype": getattr(torch, precision)},
            )
        except Exception as cause:
            # Every part of the loader has errors of its own; what they mean to a person is the same.
            raise PilotError(UNAVAILABLE, _absent(name, cause)) from cause
        return cls(name, model.eval(), _weights_sha256(model), BATCH[device])

    def embed(self, text: str) -> Vectors:
        return self._unit(self._model.encode_query, [text])

    def embed_all(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        self._use_cores(os.cpu_count() or 1)
        try:
            return self._unit(self._model.encode_document, list(texts))
        finally:
            self._use_cores(1)

    def save(self, folder: Path) -> str:
        """The model stays where it is; the index remembers which one it was."""
        kept = {"name": self.name, "dimensions": self.dimensions, "weightsSha256": self.sha256}
        (folder / FILE).write_text(json.dumps(kept, indent=1), encoding="utf-8")
        return FILE

    def check_built_with(self, folder: Path) -> None:
        built = json.loads((folder / FILE).read_text(encoding="utf-8"))
        if (built["weightsSha256"], built["dimensions"]) == (self.sha256, self.dimensions):
            return
        if (built["name"], built["dimensions"]) == (self.name, self.dimensions):
            said = f"index was built with other weights of {self.name}: rebuild"
        else:
            said = (
                f"index was built with {built['name']} ({built['dimensions']}), "
                f"config says {self.name} ({self.dimensions}): rebuild"
            )
        raise PilotError(DATA, f"{said} with pilot setup after deleting {folder.name} in var/index.")

    def _use_cores(self, count: int) -> None:
        import_extra("torch", "neural", f"retrieval.embedder {self.name}").set_num_threads(count)

    def _unit(self, encode: Any, texts: list[str]) -> Vectors:
        rows = encode(texts, batch_size=self._batch, show_progress_bar=False, convert_to_numpy=True)
        vectors = np.asarray(rows, dtype=np.float32)
        # Scaled here, in float32: scaled in bfloat16, lengths differ by up to 0.4 %.
        length = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.where(length == 0, 1, length), dtype=np.float32)


def _absent(name: str, cause: Exception) -> str:
    if Path(name).is_dir():
        return f"retrieval.embedder {name}: the model in that folder does not load ({type(cause).__name__})."
    if name.startswith((".", "/", "~")):
        return f"retrieval.embedder {name}: no such folder."
    return (
        f"retrieval.embedder {name} is not on this machine and is never downloaded unasked; "
        f"run: uv run --extra neural hf download {name}, or name the folder of a model."
    )


def _weights_sha256(model: Any) -> str:
    """One hash over names, shapes and values of all weights, whatever files they came in."""
    total = hashlib.sha256()
    for key, tensor in sorted(model.state_dict().items()):
        values = tensor.detach().float().cpu().contiguous().numpy()
        total.update(f"{key} {tuple(values.shape)}\n".encode())
        total.update(values.tobytes())
    return total.hexdigest()
