"""Random rows with ties in time, unknown categories and missing labels, for tests of features."""

import random
from datetime import datetime, timedelta
from typing import Any

import polars as pl

START = datetime(2026, 1, 1)


def make_rows(count: int, days: int = 60, cards: int = 300, terminals: int = 40, seed: int = 3) -> list[dict[str, Any]]:
    draw = random.Random(seed)
    return [
        {
            "id": f"t{number:06d}",
            "time": START + timedelta(seconds=draw.randrange(0, days * 86_400, 30)),
            "card": f"c{draw.randrange(cards)}",
            "terminal": f"p{draw.randrange(terminals)}",
            "amount": round(draw.lognormvariate(3, 1), 2),
            "channel": draw.choice(["chip", "contactless", "online", "by post", None]),
            "fraud": draw.choice([0] * 20 + [1, None]),
        }
        for number in range(count)
    ]


def as_frame(rows: list[dict[str, Any]]) -> pl.DataFrame:
    return pl.DataFrame(
        rows,
        schema={
            "id": pl.String,
            "time": pl.Datetime("us"),
            "card": pl.String,
            "terminal": pl.String,
            "amount": pl.Float64,
            "channel": pl.String,
            "fraud": pl.Int8,
        },
    )
