"""Table `stories`: groups of near copies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, delete, insert, select, update

from storage.rows import as_dict, chunks
from storage.schema import articles, stories

_OF: BindParameter[int] = bindparam("of")
_ARTICLE = select(articles.c.title, articles.c.language, articles.c.published_at).where(articles.c.id == _OF)
_NEW = insert(stories).returning(stories.c.id)
_MOVE = update(articles).where(articles.c.id == _OF).values(story_id=bindparam("into"))
_MEMBERS = select(articles.c.id, articles.c.published_at, articles.c.canonical_url).where(articles.c.story_id == _OF)
_ALL = select(articles.c.id, articles.c.story_id, articles.c.title, articles.c.language, articles.c.published_at,
              articles.c.canonical_url).where(articles.c.story_id.in_(bindparam("ids", expanding=True)))
_REFRESH = update(stories).where(stories.c.id == _OF).values(
    lead_article_id=bindparam("lead"), title=bindparam("headline"), language=bindparam("tongue"),
    first_published_at=bindparam("first"), article_count=bindparam("many"))


def new_story(conn: Connection, article_id: int, article: Mapping[str, Any] | None = None) -> int:
    """A story with this article as its lead and only member; returns its id. `article`: its row, if it is known."""
    known = article or as_dict(conn.execute(_ARTICLE, {"of": article_id}).one())
    story_id: int = conn.execute(_NEW, {
        "lead_article_id": article_id, "title": known["title"], "language": known["language"],
        "first_published_at": known["published_at"], "article_count": 1}).scalar_one()
    conn.execute(_MOVE, {"of": article_id, "into": story_id})
    return story_id


def assign(conn: Connection, article_id: int, story_id: int) -> None:
    """Move an article into a story. Refresh it, and the one that was left, afterwards."""
    conn.execute(_MOVE, {"of": article_id, "into": story_id})


def members(conn: Connection, story_id: int) -> list[int]:
    """The ids of the articles of a story, earliest published first."""
    rows = conn.execute(_MEMBERS, {"of": story_id}).all()
    return [row.id for row in sorted(rows, key=lambda row: (when(row.published_at), row.canonical_url))]


def refresh(conn: Connection, story_ids: Iterable[int]) -> None:
    """Recompute lead, title, language, first_published_at and article_count; stories without articles go.

    The lead is the article published first; where two have the same time, the one with the smaller URL.
    """
    for batch in chunks(sorted(set(story_ids))):
        groups: dict[int, list[Any]] = {}
        for row in conn.execute(_ALL, {"ids": batch}):
            groups.setdefault(row.story_id, []).append(row)
        if gone := [key for key in batch if key not in groups]:
            conn.execute(delete(stories).where(stories.c.id.in_(gone)))
        changed = []
        for story_id, rows in groups.items():
            lead = min(rows, key=lambda row: (when(row.published_at), row.canonical_url))
            changed.append({"of": story_id, "lead": lead.id, "headline": lead.title, "tongue": lead.language,
                            "first": lead.published_at, "many": len(rows)})
        if changed:
            conn.execute(_REFRESH, changed)


def when(published: str | None) -> str:
    """A key that sorts dates of unlike precision: what is exact before what is only a day or a month, unknown last."""
    return f"{published}~" if published else "~"


def all_ids(conn: Connection) -> Sequence[int]:
    """The ids of all stories."""
    return conn.execute(select(stories.c.id).order_by(stories.c.id)).scalars().all()
