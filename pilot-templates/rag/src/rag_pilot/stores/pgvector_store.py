"""PostgreSQL with the vector extension: the only module that knows psycopg and pgvector.

Unfiltered questions walk the HNSW index. Filtered ones, and exact ones, never do: the index of pgvector filters after
it has walked and then returns too few rows, so the audience is looked up first and every visible vector is compared.
"""

import queue
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from rag_pilot.errors import DATA, UNAVAILABLE, PilotError
from rag_pilot.extras import import_extra
from rag_pilot.stores.port import Place, Readers, Rows, Scored, Vectors, audience_keys

Result = TypeVar("Result")
WANTED_FOR = "retrieval.store pgvector"
# The most that pgvector's own setting takes.
MOST_EF_SEARCH = 1000
CONNECT_SECONDS, STATEMENT_MS = 5, 30_000
# The planner must not trade the filter for the graph, nor the graph for a scan: each kind of question has one plan.
EXACT_PLAN = "SET enable_indexscan = off"
GRAPH_PLAN = "SET enable_seqscan = off; SET hnsw.ef_search = {}"


class PgvectorStore:
    def __init__(self, place: Place) -> None:
        self.size, self._place = place.size, place
        ef_search = min(MOST_EF_SEARCH, place.hnsw.efSearch)
        self._most = ef_search
        self._exact = _Pool(place.address, EXACT_PLAN)
        self._graph = _Pool(place.address, GRAPH_PLAN.format(ef_search))
        sql = import_extra("psycopg.sql", "pgvector", WANTED_FOR)
        table = sql.Identifier(place.collection)
        ending = sql.SQL(" ORDER BY embedding <#> %(vector)s LIMIT %(count)s")
        start = sql.SQL("SELECT id, -(embedding <#> %(vector)s) FROM {}").format(table)
        self._all = start + ending
        self._visible = start + sql.SQL(" WHERE everyone OR audiences && %(audiences)s") + ending

    def nearest(self, vector: Vectors, count: int, readers: Readers) -> list[Scored]:
        values = {"vector": vector[0], "count": count}
        # A graph returns no more than it was told to look for.
        through_graph = self._place.approximate and readers is None and count <= self._most
        pool = self._graph if through_graph else self._exact
        statement = self._all if readers is None else self._visible
        if readers is not None:
            values["audiences"] = audience_keys(readers)
        rows = pool.run(lambda connection: connection.execute(statement, values, binary=True).fetchall())
        return [(str(identifier), float(score)) for identifier, score in rows]

    def memory_bytes(self) -> int | None:
        """Table and indexes as the server stores them."""
        statement = "SELECT pg_total_relation_size(%s::regclass)"
        row = self._exact.run(lambda connection: connection.execute(statement, [self._place.collection]).fetchone())
        return int(row[0])

    def close(self) -> None:
        self._exact.close()
        self._graph.close()


def fill(place: Place, rows: Rows) -> None:
    """Create the table and write everything in one transaction: it is there whole, or not at all."""
    sql = import_extra("psycopg.sql", "pgvector", WANTED_FOR)
    table = sql.Identifier(place.collection)

    def write(connection: Any) -> None:
        with connection.transaction():
            connection.execute(
                sql.SQL(
                    "CREATE TABLE {} (id text PRIMARY KEY, everyone boolean NOT NULL, audiences text[] NOT NULL,"
                    " embedding vector({}) NOT NULL)"
                ).format(table, sql.Literal(place.dimensions))
            )
            copy = sql.SQL("COPY {} (id, everyone, audiences, embedding) FROM STDIN WITH (FORMAT BINARY)")
            with connection.cursor().copy(copy.format(table)) as lines:
                lines.set_types(["text", "bool", "text[]", "vector"])
                for identifier, audiences, vector in zip(rows.ids, rows.audiences, rows.vectors, strict=True):
                    lines.write_row((identifier, audiences is None, audience_keys(audiences or ()), vector))
            connection.execute(sql.SQL("CREATE INDEX ON {} USING gin (audiences)").format(table))
            if place.approximate:
                connection.execute(
                    sql.SQL(
                        "CREATE INDEX ON {} USING hnsw (embedding vector_ip_ops) WITH (m = {}, ef_construction = {})"
                    ).format(table, sql.Literal(place.hnsw.m), sql.Literal(place.hnsw.efConstruction))
                )
        connection.execute(sql.SQL("ANALYZE {}").format(table))

    pool = _Pool(place.address, "SET statement_timeout = 0", create_extension=True)
    try:
        pool.run(write)
    finally:
        pool.close()


