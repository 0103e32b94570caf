"""What a person names, found: projects by slug, articles by address; what is not found comes with near ones."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from crawler.errors import UsageError
from crawler.urls import canonical_url
from storage import articles, projects, slugs, stories


def project_named(conn: Connection, slug: str) -> dict[str, Any]:
    """The project of a slug, also of one that was merged since. UsageError suggests others."""
    number = slugs.resolve(conn, slug)
    row = projects.get(conn, number) if number is not None else None
    if row is None:
        raise UsageError(f"no project {slug!r}; {near(slug, projects.all_slugs(conn), 'see `marsad projects`')}")
    return row


def article_named(conn: Connection, what: str) -> dict[str, Any]:
    """The article of a URL (as printed, fetched or canonical) or of its number. UsageError suggests others."""
    row = articles.get(conn, int(what)) if what.isdecimal() else None
    row = row or articles.find(conn, what) or articles.find(conn, canonical_url(what))
    if row is None:
        hint = near(what, articles.urls(conn), "`marsad search WORDS` prints the addresses of articles")
        raise UsageError(f"no article {what!r}; {hint}")
    return row


def near(wanted: str, known: Sequence[str], otherwise: str) -> str:
    """"did you mean 'a' or 'b'?", or `otherwise` where nothing is near."""
    close = difflib.get_close_matches(wanted, known, n=3, cutoff=0.5)
    close = close or [name for name in known if wanted and wanted.casefold() in name.casefold()][:3]
    return f"did you mean {' or '.join(map(repr, close))}?" if close else otherwise


def main_urls(conn: Connection, project_id: int) -> list[str]:
    """The canonical URLs of the articles whose main project it is, earliest first."""
    rows = {row["id"]: row for row in articles.of_ids(conn, projects.articles_of(conn, project_id, role="main"))}
    return [row["canonical_url"] for row in rows.values()]


def copies_of(conn: Connection, row: dict[str, Any]) -> list[str]:
    """The canonical URLs of the other articles of its story: what is decided about a text holds for its copies."""
    if row["story_id"] is None:
        return []
    others = articles.of_ids(conn, stories.members(conn, row["story_id"]))
    return [other["canonical_url"] for other in others if other["id"] != row["id"]]
