"""Where a day's rows come from: one table behind a SQLAlchemy address. SQLite is bundled; PostgreSQL by `postgres`.

Every value is taken as text, as the source spells it, so that a snapshot says what was delivered and not what we
made of it. The address may hold a password: it is never shown.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl
import sqlalchemy as sa
from sqlalchemy.exc import NoSuchModuleError, NoSuchTableError, SQLAlchemyError

from mlops_pilot.config import MlopsConfig
from mlops_pilot.errors import CONFIG, NO_INPUT, UNAVAILABLE, PilotError
from mlops_pilot.workdir import Workdir

_ROWS_OF_AN_INSERT = 5_000


@dataclass(frozen=True)
class Source:
    engine: sa.Engine
    config: MlopsConfig

    def read_day(self, day: date, with_undated: bool) -> pl.DataFrame:
        """The rows of one day as text, by their key; `with_undated`: and those whose time is missing or no date."""
        with self._said():
            table = self._table()
            time = table.c[self.config.data.time]
            if isinstance(time.type, sa.Date | sa.DateTime):
                first = datetime(day.year, day.month, day.day)
                wanted: sa.ColumnElement[bool] = sa.and_(time >= first, time < first + timedelta(days=1))
                undated: sa.ColumnElement[bool] = time.is_(None)
            else:
                wanted = sa.and_(time >= day.isoformat(), time < (day + timedelta(days=1)).isoformat())
                undated = sa.or_(time.is_(None), sa.not_(time.like("____-__-__%")))
            where = sa.or_(wanted, undated) if with_undated else wanted
            return self._read(sa.select(table).where(where))

    def read_all(self) -> pl.DataFrame:
        """Every row as text, by its key."""
        with self._said():
            return self._read(sa.select(self._table()))

    def _read(self, query: sa.Select[Any]) -> pl.DataFrame:
        with self.engine.connect() as connection:
            found = connection.execute(query)
            names = list(found.keys())
            rows = [[_text(value) for value in row] for row in found]
        frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
        return frame.sort(sorted(names, key=lambda name: name != self.config.data.key))

    def span(self) -> tuple[date, date] | None:
        """The first and the last day that the source has rows of; None when it has none."""
        with self._said(), self.engine.connect() as connection:
            time = self._table().c[self.config.data.time]
            if isinstance(time.type, sa.Date | sa.DateTime):
                ends = list(connection.execute(sa.select(sa.func.min(time), sa.func.max(time))).one())
            else:
                # A text may look like a date and be none: 2026-02-30.
                ends = list(connection.scalars(sa.select(sa.func.substr(time, 1, 10)).distinct()))
        days = sorted(day for day in (_day_of(_text(end)) for end in ends) if day is not None)
        return (days[0], days[-1]) if days else None

    def replace_table(self, raw: pl.DataFrame) -> None:
        """Make the table anew out of text: for the bundled data, for `--data`, and for drills. In one transaction."""
        metadata = sa.MetaData()
        table = sa.Table(self.config.source.table, metadata, *[sa.Column(name, sa.Text) for name in raw.columns])
        with self._said(), self.engine.begin() as connection:
            table.drop(connection, checkfirst=True)
            table.create(connection)
            for rows in raw.iter_slices(_ROWS_OF_AN_INSERT):
                connection.execute(sa.insert(table), rows.to_dicts())
            if self.config.data.time in raw.columns:
                sa.Index(f"by_time_{self.config.source.table}", table.c[self.config.data.time]).create(connection)

    def has_table(self) -> bool:
        with self._said():
            return bool(sa.inspect(self.engine).has_table(self.config.source.table))

    def _table(self) -> sa.Table:
        name = self.config.source.table
        try:
            table = sa.Table(name, sa.MetaData(), autoload_with=self.engine)
        except NoSuchTableError as cause:
            raise PilotError(NO_INPUT, f"the source has no table {name}; pilot setup fills the bundled one.") from cause
        if self.config.data.time not in table.c:
            columns = ", ".join(table.c.keys())
            raise PilotError(
                CONFIG, f"data.time: table {name} has no column {self.config.data.time}; it has {columns}."
            )
        return table

    @contextmanager
    def _said(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as cause:
            # Not the message of the driver's caller: it may repeat the address. Its first line names the fault.
            said = str(getattr(cause, "orig", None) or type(cause).__name__).splitlines()[0][:160]
            raise PilotError(UNAVAILABLE, f"the source does not answer ({said}); nothing was changed.") from cause


@contextmanager
def open_source(config: MlopsConfig, work: Workdir) -> Iterator[Source]:
    """The source of pilot.json; exit 78 for an address that is none, 69 for a driver that is not installed."""
    variable = config.source.urlVariable
    given = os.environ.get(variable)
    if given is None:
        work.state.mkdir(parents=True, exist_ok=True)
    try:
        url = sa.make_url(given) if given else sa.URL.create("sqlite", database=str(work.source_database))
        if url.drivername in ("postgres", "postgresql"):
            url = url.set(drivername="postgresql+psycopg")
        engine = sa.create_engine(url, connect_args=_patience(url))
    except (sa.exc.ArgumentError, NoSuchModuleError) as cause:
        raise PilotError(CONFIG, f"{variable} is no address that SQLAlchemy knows ({type(cause).__name__}).") from cause
    except ModuleNotFoundError as cause:
        said = f'{variable} needs {cause.name}, which is not installed; run: make setup EXTRAS="postgres".'
        raise PilotError(UNAVAILABLE, said) from cause
    try:
        yield Source(engine, config)
    finally:
        engine.dispose()


def _patience(url: sa.URL) -> dict[str, Any]:
    return {"connect_timeout": 10} if url.drivername.startswith("postgresql") else {"timeout": 10}


def _day_of(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _text(value: object) -> str | None:
    """One spelling for each value, whatever database it came from."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, datetime):
        moment = value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
        return moment.isoformat(sep=" ")
    if isinstance(value, float):
        return repr(value)
    return str(value)
