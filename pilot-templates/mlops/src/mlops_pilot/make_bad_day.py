"""One more day, delivered badly: several faults at once, as dirty deliveries are."""

from datetime import datetime
from typing import Any

import polars as pl

from mlops_pilot.config import Data
from mlops_pilot.make_data import START, make_transactions
from mlops_pilot.plant_faults import plant_fault

# Each in rows of its own; the repeated rows last, so that they repeat nothing that is already spoilt.
PLANTED = ("amount-missing", "time-unparsable", "amount-text", "amount-negative", "category-unknown", "key-repeated")
_COLUMNS = Data(
    path="data",
    name="bundled card transactions",
    key="id",
    time="time",
    label="fraud",
    amount="amount",
    entities=["card", "terminal"],
    numbers=[],
    categories={"channel": ["chip", "contactless", "online"]},
    delayDays=7,
    trainDays=21,
    testDays=14,
)


def make_bad_day(day: datetime, seed: int) -> tuple[pl.DataFrame, dict[str, Any]]:
    """The rows of `day` as text, and the keys of the rows that each fault spoils."""
    count = (day - START).days + 1
    table = make_transactions(count, seed + 1).filter(pl.col("time").str.starts_with(f"{day:%Y-%m-%d}"))
    table = table.with_columns(pl.format("b{}", pl.int_range(1, pl.len() + 1).cast(pl.String).str.zfill(6)).alias("id"))
    untouched, spoilt, faults = table, [], {}
    for name in PLANTED[:-1]:
        part, untouched = untouched.head(20), untouched.slice(20)
        changed, keys = plant_fault(part, _COLUMNS, name, seed)
        spoilt.append(changed)
        faults[name] = sorted(keys)
    repeated, keys = plant_fault(untouched, _COLUMNS, PLANTED[-1], seed)
    faults[PLANTED[-1]] = sorted(keys)
    return pl.concat([*spoilt, repeated]), {"day": f"{day:%Y-%m-%d}", "faults": faults}
