"""What an article says of each project it speaks of, before anything is linked: what settling starts from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, select

from storage.rows import Row, as_dict, chunks, storable
from storage.schema import article_projects, article_subjects, articles


def replace(conn: Connection, article_id: int, rows: Iterable[Row], *, fresh: bool = False) -> None:
    """Make `rows` (subject, role, body as JSON; one a subject) the subjects of an article. `fresh`: it had none."""
    if not fresh:
        conn.execute(_DROP, {"of": article_id})
    if given := [{**storable(row), "article_id": article_id} for row in rows]:
        conn.execute(_ADD, given)


_ADD = insert(article_subjects)
_DROP = delete(article_subjects).where(article_subjects.c.article_id == bindparam("of"))
# Links of a database that is older than the column are all of the main subject, which is number 0.
_OF_PROJECTS = (
    select(article_projects.c.project_id, articles.c.title, article_subjects)
    .join(article_subjects, and_(article_subjects.c.article_id == article_projects.c.article_id,
                                 article_subjects.c.subject == func.coalesce(article_projects.c.subject, 0)))
    .join(articles, articles.c.id == article_projects.c.article_id)
    .where(article_projects.c.project_id.in_(bindparam("ids", expanding=True))))


def of_projects(conn: Connection, project_ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """What articles say of projects, by project: subjects as they were stored, each with its article's `title`."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for batch in chunks(sorted(set(project_ids))):
        for row in conn.execute(_OF_PROJECTS, {"ids": batch}):
            found[row.project_id].append(as_dict(row))
    return found


def of_articles(conn: Connection, article_ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """The subjects of articles in order, by article."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for batch in chunks(sorted(set(article_ids))):
        query = select(article_subjects).where(article_subjects.c.article_id.in_(batch)).order_by(
            article_subjects.c.article_id, article_subjects.c.subject)
        for row in conn.execute(query):
            found[row.article_id].append(as_dict(row))
    return found
