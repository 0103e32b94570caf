"""Rows for exports: projects, articles, stories and changes by a few filters, and what the sources failed to give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from storage.rows import as_dict, chunks
from storage.schema import alert_events, article_projects, articles, claims, projects, source_weeks, sources, stories

_MAIN = and_(article_projects.c.article_id == articles.c.id, article_projects.c.role == "main")
_TOLD = ("new_project", "new_story", "status_changed", "capacity_changed", "investment_changed", "contradiction",
         "doubt")


@dataclass(frozen=True, slots=True)
class Filter:
    """What is wanted; None is all of it. `since` is a time or a day; `language` an article's (of a project: one of
    them); country, status and megawatts are the project's."""

    country: str | None = None
    language: str | None = None
    status: str | None = None
    min_mw: float | None = None
    since: str | None = None
    project: str | None = None


def projects_of(conn: Connection, wanted: Filter, *, limit: int | None = None) -> list[dict[str, Any]]:
    """Projects that are some article's main one, most reported first; with `limit` the ones reported last."""
    query = select(projects).where(projects.c.article_count > 0, *_project_filters(wanted))
    if wanted.since is not None:
        query = query.where(projects.c.last_reported_at >= wanted.since)
    if wanted.language is not None:
        query = query.where(("," + projects.c.languages + ",").contains(f",{wanted.language},", autoescape=True))
    if limit is None:
        query = query.order_by(projects.c.article_count.desc(), projects.c.slug)
    else:
        query = query.order_by(projects.c.last_reported_at.is_(None), projects.c.last_reported_at.desc(),
                               projects.c.slug).limit(limit)
    return [as_dict(row) for row in conn.execute(query)]


def articles_of(conn: Connection, wanted: Filter) -> Iterator[dict[str, Any]]:
    """Articles with `project`, `project_name`, `project_country` of their main project, newest first; no text."""
    columns = [articles.c[name] for name in (
        "id", "url", "title", "outlet", "language", "published_at", "fetched_at", "source_id", "authors", "relevance",
        "story_id")]
    query = (_with_project(select(*columns, projects.c.slug.label("project"), projects.c.name.label("project_name"),
                                  projects.c.country.label("project_country")))
             .where(*_article_filters(wanted))
             .order_by(articles.c.published_at.is_(None), articles.c.published_at.desc(), articles.c.canonical_url))
    for row in conn.execute(query.execution_options(yield_per=500)):
        yield as_dict(row)


def stories_of(conn: Connection, wanted: Filter, *, limit: int | None = None) -> list[dict[str, Any]]:
    """Stories with url and outlet of their lead, `first_url` (the article stored first: it never changes), their
    project and `last_published_at`; newest first."""
    seen = (select(articles.c.story_id, func.min(articles.c.id).label("first_id"),
                   func.max(articles.c.published_at).label("last_published_at"))
            .where(articles.c.story_id.is_not(None)).group_by(articles.c.story_id).subquery())
    first = articles.alias("first")
    query = (_with_project(select(
        stories, articles.c.url, articles.c.outlet, articles.c.published_at, articles.c.fetched_at,
        first.c.url.label("first_url"), seen.c.last_published_at, projects.c.slug.label("project"),
        projects.c.name.label("project_name"), projects.c.country.label("project_country")))
        .join(stories, stories.c.lead_article_id == articles.c.id).join(seen, seen.c.story_id == stories.c.id)
        .join(first, first.c.id == seen.c.first_id).where(*_article_filters(wanted))
        .order_by(articles.c.published_at.is_(None), articles.c.published_at.desc(), stories.c.id))
    return [as_dict(row) for row in conn.execute(query.limit(limit) if limit else query)]


