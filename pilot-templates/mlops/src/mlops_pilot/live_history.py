"""What is known of the entities of a request: rows of the accepted days, as `transform.py` sees them.

A few rows are reckoned here from arrays of their entities, because building a lazy frame takes longer than they do;
many go through `transform.py` itself. A test holds both to the same features.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import polars as pl

from mlops_pilot.config import MlopsConfig
from mlops_pilot.errors import NO_INPUT, PilotError
from mlops_pilot.ingest import accepted_days, read_snapshot
from mlops_pilot.name_features import category_feature, feature_names
from mlops_pilot.parse_rows import parse_strictly
from mlops_pilot.transform import NEVER_SECONDS, PRIOR_RISK, PRIOR_ROWS, build_features
from mlops_pilot.workdir import Workdir

Row = Mapping[str, Any]
# From here on the frame is quicker.
MANY_ROWS = 64
_EPOCH = datetime(1970, 1, 1)
_DAY = 86_400_000_000


@dataclass(frozen=True)
class _Past:
    """Rows of one entity by time: microseconds, keys, amounts (nan: none), labels (-1: unknown)."""

    times: np.ndarray
    keys: list[str]
    amounts: np.ndarray
    labels: np.ndarray


class LiveHistory:
    """`newest`: the last day known."""

    def __init__(self, rows: pl.DataFrame, newest: date, config: MlopsConfig) -> None:
        self.newest, self._config = newest, config
        self._rows = rows.sort(config.data.time, config.data.key)
        self._names = feature_names(config)
        self._past = {entity: self._group(entity) for entity in config.data.entities}
        self._nothing = _Past(np.empty(0, np.int64), [], np.empty(0), np.empty(0, np.int64))

    @property
    def rows(self) -> int:
        return self._rows.height

    def newest_rows(self, count: int) -> list[dict[str, Any]]:
        """As a request has them: without the label."""
        return list(typed_rows(self._rows.tail(count), self._config))

    def features(self, rows: Sequence[Row], names: Sequence[str]) -> np.ndarray:
        """float32 [rows, names], in the order of the request. The rows see each other, as rows of one day do.

        A row whose key is known already takes the place of the known one.
        """
        return self._by_frame(rows, names) if len(rows) > MANY_ROWS else self._by_hand(rows, names)

    def _by_hand(self, rows: Sequence[Row], names: Sequence[str]) -> np.ndarray:
        given = {str(row[self._config.data.key]): row for row in rows}
        made = np.empty((len(rows), len(names)), dtype=np.float32)
        for at, row in enumerate(rows):
            features = self._plain(row)
            for entity in self._config.data.entities if self._config.features.windowsDays else ():
                features |= self._windows(row, entity, given)
            made[at] = [features[name] for name in names]
        return made

    def _by_frame(self, rows: Sequence[Row], names: Sequence[str]) -> np.ndarray:
        data = self._config.data
        asked = pl.DataFrame(
            [{name: row.get(name) for name in self._rows.columns} for row in rows], schema=self._rows.schema
        )
        key = pl.col(data.key).cast(pl.String)
        known = self._rows.filter(~key.is_in(asked[data.key].cast(pl.String).to_list()))
        if data.entities:
            known = known.filter(
                pl.any_horizontal([pl.col(name).is_in(asked[name].unique().to_list()) for name in data.entities])
            )
        table = build_features(pl.concat([known, asked]).lazy(), self._config)
        wanted = asked.select(key.alias("rowId"), pl.int_range(pl.len()).alias("_at"))
        made = table.join(wanted.lazy(), on="rowId", how="inner").sort("_at").select(names).collect()
        return np.ascontiguousarray(made.to_numpy(), dtype=np.float32)

    def _plain(self, row: Row) -> dict[str, float]:
        data, moment = self._config.data, row[self._config.data.time]
        turn = 2 * np.pi * (moment.hour * 60 + moment.minute) / 1440
        made = {
            "hour_sin": float(np.sin(turn)),
            "hour_cos": float(np.cos(turn)),
            "is_weekend": float(moment.weekday() >= 5),
        }
        if data.amount is not None:
            made |= {"amount": row[data.amount], "log_amount": float(np.log1p(max(row[data.amount], 0.0)))}
        made |= {name: row[name] for name in data.numbers}
        for column, values in data.categories.items():
            made |= {category_feature(column, value): float(row[column] == value) for value in values}
        return made

    def _windows(self, row: Row, entity: str, given: Mapping[str, Row]) -> dict[str, float]:
        data = self._config.data
        now, key = _micros(row[data.time]), str(row[data.key])
        past = self._with_given(self._past[entity].get(row[entity], self._nothing), entity, row, given)
        at = int(np.searchsorted(past.times, now, "left"))
        end = int(np.searchsorted(past.times, now, "right"))
        tied = any(other < key for other in past.keys[at:end])
        before = now if tied else int(past.times[at - 1]) if at else None
        gap = NEVER_SECONDS if before is None else (now - before) / 1e6
        made = {f"{entity}_log_seconds_since": float(np.log1p(gap))}
        known_to = int(np.searchsorted(past.times, now - data.delayDays * _DAY, "left"))
        for days in self._config.features.windowsDays:
            begin = int(np.searchsorted(past.times, now - days * _DAY, "right"))
            count = end - begin + 1
            made[f"{entity}_count_{days}d"] = float(count)
            if data.amount is not None:
                amounts, own = past.amounts[begin:end], float(row[data.amount])
                mean = (float(np.nansum(amounts)) + own) / count
                made[f"{entity}_mean_{days}d"] = mean
                made[f"{entity}_max_{days}d"] = max(own, float(np.fmax.reduce(amounts, initial=own)))
                made[f"{entity}_amount_over_mean"] = own / (abs(mean) + 1)
            first = int(np.searchsorted(past.times, now - (data.delayDays + days) * _DAY, "left"))
            # Without a delay the row itself stands at the open end of the window and is no part of it.
            labels = past.labels[first:known_to]
            frauds, known = int((labels == 1).sum()), int((labels >= 0).sum())
            made[f"{entity}_risk_{days}d"] = (frauds + PRIOR_ROWS * PRIOR_RISK) / (known + PRIOR_ROWS)
        return made

    def _with_given(self, past: _Past, entity: str, row: Row, given: Mapping[str, Row]) -> _Past:
        """The other rows of the request put in, and those that it replaces taken out."""
        data = self._config.data
        own = str(row[data.key])
        others = [other for key, other in given.items() if key != own and other[entity] == row[entity]]
        stays = [at for at, key in enumerate(past.keys) if key not in given]
        if not others and len(stays) == len(past.keys):
            return past
        times = [*past.times[stays].tolist(), *(_micros(other[data.time]) for other in others)]
        keys = [*(past.keys[at] for at in stays), *(str(other[data.key]) for other in others)]
        amount = [*past.amounts[stays].tolist(), *(_amount(other, data.amount) for other in others)]
        labels = [*past.labels[stays].tolist(), *(-1 for _ in others)]
        order = np.argsort(np.array(times), kind="stable")
        return _Past(
            np.array(times, dtype=np.int64)[order],
            [keys[at] for at in order],
            np.array(amount)[order],
            np.array(labels, dtype=np.int64)[order],
        )

    def _group(self, entity: str) -> dict[str, _Past]:
        data, made = self._config.data, {}
        for (name,), part in self._rows.group_by(entity, maintain_order=True):
            amounts = np.zeros(part.height) if data.amount is None else part[data.amount].to_numpy()
            made[str(name)] = _Past(
                part[data.time].dt.epoch("us").to_numpy(),
                part[data.key].cast(pl.String).to_list(),
                amounts.astype(np.float64),
                part[data.label].fill_null(-1).cast(pl.Int64).to_numpy(),
            )
        return made


def read_live_history(config: MlopsConfig, work: Workdir) -> LiveHistory:
    """The accepted days that the windows of the next day reach. Exit 66 without one."""
    reach = max(config.features.windowsDays, default=0) + config.data.delayDays + 1
    days = accepted_days(work, date(1, 1, 1), date(9999, 12, 31))
    if not days:
        raise PilotError(NO_INPUT, "no day has passed its check yet; run: pilot setup.")
    newest = date.fromisoformat(days[-1].day)
    first = (newest - timedelta(days=reach)).isoformat()
    frames = [parse_strictly(read_snapshot(each.day, work), config.data) for each in days if each.day >= first]
    return LiveHistory(pl.concat(frames), newest, config)


def typed_rows(frame: pl.DataFrame, config: MlopsConfig) -> Iterable[dict[str, Any]]:
    """Rows of a typed frame as a request has them: without the label."""
    return frame.drop(config.data.label).iter_rows(named=True)


def end_seconds(newest: date) -> float:
    return datetime(newest.year, newest.month, newest.day, tzinfo=UTC).timestamp() + 86_400


def _micros(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _amount(row: Row, column: str | None) -> float:
    return 0.0 if column is None else float(row[column])
