"""The verbs that measure stores: `pilot equivalence` asks all of them the same, `pilot sweep-search` one ever more."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

DIFFERS = 1


def add_store_verbs(verbs: Any) -> list[argparse.ArgumentParser]:
    """`verbs` is argparse's own collection; the parsers that were added."""
    return [_add_equivalence(verbs), _add_sweep(verbs)]


def _add_sweep(verbs: Any) -> argparse.ArgumentParser:
    verb: argparse.ArgumentParser = verbs.add_parser(
        "sweep-search", help="how fast exact search is on this device, from 1 to thousands of questions at once"
    )
    verb.add_argument("--rows", type=int, default=1_000_000)
    verb.add_argument("--dimensions", type=int, default=384)
    verb.add_argument("--most", type=int, default=4096, help="the largest batch")
    verb.add_argument("--seconds", type=float, default=2.0, help="a batch size")
    verb.add_argument("--seed", type=int, default=20261120)
    verb.add_argument("--device", choices=["cpu", "cuda"], default="cpu")
    verb.add_argument("--precision", choices=["float32", "bfloat16"], default="float32")
    verb.add_argument("--out", type=Path, default=Path("var/sweep-search.json"))
    verb.set_defaults(verb=_sweep)
    return verb


def _sweep(options: argparse.Namespace) -> int:
    from rag_pilot.report import write_whole
    from rag_pilot.sweep_search import batch_sizes, describe_sweep, sweep_search

    batches = batch_sizes(options.most)
    result = sweep_search(
        options.device, options.precision, options.rows, options.dimensions, batches, options.seconds, options.seed
    )
    options.out.parent.mkdir(parents=True, exist_ok=True)
    write_whole(options.out, json.dumps(asdict(result), indent=1) + "\n")
    _print(describe_sweep(result))
    return 0


def _add_equivalence(verbs: Any) -> argparse.ArgumentParser:
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
