"""Tables `stories`, `article_signatures`, `signature_bands`: groups of near copies and how candidates are found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from storage.rows import as_dict, chunks, upsert
from storage.schema import article_signatures, articles, signature_bands, stories

_CANDIDATE = (articles.c.id.label("article_id"), articles.c.story_id, articles.c.language, articles.c.source_id,
              articles.c.outlet, articles.c.published_at, articles.c.canonical_url,
              article_signatures.c.signature, article_signatures.c.sig_version, article_signatures.c.content_hash)


def save_signature(conn: Connection, article_id: int, *, sig_version: int, signature: bytes, content_hash: str,
                   band_keys: Iterable[int]) -> None:
    """Write or replace the signature of an article and its bands. Band keys are signed 64-bit integers."""
    upsert(conn, article_signatures, [{"article_id": article_id, "sig_version": sig_version, "signature": signature,
                                       "content_hash": content_hash}], ["article_id"])
    conn.execute(delete(signature_bands).where(signature_bands.c.article_id == article_id))
    rows = [{"key": key, "article_id": article_id} for key in sorted(set(band_keys))]
    if rows:
        conn.execute(insert(signature_bands), rows)


def candidates(conn: Connection, band_keys: Iterable[int], *, content_hash: str | None = None,
               limit: int | None = None) -> list[dict[str, Any]]:
    """Articles that share a band (or, given `content_hash`, the whole text), most shared bands first.

    Rows: article_id, story_id, language, source_id, outlet, published_at, canonical_url, signature,
    sig_version, content_hash, shared (bands in common; -1 for an exact copy that shares none).
    """
    shared: dict[int, int] = {}
    for batch in chunks(sorted(set(band_keys))):
        counts = (select(signature_bands.c.article_id, func.count()).where(signature_bands.c.key.in_(batch))
                  .group_by(signature_bands.c.article_id))
        for article_id, count in conn.execute(counts):
            shared[article_id] = shared.get(article_id, 0) + count
    if content_hash is not None:
        same = select(article_signatures.c.article_id).where(article_signatures.c.content_hash == content_hash)
        for article_id in conn.execute(same).scalars():
            shared.setdefault(article_id, -1)
    ids = sorted(shared, key=lambda article_id: (-shared[article_id], article_id))
    rows: list[dict[str, Any]] = []
    for batch in chunks(ids[:limit] if limit is not None else ids):
        query = (select(*_CANDIDATE).join(article_signatures, article_signatures.c.article_id == articles.c.id)
                 .where(articles.c.id.in_(batch)))
        rows.extend({**as_dict(row), "shared": shared[row.article_id]} for row in conn.execute(query))
    # by what the articles are, not by when they arrived
    return sorted(rows, key=lambda row: (-row["shared"], row["published_at"] or "~", row["canonical_url"]))


def new_story(conn: Connection, article_id: int) -> int:
    """A story with this article as its lead and only member; returns its id."""
    article = conn.execute(select(articles.c.title, articles.c.language, articles.c.published_at)
                           .where(articles.c.id == article_id)).one()
    story_id: int = conn.execute(insert(stories).returning(stories.c.id), {
        "lead_article_id": article_id, "title": article.title, "language": article.language,
        "first_published_at": article.published_at, "article_count": 1}).scalar_one()
    assign(conn, article_id, story_id)
    return story_id


def assign(conn: Connection, article_id: int, story_id: int) -> int | None:
    """Move an article into a story; returns the story it leaves. Refresh both afterwards."""
    before: int | None = conn.execute(select(articles.c.story_id).where(articles.c.id == article_id)).scalar()
    conn.execute(update(articles).where(articles.c.id == article_id).values(story_id=story_id))
    return before if before != story_id else None


def members(conn: Connection, story_id: int) -> list[int]:
    """The ids of the articles of a story, earliest published first."""
    rows = conn.execute(select(articles.c.id, articles.c.published_at, articles.c.canonical_url)
                        .where(articles.c.story_id == story_id)).all()
    return [row.id for row in sorted(rows, key=lambda row: (when(row.published_at), row.canonical_url))]


def refresh(conn: Connection, story_ids: Iterable[int]) -> None:
    """Recompute lead, title, language, first_published_at and article_count; stories without articles go.

    The lead is the article published first; where two have the same time, the one with the smaller URL.
    """
    for batch in chunks(sorted(set(story_ids))):
        query = select(articles.c.id, articles.c.story_id, articles.c.title, articles.c.language,
                       articles.c.published_at, articles.c.canonical_url).where(articles.c.story_id.in_(batch))
        groups: dict[int, list[Any]] = {}
        for row in conn.execute(query):
            groups.setdefault(row.story_id, []).append(row)
        conn.execute(delete(stories).where(stories.c.id.in_([key for key in batch if key not in groups])))
        for story_id, rows in groups.items():
            lead = min(rows, key=lambda row: (when(row.published_at), row.canonical_url))
            conn.execute(update(stories).where(stories.c.id == story_id).values(
                lead_article_id=lead.id, title=lead.title, language=lead.language,
                first_published_at=lead.published_at, article_count=len(rows)))


def when(published: str | None) -> str:
    """A key that sorts dates of unlike precision: what is exact before what is only a day or a month, unknown last."""
    return f"{published}~" if published else "~"


def all_ids(conn: Connection) -> Sequence[int]:
    """The ids of all stories."""
    return conn.execute(select(stories.c.id).order_by(stories.c.id)).scalars().all()
