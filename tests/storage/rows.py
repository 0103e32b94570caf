"""Short ways to rows for tests."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from storage import articles, claims, projects, search


def add_article(conn: Connection, name: str, /, **columns: Any) -> int:
    """An article at https://example.org/<name>."""
    url = f"https://example.org/{name}"
    row = {"url": url, "canonical_url": url, "title": f"Title of {name}", "text": f"Text of {name}.",
           "language": "en", "fetched_at": "2026-01-05T10:00:00Z", "outlet": "Example", **columns}
    number = articles.upsert(conn, row)
    search.put(conn, number, str(row["title"] or "").lower(), row["text"].lower())
    return number


def claim(project_id: int, kind: str, value: float | str, **columns: Any) -> dict[str, Any]:
    """A claim about a project; a number or a text."""
    column = "value_text" if isinstance(value, str) else "value_number"
    return {"project_id": project_id, "kind": kind, column: value, "quote": "Text", "quote_start": 0, "quote_end": 4,
            **columns}


def says(conn: Connection, project_id: int, name: str, *said: dict[str, Any], role: str = "main",
         **columns: Any) -> int:
    """An article linked to a project, with claims about it."""
    article_id = add_article(conn, name, **columns)
    projects.link(conn, article_id, project_id, role=role)
    claims.replace(conn, article_id, said)
    return article_id
