"""The bundled transactions are what data/statistics.json says of them, and what the generator writes."""

import gzip
import json
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from mlops_pilot.check import Usual, check_day
from mlops_pilot.config import load_config
from mlops_pilot.make_bad_day import make_bad_day
from mlops_pilot.make_data import START, describe, make_transactions
from mlops_pilot.parse_rows import as_text
from mlops_pilot.read_data import read_data

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
STATISTICS = json.loads((DATA / "statistics.json").read_text())
CONFIG = load_config(ROOT / "pilot.json")


def read_bad_day() -> pl.DataFrame:
    return as_text(pl.read_csv(DATA / "bad_day.csv.gz", infer_schema=False))


def test_the_generator_writes_these_very_rows() -> None:
    made = make_transactions(seed=STATISTICS["seed"])
    assert gzip.decompress((DATA / "transactions.csv.gz").read_bytes()).decode() == made.write_csv()


def test_the_bad_day_is_the_one_the_generator_writes() -> None:
    day = START + timedelta(days=STATISTICS["days"])
    made, faults = make_bad_day(day, STATISTICS["seed"])
    assert read_bad_day().equals(made)
    assert STATISTICS["badDay"] == faults


def test_the_statistics_are_those_of_the_rows() -> None:
    found = describe(read_data(DATA, CONFIG).raw)
    assert {key: STATISTICS[key] for key in found} == found


def test_fraud_is_rare_and_the_drift_is_there() -> None:
    before, after = STATISTICS["beforeDrift"], STATISTICS["afterDrift"]
    assert STATISTICS["all"]["fraudShare"] < 0.02
    assert after["medianAmount"] > 1.1 * before["medianAmount"]
    assert after["onlineShare"] > before["onlineShare"] + 0.1


def test_every_fault_of_the_bad_day_is_found_with_the_rows_it_was_planted_in() -> None:
    problems = check_day(read_bad_day(), CONFIG, date.fromisoformat(STATISTICS["badDay"]["day"]), Usual(380, 28))
    named = {row.split(" ")[0] for problem in problems for row in problem.rows}
    for name, keys in STATISTICS["badDay"]["faults"].items():
        assert set(keys) <= named, f"{name} was not found"


def test_the_readme_of_the_data_says_the_same_figures() -> None:
    said = (DATA / "README.md").read_text()
    for part in ("all", "beforeDrift", "afterDrift"):
        figures = STATISTICS[part]
        assert f"| {figures['rows']:,} | {figures['frauds']} | {100 * figures['fraudShare']:.2f} % |" in said
    assert f"{STATISTICS['cards']} cards" in said
    assert STATISTICS["driftDay"] in said
    assert STATISTICS["badDay"]["day"] in said


def test_the_bundled_rows_stay_small() -> None:
    assert sum(path.stat().st_size for path in DATA.iterdir()) < 400_000
