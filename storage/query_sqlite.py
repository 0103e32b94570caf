"""One reading statement on a SQLite file that no statement can change."""

from __future__ import annotations

import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from sqlalchemy.engine import URL

from storage.addresses import printed
from storage.errors import QueryRefusedError, QuerySyntaxError, QueryTimeoutError, StorageError
from storage.failures import explain
from storage.sqlite import check_magic, connect, prepare

STEPS = 2_000  # instructions of SQLite's machine between two looks at the clock: well under 1 ms
LARGEST = 64 << 20  # bytes of one value that a query may build
BATCH = 200  # rows fetched at once

_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE}
_FORBIDDEN_FUNCTIONS = {"load_extension", "fts3_tokenizer", "writefile", "readfile", "edit", "fts5"}
# what tells of tables and changes nothing; data_version is asked by the full-text search itself
_PRAGMAS = {"table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list",
            "data_version"}


# virtual tables set themselves up on first use, with statements that the authorizer would have to forbid
_SELF_MADE = ("articles_search", "json_each('[]')", "json_tree('[]')",
              *(f"pragma_{name}('')" for name in sorted(_PRAGMAS - {"data_version", "table_list"})),
              "pragma_table_list")


class _Clock:
    """Counts only the time in which SQLite works, not that of whoever prints the rows."""

    def __init__(self, seconds: float) -> None:
        self.left, self.started, self.rang = seconds, time.monotonic(), False

    def run(self) -> None:
        self.started = time.monotonic()

    def rest(self) -> None:
        self.left -= time.monotonic() - self.started

    def tick(self) -> int:
        self.rang = time.monotonic() - self.started > self.left
        return int(self.rang)


def run(url: URL, sql: str, seconds: float) -> tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]:
    """Columns and rows; see `storage.query.run_query`."""
    clock = _Clock(seconds)
    try:
        check_magic(url)
        prepare(url, read_only=True)
        conn = _guarded(url, clock)
    except sqlite3.Error as error:
        raise explain(url, error) or QuerySyntaxError(f"{printed(url)}: {error}") from error
    rows = _rows(conn, url, sql, clock)
    return next(rows), rows


def _guarded(url: URL, clock: _Clock) -> sqlite3.Connection:
    conn = connect(url, read_only=True)
    conn.text_factory = lambda data: data.decode(errors="replace")
    for table in _SELF_MADE:
        with suppress(sqlite3.OperationalError):  # not in this SQLite, or no database of ours
            conn.execute(f"SELECT 1 FROM {table} LIMIT 0").fetchall()  # noqa: S608
    conn.execute("PRAGMA trusted_schema = OFF")
    conn.execute("PRAGMA temp_store = MEMORY")
    if sys.version_info >= (3, 11):
        conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST)
        conn.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    conn.set_authorizer(_authorize)
    conn.set_progress_handler(clock.tick, STEPS)
    return conn


def _authorize(action: int, first: str | None, second: str | None, _database: str | None, _by: str | None) -> int:
    if action in _ALLOWED:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION and (second or "").lower() not in _FORBIDDEN_FUNCTIONS:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_PRAGMA and (first or "").lower() in _PRAGMAS:
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def _rows(conn: sqlite3.Connection, url: URL, sql: str, clock: _Clock) -> Iterator[Any]:
    """First the columns, then the rows."""
    try:
        clock.run()
        cursor = conn.execute(sql)
        yield _columns(cursor)
        clock.rest()
        while True:
            clock.run()
            batch = cursor.fetchmany(BATCH)
            clock.rest()
            if not batch:
                return
            yield from batch
    except (sqlite3.Error, sqlite3.Warning, ValueError, OverflowError) as error:
        raise _told(url, error, clock) from error
    finally:
        conn.set_progress_handler(None, 0)
        conn.close()


def _columns(cursor: sqlite3.Cursor) -> tuple[str, ...]:
    if cursor.description is None:
        raise QuerySyntaxError("the query gives no table", "begin it with SELECT")
    return tuple(column[0] for column in cursor.description)


def _told(url: URL, error: Exception, clock: _Clock) -> StorageError:
    message = str(error)
    if clock.rang:
        return QueryTimeoutError("the query took too long and was stopped",
                                 "narrow it with WHERE and LIMIT, or give it more time")
    if "one statement at a time" in message:
        return QueryRefusedError("marsad sql takes one statement at a time", "leave out what follows the first ;")
    if any(sign in message for sign in ("not authorized", "prohibited", "readonly", "cannot VACUUM")):
        return QueryRefusedError(f"marsad sql only reads ({message})", "values are changed with marsad curate")
    known = explain(url, error) if isinstance(error, sqlite3.OperationalError) else None
    return known or QuerySyntaxError(f"the query cannot be answered: {message}",
                                     "docs/tables.md lists all tables and columns")
