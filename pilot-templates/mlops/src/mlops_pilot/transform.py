"""Features as of the event: what was known at the moment of the transaction, and nothing later. Lazy, by Polars.

A window of w days before the moment t of a row holds the rows of its entity in (t - w, t]: the row itself is known.
The risk of an entity counts labels, and a label is known only `delayDays` after its row: its window is
[t - delay - w, t - delay), which never holds the row itself.
"""

from datetime import datetime, timedelta

import polars as pl

from mlops_pilot.config import MlopsConfig
from mlops_pilot.name_features import category_feature, feature_names

# A risk is shrunk towards the prior as if that many rows of the prior had been seen: one fraud of one row is no 100 %.
PRIOR_ROWS = 10.0
PRIOR_RISK = 0.01
# Without an earlier row of the entity: about the longest gap that the windows tell apart.
NEVER_SECONDS = 400 * 86_400.0
_MINUTE_TURN = 6.283185307179586 / 1440


def build_features(frame: pl.LazyFrame, config: MlopsConfig, as_of: datetime | None = None) -> pl.LazyFrame:
    """One row a transaction, by time and key: rowId, eventTime, entity, label, then float32 in `feature_names` order.

    `frame` holds typed columns (`parse_rows.parse_rows`). `label` is null where it is not known at `as_of`
    (default: as in the frame). `entity` is the first of `data.entities`, or the key without any. A missing number is 0.
    """
    data = config.data
    time, key = pl.col(data.time), pl.col(data.key).cast(pl.String)
    rows = frame.sort(data.time, data.key).with_columns(
        _label=pl.col(data.label).fill_null(0).cast(pl.Int32),
        _known=pl.col(data.label).is_not_null().cast(pl.Int32),
        _one=pl.lit(1, pl.Int32),
    )
    label = pl.col(data.label).cast(pl.Int8)
    if as_of is not None:
        label = pl.when(time < as_of - timedelta(days=data.delayDays)).then(label)
    made = _plain_features(config) | _window_features(config)
    return rows.select(
        key.alias("rowId"),
        time.cast(pl.Datetime("us")).alias("eventTime"),
        (pl.col(data.entities[0]).cast(pl.String) if data.entities else key).alias("entity"),
        label.alias("label"),
        *[made[name].cast(pl.Float32).fill_nan(None).fill_null(0).alias(name) for name in feature_names(config)],
    )


def _plain_features(config: MlopsConfig) -> dict[str, pl.Expr]:
    data = config.data
    time = pl.col(data.time)
    turn = (time.dt.hour().cast(pl.Float64) * 60 + time.dt.minute()) * _MINUTE_TURN
    made = {"hour_sin": turn.sin(), "hour_cos": turn.cos(), "is_weekend": time.dt.weekday() >= 6}
    if data.amount is not None:
        amount = pl.col(data.amount)
        made |= {"amount": amount, "log_amount": amount.clip(lower_bound=0).log1p()}
    made |= {name: pl.col(name) for name in data.numbers}
    for column, values in data.categories.items():
        made |= {category_feature(column, value): pl.col(column).eq_missing(pl.lit(value)) for value in values}
    return made


def _window_features(config: MlopsConfig) -> dict[str, pl.Expr]:
    data, made = config.data, dict[str, pl.Expr]()
    for entity in data.entities:
        since = (pl.col(data.time).diff().dt.total_microseconds() / 1e6).over(entity)
        made[f"{entity}_log_seconds_since"] = since.fill_null(NEVER_SECONDS).log1p()
        frauds_unknown = _before("_label", data.delayDays, entity, config)
        known_unknown = _before("_known", data.delayDays, entity, config)
        for days in config.features.windowsDays:
            count = _until("_one", days, entity, config)
            made[f"{entity}_count_{days}d"] = count
            frauds = _before("_label", data.delayDays + days, entity, config) - frauds_unknown
            known = _before("_known", data.delayDays + days, entity, config) - known_unknown
            made[f"{entity}_risk_{days}d"] = (frauds + PRIOR_ROWS * PRIOR_RISK) / (known + PRIOR_ROWS)
            if data.amount is not None:
                mean = _until(data.amount, days, entity, config) / count
                made[f"{entity}_mean_{days}d"] = mean
                made[f"{entity}_max_{days}d"] = (
                    pl.col(data.amount).rolling_max_by(data.time, window_size=f"{days}d", closed="right").over(entity)
                )
                # The windows rise, so that the longest one stays.
                made[f"{entity}_amount_over_mean"] = pl.col(data.amount) / (mean.abs() + 1)
    return made


def _until(column: str, days: int, entity: str, config: MlopsConfig) -> pl.Expr:
    """Sum over the entity's rows in (t - days, t]."""
    return pl.col(column).rolling_sum_by(config.data.time, window_size=f"{days}d", closed="right").over(entity)


def _before(column: str, days: int, entity: str, config: MlopsConfig) -> pl.Expr:
    """Sum over the entity's rows in [t - days, t); zero for an empty window."""
    if days == 0:
        return pl.lit(0, pl.Int32)
    total = pl.col(column).rolling_sum_by(config.data.time, window_size=f"{days}d", closed="left").over(entity)
    return total.fill_null(0)
