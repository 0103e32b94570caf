"""Table `unsettled`: articles that were linked as they came, until the end of a run settles them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, select

from storage.rows import chunks, upsert_statement
from storage.schema import unsettled

_GONE = delete(unsettled).where(unsettled.c.article_id.in_(bindparam("ids", expanding=True)))


def add(conn: Connection, article_id: int) -> None:
    """The article waits to be settled."""
    conn.execute(upsert_statement(conn.dialect.name, unsettled, ("article_id",), ("article_id",)),
                 [{"article_id": article_id}])


def waiting(conn: Connection) -> set[int]:
    """All articles that wait."""
    return set(conn.execute(select(unsettled.c.article_id)).scalars())


def settled(conn: Connection, article_ids: Iterable[int]) -> None:
    """These articles wait no longer."""
    for batch in chunks(sorted(set(article_ids))):
        conn.execute(_GONE, {"ids": batch})
