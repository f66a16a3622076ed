"""`pilot bench-features`"""

import argparse
import json
import tempfile
from pathlib import Path


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--out", type=Path, help="also write the figures there as JSON")


def run(options: argparse.Namespace) -> int:
    from mlops_pilot.bench_features import compare
    from mlops_pilot.workdir import write_text

    def say(text: str) -> None:
        print(text, flush=True)  # noqa: T201

    with tempfile.TemporaryDirectory() as folder:
        found = compare(options.rows, options.config or options.dir / "pilot.json", Path(folder), say)
    say(f"Polars is {found['timesFaster']:.1f} times faster, with {found['peakShare']:.2f} of the peak memory.")
    if options.out:
        write_text(options.out, json.dumps(found, indent=2) + "\n")
    return 0
