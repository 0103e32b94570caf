"""Plain rows into tables: batched `INSERT ... ON CONFLICT`, the same call for both databases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Row = Mapping[str, Any]
T = TypeVar("T")

CHUNK = 500  # values in one IN list: under every limit of both databases
LONGEST_URL = 2000  # bytes; PostgreSQL refuses index entries over 2,704


def chunks(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The values in lists of at most `size`, order kept."""
    batch: list[T] = []
    for value in values:
        batch.append(value)
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch


def storable(value: Any) -> Any:
    """`value` with what no database takes as text (NUL, lone surrogates) replaced by U+FFFD, length unchanged."""
    if value is None or isinstance(value, (int, float)):
        return value
    if isinstance(value, str):
        if "\0" in value:
            value = value.replace("\0", "\ufffd")
        if not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError:
                value = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in value)
        return value
    if isinstance(value, dict):  # asking whether it is a Mapping takes ten times as long
        return {storable(key): storable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [storable(item) for item in value]
    if isinstance(value, Mapping):
        return {storable(key): storable(item) for key, item in value.items()}
    return value


def url_key(url: str) -> str:
    """`url` as it stands in a unique column: itself, or where it is absurdly long its start and a digest."""
    url = str(storable(url))
    if len(url) * 4 <= LONGEST_URL:
        return url
    data = url.encode()
    if len(data) <= LONGEST_URL:
        return url
    return f"{data[:LONGEST_URL - 80].decode(errors='ignore')}#{sha256(data).hexdigest()}"


Insert: TypeAlias = "sqlite.Insert | postgresql.Insert"


def insert_for(dialect: str, table: Table) -> Insert:
    """The dialect's own INSERT, which knows ON CONFLICT."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


@lru_cache(maxsize=256)  # making it costs more than running it
def upsert_statement(dialect: str, table: Table, columns: tuple[str, ...], keys: tuple[str, ...]) -> Insert:
    """INSERT of `columns` that overwrites all but `keys` where these exist; to be executed with rows."""
    statement = insert_for(dialect, table)
    changed = {name: statement.excluded[name] for name in columns if name not in keys}
    return (statement.on_conflict_do_update(index_elements=list(keys), set_=changed) if changed
            else statement.on_conflict_do_nothing(index_elements=list(keys)))


def upsert(conn: Connection, table: Table, rows: Iterable[Row], keys: Sequence[str]) -> int:
    """Insert rows or, where `keys` exist already, overwrite the given columns.

    Rows may have different columns; what a row does not name stays as it is. Of two rows with the same
    keys the last wins. Returns the number of rows written.
    """
    latest: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        clean = {name: storable(value) for name, value in row.items()}
        latest[tuple(clean[key] for key in keys)] = clean
    groups: defaultdict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for _, row in sorted(latest.items()):  # one order for all writers
        groups[tuple(sorted(row))].append(row)
    for columns, group in groups.items():
        conn.execute(upsert_statement(conn.dialect.name, table, columns, tuple(keys)), group)
    return len(latest)


def as_dict(row: Any) -> dict[str, Any]:
    """One result row as a plain dict."""
    return dict(row._mapping)
