"""The windows of `transform.py` by pandas, as one would write them there: for the comparison of speed only."""

from typing import Literal

import numpy as np
import pandas as pd

from mlops_pilot.config import MlopsConfig
from mlops_pilot.name_features import DAY_PARTS, category_feature, feature_names
from mlops_pilot.transform import NEVER_SECONDS, PRIOR_RISK, PRIOR_ROWS


def pandas_features(rows: pd.DataFrame, config: MlopsConfig) -> pd.DataFrame:
    """float32, in the order of time and key and of `feature_names`. `rows` as `parse_rows` types them."""
    data = config.data
    rows = rows.sort_values([data.time, data.key], kind="stable").reset_index(drop=True)
    made = _plain(rows, config)
    for entity in data.entities:
        made |= _windows(rows, entity, config)
    return pd.DataFrame({name: made[name] for name in feature_names(config)}).astype("float32")


def _plain(rows: pd.DataFrame, config: MlopsConfig) -> dict[str, pd.Series]:
    data, time = config.data, rows[config.data.time].dt
    turn = (time.hour * 60 + time.minute) * (2 * np.pi / 1440)
    made = dict(zip(DAY_PARTS, (np.sin(turn), np.cos(turn), time.weekday >= 5), strict=True))
    if data.amount is not None:
        amount = rows[data.amount]
        made |= {"amount": amount, "log_amount": np.log1p(amount.clip(lower=0))}
    made |= {name: rows[name] for name in data.numbers}
    for column, values in data.categories.items():
        made |= {category_feature(column, value): rows[column] == value for value in values}
    return made


def _windows(rows: pd.DataFrame, entity: str, config: MlopsConfig) -> dict[str, pd.Series]:
    data = config.data
    # Grouped windows come back by group and then by time: sorting that way once gives every result its row.
    order = rows[[entity]].assign(at=np.arange(len(rows))).sort_values([entity, "at"], kind="stable")["at"].to_numpy()
    ordered = rows.iloc[order]
    label = ordered[data.label]
    table = pd.DataFrame(
        {
            entity: ordered[entity].to_numpy(),
            "amount": ordered[str(data.amount)].to_numpy(),
            "label": label.fillna(0).to_numpy("float64"),
            "known": label.notna().to_numpy("float64"),
        },
        index=pd.DatetimeIndex(ordered[data.time], name="time"),
    )
    groups = table.groupby(entity, sort=True)
    back = pd.Index(order)

    def rolled(column: str, days: int, closed: Literal["left", "right"], how: str) -> np.ndarray:
        if days == 0:
            return np.zeros(len(table))
        found: pd.Series = getattr(groups[column].rolling(f"{days}D", closed=closed), how)()
        return found.fillna(0).to_numpy()

    gap = table.index.to_series().groupby(table[entity].to_numpy()).diff().dt.total_seconds()
    values = {f"{entity}_log_seconds_since": np.log1p(gap.fillna(NEVER_SECONDS).to_numpy())}
    hidden = {column: rolled(column, data.delayDays, "left", "sum") for column in ("label", "known")}
    for days in config.features.windowsDays:
        mean = rolled("amount", days, "right", "mean")
        values[f"{entity}_count_{days}d"] = rolled("amount", days, "right", "count")
        values[f"{entity}_mean_{days}d"] = mean
        values[f"{entity}_max_{days}d"] = rolled("amount", days, "right", "max")
        values[f"{entity}_amount_over_mean"] = table["amount"].to_numpy() / (np.abs(mean) + 1)
        frauds = rolled("label", data.delayDays + days, "left", "sum") - hidden["label"]
        known = rolled("known", data.delayDays + days, "left", "sum") - hidden["known"]
        values[f"{entity}_risk_{days}d"] = (frauds + PRIOR_ROWS * PRIOR_RISK) / (known + PRIOR_ROWS)
    return {name: pd.Series(value, index=back).sort_index() for name, value in values.items()}
