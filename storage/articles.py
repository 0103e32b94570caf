"""Table `articles`: cleaned pages that match, one row a canonical URL; its id never changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select
from sqlalchemy import delete as delete_rows

from storage.rows import Row, as_dict, chunks, storable, upsert_statement, url_key
from storage.schema import article_projects, articles


@dataclass(frozen=True, slots=True)
class Touched:
    """Whose counts must be refreshed after a change."""

    stories: frozenset[int]
    projects: frozenset[int]


def upsert(conn: Connection, row: Row) -> int:
    """Write one article; returns its id, the old one where the canonical URL is known. `storage.search.put` makes it
    found by its words.

    `row` holds columns of the table (url, canonical_url, text, language, fetched_at are needed; `authors`
    and `matched_terms` are lists); columns it does not name stay as they are.
    """
    clean = {name: storable(value) for name, value in row.items()}
    clean["canonical_url"] = url_key(clean["canonical_url"])
    statement = upsert_statement(conn.dialect.name, articles, tuple(sorted(clean)), ("canonical_url",))
    article_id: int = conn.execute(statement.returning(articles.c.id), clean).scalar_one()
    return article_id


def get(conn: Connection, article_id: int) -> dict[str, Any] | None:
    """The article with this id."""
    row = conn.execute(select(articles).where(articles.c.id == article_id)).first()
    return None if row is None else as_dict(row)


def canonical_url(conn: Connection, article_id: int) -> str | None:
    """The canonical URL of the article with this id."""
    url: str | None = conn.execute(select(articles.c.canonical_url).where(articles.c.id == article_id)).scalar()
    return url


def find(conn: Connection, url: str) -> dict[str, Any] | None:
    """The article with this canonical URL, else the newest that was given or fetched under this URL."""
    for query in (select(articles).where(articles.c.canonical_url == url_key(url)),
                  select(articles).where(articles.c.url == storable(url)).order_by(articles.c.id.desc()).limit(1)):
        row = conn.execute(query).first()
        if row is not None:
            return as_dict(row)
    return None


def known(conn: Connection, canonical_urls: Iterable[str]) -> dict[str, int]:
    """The ids of those articles that exist, by canonical URL as given."""
    given = {url_key(url): url for url in canonical_urls}
    found: dict[str, int] = {}
    for batch in chunks(given):
        rows = conn.execute(select(articles.c.canonical_url, articles.c.id).where(articles.c.canonical_url.in_(batch)))
        found |= {given[url]: article_id for url, article_id in rows}
    return found


def delete(conn: Connection, article_ids: Iterable[int]) -> Touched:
    """Delete articles with their claims, links, signatures and full-text entries.

    Returns the stories and projects that lost something: refresh them.
    """
    stories: set[int] = set()
    projects: set[int] = set()
    for batch in chunks(article_ids):
        stories.update(story for story in conn.execute(
            select(articles.c.story_id).where(articles.c.id.in_(batch))).scalars() if story is not None)
        projects.update(conn.execute(
            select(article_projects.c.project_id).where(article_projects.c.article_id.in_(batch))).scalars())
        conn.execute(delete_rows(articles).where(articles.c.id.in_(batch)))
    return Touched(frozenset(stories), frozenset(projects))


def iterate(conn: Connection, *, source_id: str | None = None, since: str | None = None,
            batch: int = 100) -> Iterator[dict[str, Any]]:
    """Articles in order of publication, then canonical URL; undated ones last. The table may change meanwhile.

    `since` leaves out what was fetched earlier.
    """
    query: Select[Any] = select(articles.c.id)
    if source_id is not None:
        query = query.where(articles.c.source_id == source_id)
    if since is not None:
        query = query.where(articles.c.fetched_at >= since)
    order = (articles.c.published_at.is_(None), articles.c.published_at, articles.c.canonical_url)
    ids = conn.execute(query.order_by(*order)).scalars().all()
    for part in chunks(ids, batch):
        rows = conn.execute(select(articles).where(articles.c.id.in_(part)).order_by(*order)).all()
        yield from map(as_dict, rows)


def all_ids(conn: Connection) -> list[int]:
    """The ids of all articles."""
    return list(conn.execute(select(articles.c.id).order_by(articles.c.id)).scalars())


def count(conn: Connection) -> int:
    """How many articles there are."""
    return conn.execute(select(func.count()).select_from(articles)).scalar_one()


def of_ids(conn: Connection, article_ids: Iterable[int]) -> list[dict[str, Any]]:
    """The articles with these ids that exist, in order of publication, then canonical URL."""
    rows: list[dict[str, Any]] = []
    for batch in chunks(sorted(set(article_ids))):
        rows += map(as_dict, conn.execute(select(articles).where(articles.c.id.in_(batch))))
    return sorted(rows, key=lambda row: (row["published_at"] is None, row["published_at"] or "", row["canonical_url"]))


def urls(conn: Connection) -> list[str]:
    """The URLs of all articles, as given or fetched, in order."""
    return list(conn.execute(select(articles.c.url).order_by(articles.c.url)).scalars())


def canonical_urls(conn: Connection) -> list[str]:
    """The canonical URLs of all articles, in order."""
    return list(conn.execute(select(articles.c.canonical_url).order_by(articles.c.canonical_url)).scalars())
