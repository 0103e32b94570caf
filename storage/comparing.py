"""What two databases say, by canonical URL and slug: numbers of rows, which differ from one to the next, left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from storage.rows import as_dict
from storage.schema import article_projects, articles, claims, projects, raw_pages, stories

Key = tuple[str, ...]
Rows = dict[Key, dict[str, Any]]

_ARTICLE = ("url", "source_id", "outlet", "title", "text", "language", "published_at", "authors", "relevance",
            "matched_terms", "origin_url", "site", "modified_at", "image", "method", "language_confidence")
# Of an article whose page was dropped by retention only the stored text can be read again.
FROM_TEXT = ("url", "source_id", "title", "text", "language", "published_at")
_CLAIM = ("value_number", "value_text", "value_printed", "unit", "date", "modality", "part", "quote", "quote_start",
          "quote_end")


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that differs. `column` is empty where the whole row is missing on one side; `before`, `after`: the
    database as it is and as it was rebuilt."""

    table: str
    key: Key
    column: str
    before: Any
    after: Any


def picture(conn: Connection) -> dict[str, Rows]:
    """Table name to rows by key: articles, stories (each article's lead), projects, links, claims."""
    urls = {row.id: row.canonical_url for row in conn.execute(select(articles.c.id, articles.c.canonical_url))}
    slugs = {row.id: row.slug for row in conn.execute(select(projects.c.id, projects.c.slug))}
    leads = {row.id: row.lead_article_id for row in conn.execute(select(stories.c.id, stories.c.lead_article_id))}
    pages = set(conn.execute(select(raw_pages.c.url)).scalars())
    found: dict[str, Rows] = {name: {} for name in ("articles", "stories", "projects", "article_projects", "claims")}
    for row in map(as_dict, conn.execute(select(articles))):
        names = _ARTICLE if row["url"] in pages else FROM_TEXT
        found["articles"][row["canonical_url"],] = {name: row[name] for name in names}
        found["stories"][row["canonical_url"],] = {"lead": urls.get(leads.get(row["story_id"]))}
    for row in map(as_dict, conn.execute(select(projects))):
        found["projects"][row["slug"],] = {name: value for name, value in row.items() if name not in ("id", "slug")}
    for row in map(as_dict, conn.execute(select(article_projects))):
        found["article_projects"][urls[row["article_id"]], slugs[row["project_id"]]] = {
            "role": row["role"], "decision": row["decision"], "score": round(row["score"] or 0.0, 6),
            "runner_up": slugs.get(row["runner_up"])}
    for row in map(as_dict, conn.execute(select(claims))):
        key = (urls[row["article_id"]], slugs[row["project_id"]], row["kind"], row["value_key"], row["stage"])
        found["claims"][key] = {name: row[name] for name in _CLAIM}
    return found


def differences(before: Mapping[str, Rows], after: Mapping[str, Rows]) -> list[Difference]:
    """All that differs, in order of table and key."""
    found: list[Difference] = []
    for table, rows in before.items():
        others = after[table]
        for key in sorted({*rows, *others}):
            found += _of_row(table, key, rows.get(key), others.get(key))
    return found


def _of_row(table: str, key: Key, before: dict[str, Any] | None,
            after: dict[str, Any] | None) -> Iterable[Difference]:
    if before is None or after is None:
        yield Difference(table, key, "", "is there" if before is not None else "is missing",
                         "is there" if after is not None else "is missing")
        return
    for name, value in before.items():
        # what only the stored text gave is compared as far as that goes
        if name in after and value != after[name]:
            yield Difference(table, key, name, value, after[name])
