"""Packages that only some configurations need. The default environment does without them."""

from importlib import import_module
from typing import Any, Literal

from rag_pilot.errors import UNAVAILABLE, PilotError

Extra = Literal["neural", "pgvector", "weaviate", "qdrant", "pinecone", "graph", "pdf", "html", "local-model"]


def import_extra(module: str, extra: Extra, wanted_for: str) -> Any:
    """The module, imported now. Exit 69 naming the command that installs it; nothing is ever installed unasked.

    `wanted_for` is what the configuration or the data asked for, for example "retrieval.store pgvector".
    """
    try:
        return import_module(module)
    except ImportError as cause:
        # A module that is there but misses a part of its own is another fault than one that is absent.
        absent = isinstance(cause, ModuleNotFoundError)
        said = "which is not installed" if absent else f"which does not load ({type(cause).__name__})"
        message = f'{wanted_for} needs {module}, {said}; run: make setup EXTRAS="{extra}" (or uv sync --extra {extra}).'
        raise PilotError(UNAVAILABLE, message) from cause
