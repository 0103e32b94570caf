"""Table `project_slugs`: every slug that was ever given. A slug is kept for ever, also where its project was merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import count

from sqlalchemy import Connection, select, update

from storage import decisions
from storage.rows import chunks, insert_for, storable
from storage.schema import article_projects, articles, project_slugs, projects

# Decisions after which one slug stands for another project's.
MERGES = ("merge", "same")


def remember(conn: Connection, slug: str, *, article_url: str | None, role: str, at: str) -> None:
    """Note for which article a slug was given; the first note stays."""
    row = {"slug": slug, "article_url": storable(article_url), "role": role, "given_at": at}
    statement = insert_for(conn.dialect.name, project_slugs).values(row)
    conn.execute(statement.on_conflict_do_nothing(index_elements=["slug"]))


def given_for(conn: Connection, article_url: str, role: str) -> str | None:
    """The slug that was once given for this article and that no project has now."""
    query = (select(project_slugs.c.slug).outerjoin(projects, projects.c.slug == project_slugs.c.slug)
             .where(project_slugs.c.article_url == article_url, project_slugs.c.role == role, projects.c.id.is_(None))
             .order_by(project_slugs.c.given_at, project_slugs.c.slug).limit(1))
    return conn.execute(query).scalar()


def free(conn: Connection, base: str) -> str:
    """`base`, or with the first number from 2 on, so that neither a project has it nor an old link leads elsewhere."""
    for number in count(1):
        slug = base if number == 1 else f"{base}-{number}"
        if resolve(conn, slug) is None:
            return slug
    raise AssertionError("count() ends never")


def adopt(conn: Connection, project_id: int, slug: str, *, at: str) -> None:
    """Give a project a slug that it has by a decision of a person; the one it had goes on to lead to it."""
    old = conn.execute(select(projects.c.slug).where(projects.c.id == project_id)).scalar_one()
    if old == slug:
        return
    url = conn.execute(select(articles.c.canonical_url)
                       .join(article_projects, article_projects.c.article_id == articles.c.id)
                       .where(article_projects.c.project_id == project_id, article_projects.c.role == "main")
                       .order_by(articles.c.canonical_url).limit(1)).scalar()
    for one in (old, slug):
        remember(conn, one, article_url=url, role="main", at=at)
    conn.execute(update(projects).where(projects.c.id == project_id).values(slug=slug))


def resolve(conn: Connection, slug: str) -> int | None:
    """The id of the project that a slug leads to: its own, the one it was merged into, or that of its articles."""
    seen: set[str] = set()
    while slug not in seen:
        seen.add(slug)
        found: int | None = conn.execute(select(projects.c.id).where(projects.c.slug == slug)).scalar()
        if found is not None:
            return found
        merged = [row for row in decisions.active(conn, MERGES) if row["arguments"].get("other") == slug]
        if not merged:
            break
        slug = merged[-1]["target"]
    return of_articles(conn, decisions.anchors(conn).get(slug, ())) or _of_note(conn, slug)


def of_articles(conn: Connection, urls: Iterable[str]) -> int | None:
    """The project that most of these articles (canonical URLs) have as their main one; of equals the elder."""
    tally: Counter[int] = Counter()
    for batch in chunks(sorted(set(urls))):
        tally.update(conn.execute(
            select(article_projects.c.project_id).join(articles, articles.c.id == article_projects.c.article_id)
            .where(articles.c.canonical_url.in_(batch), article_projects.c.role == "main")).scalars())
    return min(tally, key=lambda project: (-tally[project], project), default=None)


def _of_note(conn: Connection, slug: str) -> int | None:
    query = (select(article_projects.c.project_id)
             .join(articles, articles.c.id == article_projects.c.article_id)
             .join(project_slugs, project_slugs.c.article_url == articles.c.canonical_url)
             .where(project_slugs.c.slug == slug, article_projects.c.role == project_slugs.c.role))
    found = conn.execute(query).scalars().all()
    return found[0] if len(found) == 1 else None
