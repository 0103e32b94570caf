"""One reading statement on PostgreSQL, in a read-only transaction that is always rolled back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
from psycopg import errors
from psycopg.conninfo import make_conninfo
from sqlalchemy.engine import URL

from storage.errors import QueryRefusedError, QuerySyntaxError, QueryTimeoutError, StorageError
from storage.failures import explain
from storage.postgres import CONNECT


def run(url: URL, sql: str, seconds: float) -> tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]:
    """Columns and rows; see `storage.query.run_query`. Here the time limit is that of the whole statement."""
    rows = _rows(url, sql, seconds)
    return next(rows), rows


def _rows(url: URL, sql: str, seconds: float) -> Iterator[Any]:
    """First the columns, then the rows."""
    try:
        with psycopg.connect(_conninfo(url)) as conn, conn.cursor() as cursor:
            conn.read_only = True
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{max(1, int(seconds * 1000))}ms"])
            # sent with the extended protocol, which takes one statement only: a COMMIT cannot be smuggled in
            yield from _streamed(cursor, sql)
            conn.rollback()
    except (psycopg.Error, UnicodeError) as error:
        raise _told(url, error) from error


def _streamed(cursor: psycopg.Cursor[tuple[Any, ...]], sql: str) -> Iterator[Any]:
    query, told = sql.encode(), False
    for row in cursor.stream(query):
        if not told:
            yield tuple(column.name for column in cursor.description or ())
            told = True
        yield row
    if not told:
        yield _described(cursor, query)


def _described(cursor: psycopg.Cursor[tuple[Any, ...]], query: bytes) -> tuple[str, ...]:
    """The columns of a query that gave no row, which a stream does not tell."""
    server = cursor.connection.pgconn
    server.prepare(b"", query)
    answer = server.describe_prepared(b"")
    return tuple((answer.fname(place) or b"").decode() for place in range(answer.nfields))


def _conninfo(url: URL) -> str:
    parts: dict[str, Any] = {"connect_timeout": CONNECT, "application_name": "marsad sql", "client_encoding": "utf8",
                             **{name: value for name, value in url.query.items() if isinstance(value, str)},
                             "host": url.host, "port": url.port, "user": url.username, "password": url.password,
                             "dbname": url.database}
    return make_conninfo("", **{name: value for name, value in parts.items() if value is not None})


def _told(url: URL, error: Exception) -> StorageError:
    message = str(error).split("\n", maxsplit=1)[0]
    if isinstance(error, errors.QueryCanceled):
        return QueryTimeoutError("the query took too long and was stopped",
                                 "narrow it with WHERE and LIMIT, or give it more time")
    if isinstance(error, errors.SyntaxError) and "multiple commands" in message:
        return QueryRefusedError("marsad sql takes one statement at a time", "leave out what follows the first ;")
    if isinstance(error, (errors.ReadOnlySqlTransaction, errors.InsufficientPrivilege)):
        return QueryRefusedError(f"marsad sql only reads ({message})", "values are changed with marsad curate")
    known = explain(url, error)
    return known or QuerySyntaxError(f"the query cannot be answered: {message}",
                                     "docs/tables.md lists all tables and columns")
