"""The verbs that measure retrieval alone."""

import argparse
import sys
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
    measure = verbs.add_parser("measure-retrieval", help="speed of reading pages and of /retrieve, made-up corpus")
    measure.add_argument("--pages", type=int, default=5_000)
    measure.add_argument("--rate", type=float, default=20.0, help="requests a second, open loop")
    measure.add_argument("--runs", type=int, default=10)
    measure.add_argument("--requests", type=int, default=120, help="of one run")
    measure.add_argument("--seed", type=int, default=20261120)
    measure.add_argument("--embedder", help="instead of retrieval.embedder")
    measure.set_defaults(verb=_measure)
    return [compare, measure]


def _compare(options: argparse.Namespace) -> int:
    from rag_pilot.compare_retrieval import compare_retrieval, describe_comparison
    from rag_pilot.pilot import data_folder

    config, root = _config(options), options.dir.resolve()
    folders = [folder.resolve() for folder in options.data] if options.data else [data_folder(config, root)]
    comparison = compare_retrieval(config, folders, root)
    print(describe_comparison(config, comparison), flush=True)  # noqa: T201
    return 0


def _measure(options: argparse.Namespace) -> int:
    from rag_pilot.config import Workload
    from rag_pilot.measure_retrieval import describe_speed, made_up_set, measure_ingest, measure_serving

    config, root = _config(options), options.dir.resolve()
    workload = Workload(
        arrivals="poisson",
        arrivalsPerSecond=options.rate,
        runs=options.runs,
        requestsPerRun=options.requests,
        warmupRequests=50,
        timeoutSeconds=10.0,
        seed=options.seed,
    )
    folder = made_up_set(root, options.pages, options.seed)
    ingest = measure_ingest(config, folder)
    serving = measure_serving(config, folder, root, workload, lambda text: print(text, file=sys.stderr, flush=True))  # noqa: T201
    print(describe_speed(config, ingest, serving, workload), flush=True)  # noqa: T201
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
