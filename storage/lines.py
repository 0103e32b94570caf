"""Table `seen_lines`: how many pages of a source have printed a line. Menus and footers give themselves away."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from storage.rows import chunks, insert_for
from storage.schema import seen_lines

_AMONG = select(seen_lines.c.line_hash).where(
    seen_lines.c.source_id == bindparam("source"), seen_lines.c.line_hash.in_(bindparam("lines", expanding=True)),
    seen_lines.c.page_count >= bindparam("least"))


def bump(conn: Connection, source_id: str, hashes: Iterable[int], *, at: str | None = None) -> None:
    """One more page of the source has these lines (signed 64-bit hashes; a line twice on a page counts once)."""
    rows = [{"source_id": source_id, "line_hash": line, "page_count": 1, "seen_at": at} for line in sorted(set(hashes))]
    if not rows:
        return
    conn.execute(_bump(conn.dialect.name), rows)


@cache
def _bump(dialect: str) -> Any:
    statement = insert_for(dialect, seen_lines)
    return statement.on_conflict_do_update(
        index_elements=["source_id", "line_hash"],
        set_={"page_count": seen_lines.c.page_count + 1, "seen_at": statement.excluded.seen_at})


def known(conn: Connection, source_id: str, at_least: int) -> frozenset[int]:
    """The lines that stood on at least so many pages of the source."""
    query = select(seen_lines.c.line_hash).where(seen_lines.c.source_id == source_id,
                                                 seen_lines.c.page_count >= at_least)
    return frozenset(conn.execute(query).scalars())


def known_among(conn: Connection, source_id: str, hashes: Iterable[int], at_least: int) -> frozenset[int]:
    """Those of `hashes` that stood on at least so many pages of the source."""
    return frozenset(line for batch in chunks(sorted(set(hashes))) for line in conn.execute(
        _AMONG, {"source": source_id, "lines": batch, "least": at_least}).scalars())


def expire(conn: Connection, *, before: str, at_most: int = 1) -> int:
    """Forget lines that stood on at most so many pages and were last seen before a time; returns how many."""
    return conn.execute(delete(seen_lines).where(seen_lines.c.page_count <= at_most,
                                                 seen_lines.c.seen_at < before)).rowcount


def clear(conn: Connection, source_id: str | None = None) -> None:
    """Forget all lines (of one source): `reprocess` counts anew."""
    statement = delete(seen_lines)
    conn.execute(statement if source_id is None else statement.where(seen_lines.c.source_id == source_id))
