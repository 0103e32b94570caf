"""Pages that searches and aggregators led to, and first publications that articles name: where new outlets show."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Connection, select

from storage import raw
from storage.rows import as_dict
from storage.schema import articles, pages, sources

_LED = ("aggregator", "search")
_BATCH = 1_000


def pages_led_to(conn: Connection, without: Collection[str]) -> Iterator[dict[str, Any]]:
    """Pages of sources of kind search and aggregator whose outcome is not in `without`, in order of URL: url,
    canonical_url, source_id, outcome, checked_at; with article_id, outlet, site, language and published_at where it
    is an article."""
    query = (select(pages.c.url, pages.c.canonical_url, pages.c.source_id, pages.c.outcome, pages.c.checked_at,
                    articles.c.id.label("article_id"), articles.c.outlet, articles.c.site, articles.c.language,
                    articles.c.published_at)
             .join(sources, sources.c.id == pages.c.source_id)
             .outerjoin(articles, articles.c.canonical_url == pages.c.canonical_url)
             .where(sources.c.kind.in_(_LED), pages.c.outcome.not_in(sorted(without)))
             .order_by(pages.c.url))
    for row in conn.execution_options(yield_per=_BATCH).execute(query):
        yield as_dict(row)


def origins(conn: Connection) -> Iterator[dict[str, Any]]:
    """Articles that name the address of their first publication: origin_url, article_id, source_id, outlet, language,
    published_at."""
    query = (select(articles.c.origin_url, articles.c.id.label("article_id"), articles.c.source_id, articles.c.outlet,
                    articles.c.language, articles.c.published_at)
             .where(articles.c.origin_url.is_not(None)).order_by(articles.c.id))
    for row in conn.execution_options(yield_per=_BATCH).execute(query):
        yield as_dict(row)


def text_of(conn: Connection, url: str, article_id: int | None) -> tuple[str | None, str, str] | None:
    """Title, text and language of an article, or of a page whose text was kept; None where it was not."""
    if article_id is not None:
        row = conn.execute(select(articles.c.title, articles.c.text, articles.c.language)
                           .where(articles.c.id == article_id)).first()
        return None if row is None else (row.title, row.text, row.language)
    kept = raw.load_text(conn, url)
    return None if kept is None else (kept["title"], kept["text"], kept["language"] or "")
