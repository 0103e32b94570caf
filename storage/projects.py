"""Tables `projects`, `article_projects`: the things and their articles."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import BindParameter, Connection, and_, bindparam, delete, exists, insert, or_, select
from sqlalchemy import update as update_rows

from storage import slugs
from storage.rows import Row, as_dict, chunks, insert_for, storable, upsert
from storage.schema import article_projects, articles, projects
from storage.stories import when


def create(conn: Connection, slug: str, name: str, *, article_url: str | None = None, role: str = "main") -> int:
    """A new project; returns its id. A slug that is taken gets -2, -3 ...; afterwards it never changes.

    `article_url`, `role`: the article that it is made for. A project that was made for it before gets its old slug.
    """
    at = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    base = storable(slug) or "project"
    again = slugs.given_for(conn, article_url, role) if article_url else None
    while True:
        chosen = again or slugs.free(conn, base)
        statement = (insert_for(conn.dialect.name, projects).values(slug=chosen, name=storable(name))
                     .on_conflict_do_nothing(index_elements=["slug"]))
        project_id: int | None = conn.execute(statement.returning(projects.c.id)).scalar()
        if project_id is not None:
            slugs.remember(conn, chosen, article_url=article_url, role=role, at=at)
            return project_id
        again = None


def get(conn: Connection, project: int | str) -> dict[str, Any] | None:
    """The project with this id or slug."""
    column = projects.c.id if isinstance(project, int) else projects.c.slug
    row = conn.execute(select(projects).where(column == project)).first()
    return None if row is None else as_dict(row)


def every(conn: Connection) -> dict[int, dict[str, Any]]:
    """All projects by id."""
    return {row.id: as_dict(row) for row in conn.execute(select(projects).order_by(projects.c.id))}


def update(conn: Connection, project_id: int, values: Mapping[str, Any]) -> None:
    """Set columns of the project's row. The slug cannot be set."""
    if {"slug", "id"} & set(values):
        raise ValueError("the slug and the id of a project never change")
    if values:
        clean = {name: storable(value) for name, value in values.items()}
        conn.execute(update_rows(projects).where(projects.c.id == project_id).values(clean))


def link(conn: Connection, article_id: int, project_id: int, *, role: str, score: float | None = None,
         reasons: Any = None, runner_up: int | None = None, decision: str = "linked",
         subject: int | None = None) -> None:
    """Link an article to a project, or change the link. `role` is main or mentioned, `decision` linked, review, new;
    `subject` the number of the article's subject.

    A second main project of an article is an IntegrityError: unlink the first.
    """
    upsert(conn, article_projects, [{"article_id": article_id, "project_id": project_id, "role": role, "score": score,
                                     "reasons": reasons, "runner_up": runner_up, "decision": decision,
                                     "subject": subject}],
           ["article_id", "project_id"])


def add_links(conn: Connection, rows: Sequence[Row]) -> None:
    """Links as `links` gives them, of articles that have none."""
    if rows:
        conn.execute(_ADD_LINKS, [{name: storable(value) for name, value in row.items()} for row in rows])


_ADD_LINKS = insert(article_projects)
_ARTICLE: BindParameter[int] = bindparam("article")
_LEFT = select(article_projects.c.project_id).where(article_projects.c.article_id == _ARTICLE)
_UNLINK = delete(article_projects).where(article_projects.c.article_id == _ARTICLE)
_OF_STORY = (select(article_projects.c.project_id, articles.c.published_at, articles.c.canonical_url)
             .join(articles, articles.c.id == article_projects.c.article_id)
             .where(articles.c.story_id == bindparam("story"), articles.c.id != _ARTICLE,
                    article_projects.c.role == "main"))
_LINKS = (select(article_projects).where(article_projects.c.article_id == _ARTICLE)
          .order_by(article_projects.c.role, article_projects.c.project_id))


def unlink(conn: Connection, article_id: int, project_id: int | None = None) -> set[int]:
    """Take the link of an article to a project away, or all its links; returns the projects left."""
    left: set[int] = set(conn.execute(_LEFT, {"article": article_id}).scalars())
    if project_id is not None:
        left &= {project_id}
        conn.execute(_UNLINK.where(article_projects.c.project_id == project_id), {"article": article_id})
    elif left:
        conn.execute(_UNLINK, {"article": article_id})
    return left


def main_of_story(conn: Connection, story_id: int, *, without: int) -> int | None:
    """The main project of the first article of a story that has one, the article `without` left out."""
    rows = conn.execute(_OF_STORY, {"story": story_id, "article": without}).all()
    first = min(rows, key=lambda row: (when(row.published_at), row.canonical_url), default=None)
    return first.project_id if first else None


def links(conn: Connection, article_id: int) -> list[dict[str, Any]]:
    """The links of an article, the main one first."""
    return [as_dict(row) for row in conn.execute(_LINKS, {"article": article_id})]


def mains_of(conn: Connection, canonical_urls: Iterable[str]) -> dict[str, int]:
    """The main projects of articles that have one, by the article's canonical URL."""
    found: dict[str, int] = {}
    for batch in chunks(sorted(set(canonical_urls))):
        rows = conn.execute(select(articles.c.canonical_url, article_projects.c.project_id)
                            .join(article_projects, article_projects.c.article_id == articles.c.id)
                            .where(articles.c.canonical_url.in_(batch), article_projects.c.role == "main"))
        found |= {row.canonical_url: row.project_id for row in rows}
    return found


