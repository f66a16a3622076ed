"""`pilot make-data`"""

import argparse
import gzip
import json
from datetime import timedelta
from pathlib import Path

import polars as pl


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, default=Path("data"), help="folder to write into")
    parser.add_argument("--days", type=int, default=60)
    parser.add_argument("--scale", type=int, default=1, help="so many times the cards, the terminals and the rows")
    parser.add_argument("--seed", type=int, default=20261121)


def run(options: argparse.Namespace) -> int:
    from mlops_pilot.make_bad_day import make_bad_day
    from mlops_pilot.make_data import START, describe, make_transactions
    from mlops_pilot.workdir import write_text, write_whole

    table = make_transactions(options.days, options.seed, options.scale)
    bad, faults = make_bad_day(START + timedelta(days=options.days), options.seed)

    def write_table(path: Path, frame: pl.DataFrame) -> None:
        with write_whole(path) as draft:
            # No time in the header: the same rows are the same bytes.
            draft.write_bytes(gzip.compress(frame.write_csv().encode(), 9, mtime=0))

    write_table(options.out / "transactions.csv.gz", table)
    write_table(options.out / "bad_day.csv.gz", bad)
    statistics = {"seed": options.seed, **describe(table), "badDay": faults}
    write_text(options.out / "statistics.json", json.dumps(statistics, indent=2) + "\n")
    print(f"{table.height} rows in {options.out}, and a bad day of {bad.height}.")  # noqa: T201
    return 0
