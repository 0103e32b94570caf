"""What an article says of each project it speaks of, before anything is linked: what settling starts from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, delete, select

from storage.rows import Row, as_dict, chunks, upsert
from storage.schema import article_subjects


def replace(conn: Connection, article_id: int, rows: Iterable[Row]) -> None:
    """Make `rows` (subject, role, body as JSON) the subjects of an article."""
    conn.execute(delete(article_subjects).where(article_subjects.c.article_id == article_id))
    upsert(conn, article_subjects, [{**row, "article_id": article_id} for row in rows], ["article_id", "subject"])


def of_articles(conn: Connection, article_ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """The subjects of articles in order, by article."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for batch in chunks(sorted(set(article_ids))):
        query = select(article_subjects).where(article_subjects.c.article_id.in_(batch)).order_by(
            article_subjects.c.article_id, article_subjects.c.subject)
        for row in conn.execute(query):
            found[row.article_id].append(as_dict(row))
    return found
