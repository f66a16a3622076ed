"""`pilot equivalence`: the same questions to every store that can be had here."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

DIFFERS = 1


def add_equivalence_verb(verbs) -> argparse.ArgumentParser:  # type: ignore[no-untyped-def]
    from typing import get_args

    from rag_pilot.config import Retrieval

    stores = get_args(Retrieval.model_fields["store"].annotation)
    verb: argparse.ArgumentParser = verbs.add_parser(
        "equivalence", help="does every store return what an exact search returns? exit 0 yes, 1 no"
    )
    verb.add_argument("--stores", nargs="+", choices=stores, default=[], help="only these (default: all)")
    verb.add_argument("--data", type=Path, help="folder of documents and questions, instead of data.path")
    verb.add_argument("--out", type=Path, default=Path("var/equivalence.json"))
    verb.set_defaults(verb=_equivalence)
    return verb


def _equivalence(options: argparse.Namespace) -> int:
    from rag_pilot.config import load_config
    from rag_pilot.describe_equivalence import describe_equivalence
    from rag_pilot.equivalence import compare_stores
    from rag_pilot.pilot import data_folder
    from rag_pilot.report import write_whole

    config, root = load_config(options.config or options.dir / "pilot.json"), options.dir.resolve()
    data = options.data.resolve() if options.data else data_folder(config, root)
    result = compare_stores(config, data, root, options.stores, _print)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    write_whole(options.out, json.dumps(asdict(result) | {"holds": result.holds}, indent=1, ensure_ascii=False) + "\n")
    _print(describe_equivalence(result))
    return 0 if result.holds else DIFFERS


def _print(text: str) -> None:
    print(text, flush=True)  # noqa: T201