def open_store(place: Place) -> PgvectorStore:
    """65 when the table is not there or does not hold what was written here."""
    store = PgvectorStore(place)
    try:
        store._exact.run(lambda connection: _check(connection, place))
    except BaseException:
        store.close()
        raise
    return store


def drop(place: Place) -> None:
    sql = import_extra("psycopg.sql", "pgvector", WANTED_FOR)
    pool = _Pool(place.address, EXACT_PLAN)
    statement = sql.SQL("DROP TABLE IF EXISTS {}").format(sql.Identifier(place.collection))
    try:
        pool.run(lambda connection: connection.execute(statement))
    finally:
        pool.close()


def version(address: str) -> str:
    pool = _Pool(address, EXACT_PLAN, create_extension=True)
    extension = "SELECT extversion FROM pg_extension WHERE extname = 'vector'"
    statement = f"SELECT current_setting('server_version'), ({extension})"
    try:
        server, found = pool.run(lambda connection: connection.execute(statement).fetchone())
        return f"PostgreSQL {server.split()[0]}, pgvector {found}"
    finally:
        pool.close()


def _check(connection: Any, place: Place) -> None:
    found = connection.execute(
        "SELECT atttypmod FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attname = 'embedding'",
        [place.collection],
    ).fetchone()
    sql = import_extra("psycopg.sql", "pgvector", WANTED_FOR)
    count = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(place.collection))
    held = 0 if found is None else int(connection.execute(count).fetchone()[0])
    dimensions = 0 if found is None else int(found[0])
    if (held, dimensions) != (place.size, place.dimensions):
        raise PilotError(
            DATA,
            f"the pgvector server holds {held} rows of {dimensions} dimensions in {place.collection}, "
            f"not {place.size} of {place.dimensions}; run pilot setup to build the index again.",
        )


class _Pool:
    """Connections are handed from question to question; as many as questions were ever asked at once."""

    def __init__(self, address: str, settings: str, create_extension: bool = False) -> None:
        self._psycopg = import_extra("psycopg", "pgvector", WANTED_FOR)
        self._register = import_extra("pgvector.psycopg", "pgvector", WANTED_FOR).register_vector
        self._address, self._settings, self._create = address, settings, create_extension
        self._idle: queue.LifoQueue[Any] = queue.LifoQueue()

    def run(self, work: Callable[[Any], Result]) -> Result:
        """69 when the server does not answer. A connection that was cut while it lay idle is opened once more."""
        for attempt in (1, 2):
            try:
                with self._lend(fresh=attempt == 2) as connection:
                    return work(connection)
            except self._psycopg.OperationalError as cause:
                if attempt == 2:
                    said = f"the pgvector server does not answer ({type(cause).__name__})."
                    raise PilotError(UNAVAILABLE, said) from cause
            except self._psycopg.Error as cause:
                said = getattr(getattr(cause, "diag", None), "message_primary", None) or type(cause).__name__
                raise PilotError(UNAVAILABLE, f"the pgvector server refused: {said}.") from cause
        raise AssertionError("unreachable")

    def close(self) -> None:
        while not self._idle.empty():
            self._idle.get_nowait().close()

    @contextmanager
    def _lend(self, fresh: bool) -> Iterator[Any]:
        connection = None
        if not fresh:
            try:
                connection = self._idle.get_nowait()
            except queue.Empty:
                connection = None
        if connection is None:
            connection = self._connect()
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        self._idle.put(connection)

    def _connect(self) -> Any:
        connection = self._psycopg.connect(
            self._address,
            autocommit=True,
            connect_timeout=CONNECT_SECONDS,
            options=f"-c statement_timeout={STATEMENT_MS}",
        )
        try:
            if self._create:
                connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
            self._register(connection)
            connection.execute(self._settings)
        except BaseException:
            connection.close()
            raise
        return connection
