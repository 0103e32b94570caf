"""Reading projects back: the list, and all that is known of one project with the words it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, String, bindparam, text

_LIST = """
SELECT p.*, (SELECT count(*) FROM (
               SELECT DISTINCT c.article_id FROM claims c JOIN article_projects ap
                 ON ap.article_id = c.article_id AND ap.project_id = c.project_id AND ap.role = 'main'
                WHERE c.project_id = p.id AND c.kind = 'doubt' AND c.modality <> 'denied') d) AS doubts,
       (SELECT count(DISTINCT a.outlet) FROM articles a JOIN article_projects ap
          ON ap.article_id = a.id AND ap.role = 'main' WHERE ap.project_id = p.id) AS outlets
  FROM projects p
 WHERE (:country IS NULL OR p.country = :country)
   AND (:status IS NULL OR p.status = :status)
   AND (CAST(:min_mw AS DOUBLE PRECISION) IS NULL OR p.capacity_mw >= :min_mw)
   AND (p.article_count > 0 OR :mentioned = 1)
 ORDER BY p.article_count DESC, p.capacity_mw IS NULL, p.capacity_mw DESC, p.slug
"""
_ORGANIZATIONS = """
SELECT project_id, organization, article_count FROM project_organizations
 WHERE project_id = :id ORDER BY article_count DESC, organization
"""
_CLAIMS = """
SELECT c.*, a.outlet, a.language, a.published_at, a.title, a.url, a.story_id, ap.role
  FROM claims c JOIN articles a ON a.id = c.article_id
  JOIN article_projects ap ON ap.article_id = c.article_id AND ap.project_id = c.project_id
 WHERE c.project_id = :id
 ORDER BY c.kind, a.published_at IS NULL, a.published_at, a.canonical_url, c.quote_start
"""
_ARTICLES = """
SELECT a.id, a.url, a.title, a.outlet, a.language, a.published_at, a.story_id, ap.role, ap.score, ap.decision
  FROM articles a JOIN article_projects ap ON ap.article_id = a.id
 WHERE ap.project_id = :id
 ORDER BY a.published_at IS NULL, a.published_at, a.canonical_url
"""
_TIMELINE = "SELECT * FROM project_timeline WHERE project_id = :id ORDER BY date IS NULL, date, event, article_id"
_CONFLICTS = "SELECT * FROM project_conflicts WHERE project_id = :id ORDER BY kind, value_a, value_b"


@dataclass(frozen=True, slots=True)
class Dossier:
    """One project: its row, and the rows of everything behind it (dictionaries by column name)."""

    project: dict[str, Any]
    organizations: list[dict[str, Any]]
    articles: list[dict[str, Any]]
    claims: list[dict[str, Any]]
    timeline: list[dict[str, Any]]
    conflicts: list[dict[str, Any]]


def project_list(conn: Connection, *, country: str | None = None, status: str | None = None,
                 min_mw: float | None = None, mentioned: bool = False) -> list[dict[str, Any]]:
    """Projects, most reported first, each with `doubts` (articles that doubt) and `outlets` (that report it).

    `mentioned` adds those that are no article's main project.
    """
    # with types, as PostgreSQL does not know what a NULL would have been
    query = text(_LIST).bindparams(bindparam("country", country, String), bindparam("status", status, String),
                                   bindparam("min_mw", min_mw), bindparam("mentioned", int(mentioned)))
    return [dict(row) for row in conn.execute(query).mappings()]


def dossier(conn: Connection, slug: str) -> Dossier | None:
    """The dossier of one project, None where there is no such slug."""
    row = conn.execute(text("SELECT * FROM projects WHERE slug = :slug"), {"slug": slug}).mappings().first()
    if row is None:
        return None
    organizations, articles, claims, timeline, conflicts = (
        [dict(found) for found in conn.execute(text(query), {"id": row["id"]}).mappings()]
        for query in (_ORGANIZATIONS, _ARTICLES, _CLAIMS, _TIMELINE, _CONFLICTS)
    )
    return Dossier(dict(row), organizations, articles, claims, timeline, conflicts)


def slugs(conn: Connection) -> list[str]:
    """All slugs, for a `did you mean`."""
    return list(conn.execute(text("SELECT slug FROM projects ORDER BY slug")).scalars())
