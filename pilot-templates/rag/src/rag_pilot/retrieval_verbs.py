"""The verbs that measure retrieval alone."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rag_pilot.config import PilotConfig


def add_retrieval_verbs(verbs: Any) -> list[argparse.ArgumentParser]:
    """`verbs` is argparse's own collection; the parsers that were added."""
    compare = verbs.add_parser("compare-retrieval", help="words, vectors and both on the same questions")
    compare.add_argument("--data", type=Path, nargs="+", metavar="DIR", help="sets with questions (default: data.path)")
    compare.add_argument("--embedder", help="instead of retrieval.embedder: lsa, or a model's name or folder")
    compare.set_defaults(verb=_compare)
    return [compare]


def _compare(options: argparse.Namespace) -> int:
    from rag_pilot.compare_retrieval import compare_retrieval, describe_comparison
    from rag_pilot.pilot import data_folder

    config, root = _config(options), options.dir.resolve()
    folders = [folder.resolve() for folder in options.data] if options.data else [data_folder(config, root)]
    comparison = compare_retrieval(config, folders, root)
    print(describe_comparison(config, comparison), flush=True)  # noqa: T201
    return 0


def _config(options: argparse.Namespace) -> "PilotConfig":
    from rag_pilot.config import check_meaning, load_config

    config = load_config(options.config or options.dir / "pilot.json")
    if options.embedder is None:
        return config
    retrieval = config.retrieval.model_copy(update={"embedder": options.embedder})
    config = config.model_copy(update={"retrieval": retrieval})
    check_meaning(config)
    return config