def changes_of(conn: Connection, wanted: Filter, *, limit: int = 10_000) -> list[dict[str, Any]]:
    """Events of projects, newest first: rows of `alert_events`. Filtered by the project as it was then."""
    query = select(alert_events).where(alert_events.c.kind.in_(_TOLD))
    if wanted.project is not None:
        query = query.where(alert_events.c.subject == wanted.project)
    if wanted.since is not None:
        query = query.where(alert_events.c.happened_at >= wanted.since)
    found: list[dict[str, Any]] = []
    for row in conn.execute(query.order_by(alert_events.c.happened_at.desc(), alert_events.c.subject,
                                           alert_events.c.id)):
        body = row.body
        if ((wanted.country is None or body.get("country") == wanted.country)
                and (wanted.status is None or body.get("status") == wanted.status)
                and (wanted.min_mw is None or (body.get("capacity_mw") or 0) >= wanted.min_mw)
                and (wanted.language is None or wanted.language in (body.get("languages") or "").split(","))):
            found.append(as_dict(row))
        if len(found) >= limit:
            break
    return found


def claims_of(conn: Connection, *, project_ids: Iterable[int] = (),
              article_ids: Iterable[int] = ()) -> dict[int, list[dict[str, Any]]]:
    """Claims that nobody denies with the url, outlet and publication of their article, in order of publication: by
    project (its main articles') or, given `article_ids`, by article."""
    of_articles = list(article_ids)
    column: ColumnElement[int] = claims.c.article_id if of_articles else claims.c.project_id
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for batch in chunks(sorted(set(of_articles or project_ids))):
        query = (select(claims, articles.c.url, articles.c.outlet, articles.c.language, articles.c.published_at)
                 .join(articles, articles.c.id == claims.c.article_id)
                 .join(article_projects, and_(_MAIN, article_projects.c.project_id == claims.c.project_id))
                 .where(column.in_(batch), claims.c.modality != "denied")
                 .order_by(articles.c.published_at.is_(None), articles.c.published_at, articles.c.canonical_url,
                           claims.c.quote_start, claims.c.id))
        for row in conn.execute(query):
            found[row.article_id if of_articles else row.project_id].append(as_dict(row))
    return found


def links_of(conn: Connection, project_ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """url, title, outlet, language and published_at of each project's main articles, newest first."""
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for batch in chunks(sorted(set(project_ids))):
        query = (select(article_projects.c.project_id, articles.c.url, articles.c.title, articles.c.outlet,
                        articles.c.language, articles.c.published_at)
                 .join(articles, _MAIN).where(article_projects.c.project_id.in_(batch))
                 .order_by(articles.c.published_at.is_(None), articles.c.published_at.desc(),
                           articles.c.canonical_url))
        for row in conn.execute(query):
            found[row.project_id].append(as_dict(row))
    return found


def weeks(conn: Connection, since: str) -> dict[str, list[dict[str, Any]]]:
    """The coverage ledger from the week `since` (a Monday) on, by source, in order."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    query = select(source_weeks).where(source_weeks.c.week >= since).order_by(
        source_weeks.c.source_id, source_weeks.c.week)
    for row in conn.execute(query):
        found[row.source_id].append(as_dict(row))
    return found


def enabled_sources(conn: Connection) -> list[dict[str, Any]]:
    """The sources that are visited."""
    return [as_dict(row) for row in conn.execute(select(sources).where(sources.c.enabled).order_by(sources.c.id))]


def _project_filters(wanted: Filter) -> list[ColumnElement[bool]]:
    filters: list[ColumnElement[bool]] = []
    if wanted.country is not None:
        filters.append(projects.c.country == wanted.country)
    if wanted.status is not None:
        filters.append(projects.c.status == wanted.status)
    if wanted.min_mw is not None:
        filters.append(projects.c.capacity_mw >= wanted.min_mw)
    if wanted.project is not None:
        filters.append(projects.c.slug == wanted.project)
    return filters


def _article_filters(wanted: Filter) -> list[ColumnElement[bool]]:
    filters = _project_filters(wanted)
    if wanted.language is not None:
        filters.append(articles.c.language == wanted.language)
    if wanted.since is not None:
        filters.append(or_(articles.c.published_at >= wanted.since,
                           and_(articles.c.published_at.is_(None), articles.c.fetched_at >= wanted.since)))
    return filters


def _with_project(query: Select[Any]) -> Select[Any]:
    return (query.select_from(articles).join(article_projects, _MAIN, isouter=True)
            .join(projects, projects.c.id == article_projects.c.project_id, isouter=True))
