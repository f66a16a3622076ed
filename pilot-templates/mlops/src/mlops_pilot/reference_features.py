"""The features of `transform.py` once more, row by row and without a library: slow, and easy to believe."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from mlops_pilot.config import MlopsConfig
from mlops_pilot.name_features import category_feature
from mlops_pilot.transform import NEVER_SECONDS, PRIOR_RISK, PRIOR_ROWS

Row = Mapping[str, Any]


def reference_features(rows: Iterable[Row], config: MlopsConfig) -> list[dict[str, float]]:
    """One dictionary of features a row, in the order of time and key."""
    data = config.data
    ordered = sorted(rows, key=lambda row: (row[data.time], row[data.key]))
    by_entity: dict[tuple[str, Any], list[Row]] = defaultdict(list)
    for row in ordered:
        for entity in data.entities:
            by_entity[entity, row[entity]].append(row)
    made = []
    for row in ordered:
        features = _plain(row, config)
        for entity in data.entities:
            features |= _windows(row, by_entity[entity, row[entity]], entity, config)
        made.append(features)
    return made


def _plain(row: Row, config: MlopsConfig) -> dict[str, float]:
    data = config.data
    moment: datetime = row[data.time]
    turn = 2 * math.pi * (moment.hour * 60 + moment.minute) / 1440
    made = {"hour_sin": math.sin(turn), "hour_cos": math.cos(turn), "is_weekend": float(moment.weekday() >= 5)}
    if data.amount is not None:
        made |= {"amount": row[data.amount], "log_amount": math.log1p(max(row[data.amount], 0))}
    made |= {name: row[name] for name in data.numbers}
    for column, values in data.categories.items():
        made |= {category_feature(column, value): float(row[column] == value) for value in values}
    return made


def _windows(row: Row, same: list[Row], entity: str, config: MlopsConfig) -> dict[str, float]:
    data = config.data
    now, delay = row[data.time], timedelta(days=data.delayDays)
    at = next(index for index, other in enumerate(same) if other is row)
    gap = (now - same[at - 1][data.time]).total_seconds() if at else NEVER_SECONDS
    made = {f"{entity}_log_seconds_since": math.log1p(gap)}
    for days in config.features.windowsDays:
        span = timedelta(days=days)
        inside = [other for other in same if now - span < other[data.time] <= now]
        made[f"{entity}_count_{days}d"] = float(len(inside))
        if data.amount is not None:
            mean = sum(other[data.amount] for other in inside) / len(inside)
            made[f"{entity}_mean_{days}d"] = mean
            made[f"{entity}_max_{days}d"] = max(other[data.amount] for other in inside)
            made[f"{entity}_amount_over_mean"] = row[data.amount] / (abs(mean) + 1)
        known = [
            other[data.label]
            for other in same
            if now - delay - span <= other[data.time] < now - delay and other[data.label] is not None
        ]
        made[f"{entity}_risk_{days}d"] = (sum(known) + PRIOR_ROWS * PRIOR_RISK) / (len(known) + PRIOR_ROWS)
    return made