_ESTABLISHED = (select(articles.c.story_id).distinct()
                .join(article_projects, article_projects.c.article_id == articles.c.id)
                .where(article_projects.c.project_id == bindparam("project"), article_projects.c.role == "main",
                       articles.c.id.not_in(bindparam("new", expanding=True))).limit(bindparam("least")))


def is_told_by(conn: Connection, project_id: int, least: int, new: Collection[int]) -> bool:
    """Whether at least so many stories that hold an older article than those of `new` tell of a project."""
    mine = [number for number in conn.execute(_LINKED, {"project": project_id}).scalars() if number in new]
    found = conn.execute(_ESTABLISHED, {"project": project_id, "least": least, "new": mine}).all()
    return len(found) >= least


_LINKED = select(article_projects.c.article_id).where(article_projects.c.project_id == bindparam("project"))


def linked_to(conn: Connection, project_ids: Iterable[int]) -> set[int]:
    """The articles that are linked to one of these projects, in any role."""
    return {number for project in set(project_ids)
            for number in conn.execute(_LINKED, {"project": project}).scalars()}


def links_of(conn: Connection, article_ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """The links of articles, the main one first, by article; those without any are missing."""
    found: dict[int, list[dict[str, Any]]] = {}
    for batch in chunks(sorted(set(article_ids))):
        for row in conn.execute(_LINKS_OF, {"articles": batch}):
            found.setdefault(row.article_id, []).append(as_dict(row))
    return found


_LINKS_OF = (select(article_projects).where(article_projects.c.article_id.in_(bindparam("articles", expanding=True)))
             .order_by(article_projects.c.article_id, article_projects.c.role, article_projects.c.project_id))


def articles_of(conn: Connection, project_id: int, *, role: str | None = None) -> list[int]:
    """The ids of a project's articles, earliest published first."""
    query = (select(articles.c.id, articles.c.published_at, articles.c.canonical_url)
             .join(article_projects, article_projects.c.article_id == articles.c.id)
             .where(article_projects.c.project_id == project_id))
    if role is not None:
        query = query.where(article_projects.c.role == role)
    rows = sorted(conn.execute(query).all(), key=lambda row: (when(row.published_at), row.canonical_url))
    return [row.id for row in rows]


def refresh_counts(conn: Connection, project_ids: Iterable[int]) -> None:
    """Recompute story_count, article_count, first/last_reported_at and languages from the articles whose main
    project it is. An article without a story counts as one of its own."""
    for batch in chunks(sorted(set(project_ids))):
        query = (select(article_projects.c.project_id, articles.c.id, articles.c.story_id, articles.c.published_at,
                        articles.c.language)
                 .join(articles, articles.c.id == article_projects.c.article_id)
                 .where(article_projects.c.project_id.in_(batch), article_projects.c.role == "main"))
        groups: dict[int, list[Any]] = {project_id: [] for project_id in batch}
        for row in conn.execute(query):
            groups[row.project_id].append(row)
        for project_id, rows in groups.items():
            dates = [row.published_at for row in rows if row.published_at]
            conn.execute(update_rows(projects).where(projects.c.id == project_id).values(
                article_count=len(rows),
                story_count=len({("story", row.story_id) if row.story_id else ("article", row.id) for row in rows}),
                first_reported_at=min(dates, key=when, default=None), last_reported_at=max(dates, default=None),
                languages=",".join(sorted({row.language for row in rows}))))


def delete_unlinked(conn: Connection, project_ids: Iterable[int] | None = None) -> list[int]:
    """Delete those of the projects (or of all) that no article is linked to; returns their ids."""
    lonely = select(projects.c.id).where(~exists().where(article_projects.c.project_id == projects.c.id))
    gone: list[int] = []
    for batch in ([None] if project_ids is None else chunks(sorted(set(project_ids)))):
        query = lonely if batch is None else lonely.where(projects.c.id.in_(batch))
        gone.extend(conn.execute(query.order_by(projects.c.id)).scalars())
    for part in chunks(gone):
        conn.execute(delete(projects).where(projects.c.id.in_(part)))
    return gone


def silent(conn: Connection, *, suspended: str, cancelled: str) -> list[int]:
    """The projects whose last report is so old (before these days, ISO) that their shown status may have to follow."""
    last, status = projects.c.last_reported_at, projects.c.status
    query = select(projects.c.id).where(status.not_in(("operational", "cancelled")), or_(
        and_(last < suspended, status != "suspended"), last < cancelled))
    return list(conn.execute(query.order_by(projects.c.id)).scalars())


def all_ids(conn: Connection) -> list[int]:
    """The ids of all projects."""
    return list(conn.execute(select(projects.c.id).order_by(projects.c.id)).scalars())


def all_slugs(conn: Connection) -> list[str]:
    """The slugs of all projects, for a `did you mean`."""
    return list(conn.execute(select(projects.c.slug).order_by(projects.c.slug)).scalars())
