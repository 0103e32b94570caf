"""A user's own SQL: answered, never obeyed. What would write is refused, what takes too long is stopped.

SQLite: the file is opened read-only, only reading actions are authorised, a clock stops the query.
PostgreSQL: a read-only transaction with a statement time limit that is always rolled back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any

from storage import query_postgres, query_sqlite
from storage.addresses import is_memory, parse
from storage.errors import DatabaseUrlError, QueryRefusedError, QuerySyntaxError

SECONDS = 30.0
_NO_CODE = re.compile(r"(?:\s|;|--[^\n]*(?:\n|$)|/\*.*?\*/)+", re.DOTALL)
_READS = ("select", "with", "values", "explain", "pragma", "show", "table", "(")


class Rows(AbstractContextManager["Rows"]):
    """The rows of an answer, read while they are iterated. `cut` is true once rows were left out by `max_rows`.

    Reading to the end closes the database; who stops earlier calls `close` or uses a `with` statement.
    Iterating may raise QueryTimeoutError and QuerySyntaxError (a division by zero is met at its row).
    """

    def __init__(self, rows: Iterator[tuple[Any, ...]], max_rows: int | None) -> None:
        self.cut = False
        self._rows, self._left = rows, max_rows

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        for row in self._rows:
            if self._left == 0:
                self.cut = True
                break
            if self._left is not None:
                self._left -= 1
            yield row
        self.close()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Stop the query and leave the database."""
        close = getattr(self._rows, "close", None)
        if close is not None:
            close()


def run_query(url: str, sql: str, *, seconds: float = SECONDS,
              max_rows: int | None = None) -> tuple[tuple[str, ...], Rows]:
    """Columns and rows of one reading statement on the database at `url`.

    `seconds` limits the time that the database works, `max_rows` the rows given (None: all of them).
    Raises QueryRefusedError, QuerySyntaxError, QueryTimeoutError, and what `open_database` raises for a database
    that is missing, damaged, of another program or out of reach.
    """
    parsed = parse(url)
    if is_memory(parsed):
        raise DatabaseUrlError("a database in memory cannot be asked from outside", "name a file with --database")
    _check_first_word(sql)
    if parsed.drivername == "sqlite":
        columns, rows = query_sqlite.run(parsed, sql, seconds)
    else:
        columns, rows = query_postgres.run(parsed, sql, seconds)
    return columns, Rows(rows, max_rows)


def _check_first_word(sql: str) -> None:
    """A clear answer to the plain cases; the database itself holds the line against all others."""
    if "\0" in sql:
        raise QuerySyntaxError("the query holds a NUL character", "leave it out")
    leading = _NO_CODE.match(sql)
    code = sql[leading.end():] if leading else sql
    if not code:
        raise QuerySyntaxError("the query is empty", 'write for example: marsad sql "SELECT name, city FROM projects"')
    first = re.match(r"\w+|.", code, re.DOTALL)
    word = first.group().lower() if first else ""
    if word not in _READS:
        raise QueryRefusedError(f"marsad sql only reads: a query begins with SELECT or WITH, not with {word[:40]!r}",
                                "values are changed with marsad curate")
