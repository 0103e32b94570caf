"""Reading projects back: the list, and all that is known of one project with the words it was read from."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import Connection, String, bindparam, text

from storage import decisions, history, projects
from storage.slugs import resolve

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
SELECT a.id, a.url, a.canonical_url, a.title, a.outlet, a.source_id, a.language, a.published_at, a.story_id, ap.role,
       ap.score, ap.decision, ap.reasons
  FROM articles a JOIN article_projects ap ON ap.article_id = a.id
 WHERE ap.project_id = :id
 ORDER BY a.published_at IS NULL, a.published_at, a.canonical_url
"""
_TIMELINE = "SELECT * FROM project_timeline WHERE project_id = :id ORDER BY date IS NULL, date, event, article_id"
_HISTORY = "SELECT * FROM project_history WHERE project_id = :id ORDER BY date, kind, stage, article_id"
_FIRST_SEEN = """
SELECT * FROM project_first_seen WHERE project_id = :id
 ORDER BY first_at IS NULL, first_at, outlet, language
"""
_CONFLICTS = "SELECT * FROM project_conflicts WHERE project_id = :id ORDER BY kind, value_a, value_b"


@dataclass(frozen=True, slots=True)
class Dossier:
    """One project: its row (`why` says why each value is shown), and the rows of everything behind it (dictionaries by
    column name). `conflicts` have `quote_a` and `quote_b`. `corrections`, `gaps`: see storage/history.py.
    `decisions`: those of people about it, also taken back ones."""

    project: dict[str, Any]
    organizations: list[dict[str, Any]]
    articles: list[dict[str, Any]]
    claims: list[dict[str, Any]]
    timeline: list[dict[str, Any]]
    history: list[dict[str, Any]]
    first_seen: list[dict[str, Any]]
    conflicts: list[dict[str, Any]]
    corrections: list[dict[str, Any]]
    gaps: list[dict[str, Any]]
    decisions: list[dict[str, Any]]


def project_list(conn: Connection, *, country: str | None = None, status: str | None = None,
                 min_mw: float | None = None, mentioned: bool = False) -> list[dict[str, Any]]:
    """Projects, most reported first, each with `doubts` (articles that doubt) and `outlets` (that report it).

    `mentioned` adds those that are no article's main project.
    """
    # with types, as PostgreSQL does not know what a NULL would have been
    query = text(_LIST).bindparams(bindparam("country", country, String), bindparam("status", status, String),
                                   bindparam("min_mw", min_mw), bindparam("mentioned", int(mentioned)))
    return [dict(row) for row in conn.execute(query).mappings()]


def dossier(conn: Connection, slug: str, *, until: str | None = None) -> Dossier | None:
    """The dossier of the project that a slug leads to (its own, or one that was merged into it); None where none does.

    `until`: the day to which silence of sources is judged; today where not given.
    """
    number = resolve(conn, slug)
    row = projects.get(conn, number) if number is not None else None
    if row is None:
        return None
    organizations, articles, claims, timeline, told, first_seen, conflicts = (
        [dict(found) for found in conn.execute(text(query), {"id": row["id"]}).mappings()]
        for query in (_ORGANIZATIONS, _ARTICLES, _CLAIMS, _TIMELINE, _HISTORY, _FIRST_SEEN, _CONFLICTS)
    )
    day = until or datetime.now(timezone.utc).date().isoformat()
    gaps = history.gaps(conn, country=row["country"], first=row["first_reported_at"], until=day,
                        outlets=[article["source_id"] for article in articles]) if row["first_reported_at"] else []
    return Dossier(row, organizations, articles, claims, timeline, told, first_seen,
                   [_quoted(conflict, claims) for conflict in conflicts], history.corrections(conn, row["id"]),
                   [asdict(gap) for gap in gaps], _decided(conn, row["slug"], articles))


def slugs(conn: Connection) -> list[str]:
    """All slugs, for a `did you mean`."""
    return projects.all_slugs(conn)


def _quoted(conflict: dict[str, Any], claims: list[dict[str, Any]]) -> dict[str, Any]:
    """A contradiction with the words of both sides."""
    quotes = {}
    for side in ("a", "b"):
        value = str(conflict[f"value_{side}"])
        quotes[f"quote_{side}"] = next(
            (claim["quote"] for claim in claims
             if claim["article_id"] == conflict[f"article_{side}"] and claim["kind"] == conflict["kind"]
             and (claim["value_text"] == value if claim["value_number"] is None
                  else float(claim["value_number"]) == float(value.split(" ", maxsplit=1)[0]))), None)
    return {**conflict, **quotes}


def _decided(conn: Connection, slug: str, articles: list[dict[str, Any]]) -> list[dict[str, Any]]:
    urls = {article["canonical_url"] for article in articles}
    return [row for row in decisions.every(conn) if row["target"] in urls or slug in (
        row["target"], row["arguments"].get("other"), row["arguments"].get("slug"))]
