"""Table `claims`: what each article says of each project. Replaced as a whole when an article is read again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, select

from storage.rows import Row, as_dict, chunks, storable
from storage.schema import article_projects, articles, claims, sources

_DEFAULTS: dict[str, Any] = {"value_number": None, "value_text": None, "value_printed": None, "unit": None,
                             "stage": "unspecified", "date": None, "modality": "stated", "part": None}


def value_key(row: Row) -> str:
    """What makes two values the same: number, unit and normalised text."""
    number = row.get("value_number")
    shown = "" if number is None else f"{float(number):.12g}"
    return f"{shown}|{row.get('unit') or ''}|{row.get('value_text') or ''}"


def replace(conn: Connection, article_id: int, rows: Iterable[Row], *, fresh: bool = False) -> int:
    """Make `rows` the claims of an article, all earlier ones go (`fresh`: it had none). Returns how many were stored.

    A row: project_id, kind, quote, quote_start, quote_end and what is known of value_number, value_text,
    value_printed, unit, stage, date, modality, part. Of rows with one project, kind, value and stage the one
    quoted first stays.
    """
    if not fresh:
        conn.execute(_DROP, {"of": article_id})
    first: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: (row["quote_start"], row["quote_end"])):
        full = {name: storable(value) for name, value in {**_DEFAULTS, **row}.items()}
        full |= {"article_id": article_id, "value_key": value_key(full)}
        first.setdefault((full["project_id"], full["kind"], full["value_key"], full["stage"]), full)
    if first:
        conn.execute(_ADD, list(first.values()))
    return len(first)


_ADD = insert(claims)
_DROP = delete(claims).where(claims.c.article_id == bindparam("of"))


def of_article(conn: Connection, article_id: int) -> list[dict[str, Any]]:
    """The claims of an article in the order of their quotes."""
    query = select(claims).where(claims.c.article_id == article_id).order_by(
        claims.c.quote_start, claims.c.quote_end, claims.c.kind, claims.c.value_key, claims.c.stage,
        claims.c.project_id)
    return [as_dict(row) for row in conn.execute(query)]


def of_projects(conn: Connection, project_ids: Iterable[int]) -> list[dict[str, Any]]:
    """The claims about projects, each with what must be known to weigh it.

    Columns of `claims` and of its article: canonical_url, title, outlet, source_id, source_kind (None for a source
    that is not registered), language, published_at, fetched_at, story_id, origin_url; and `role` of the
    article for the project. Ordered by project, publication, URL and quote: the same however they arrived.
    """
    rows: list[dict[str, Any]] = []
    for batch in chunks(sorted(set(project_ids))):
        query = (
            select(claims, articles.c.canonical_url, articles.c.title, articles.c.outlet, articles.c.source_id,
                   sources.c.kind.label("source_kind"), articles.c.language, articles.c.published_at,
                   articles.c.fetched_at, articles.c.story_id, articles.c.origin_url, article_projects.c.role)
            .join(articles, articles.c.id == claims.c.article_id)
            .outerjoin(sources, sources.c.id == articles.c.source_id)
            .outerjoin(article_projects, and_(article_projects.c.article_id == claims.c.article_id,
                                              article_projects.c.project_id == claims.c.project_id))
            .where(claims.c.project_id.in_(batch))
        )
        rows.extend(as_dict(row) for row in conn.execute(query))
    return sorted(rows, key=lambda row: (row["project_id"], row["published_at"] is None, row["published_at"] or "",
                                         row["canonical_url"], row["quote_start"], row["quote_end"], row["kind"],
                                         row["value_key"], row["stage"]))


def organizations(conn: Connection, project_id: int) -> list[str]:
    """The organisations of a project, those that most articles name first."""
    query = (select(claims.c.value_text, func.count(claims.c.article_id.distinct()).label("number"))
             .where(claims.c.project_id == project_id, claims.c.kind == "organization", claims.c.modality != "denied",
                    claims.c.value_text.is_not(None))
             .group_by(claims.c.value_text))
    return [row.value_text for row in sorted(conn.execute(query), key=lambda row: (-row.number, row.value_text))]
