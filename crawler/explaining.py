"""What is known of one page: its row, story and links in the database, and what today's rules make of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from crawler.configuration.setup import Setup
from crawler.errors import UsageError
from crawler.inputs import Item, gather, is_web_address
from crawler.manners import turns_at
from crawler.pipeline import Understood, Work, load_rules, read, understand
from crawler.reading.document import Unreadable
from crawler.records import record_of, work_of
from crawler.urls import canonical_url
from storage import articles, pages, projects, raw, stories
from storage.engine import database_exists, open_database, reading


@dataclass(frozen=True, slots=True)
class Explanation:
    """`stored`: page, article, copies and links as the database has them (plain rows); `now`: by today's rules."""

    stored: dict[str, Any]
    now: Understood | Unreadable


def explain(what: str, setup: Setup, database: str) -> Explanation:
    """Explain an address that is stored, a file, or a link that is fetched now (UsageError where there is none)."""
    url = what
    if not is_web_address(what) and not what.startswith("file:"):
        url = Path(what).absolute().as_uri()
    stored: dict[str, Any] = {}
    work: Work | None = None
    if database_exists(database):
        with reading(open_database(database, read_only=True)) as conn:
            stored, work = _stored(conn, url)
    return Explanation(stored, _answer(what, work, setup, stored, database))


def _stored(conn: Connection, url: str) -> tuple[dict[str, Any], Work | None]:
    """What the database knows of a page: its outcome, story and links; and the page again as work."""
    canonical = canonical_url(url)
    page = pages.known(conn, [url]).get(url) or pages.known_canonical(conn, [canonical]).get(canonical)
    article = articles.find(conn, url) or articles.find(conn, canonical)
    found: dict[str, Any] = {"page": page, "article": None, "copies": [], "links": []}
    key = article["url"] if article else page["url"] if page else url
    kept = raw.load(conn, key)
    work = work_of(kept.url, kept.body, kept.content_type, kept.hints) if kept else None
    if article is None:
        if work is None and (text := raw.load_text(conn, key)) is not None:
            work = record_of(text)
        return found, work
    found["article"] = {name: article[name] for name in ("id", "url", "title", "outlet", "published_at", "story_id",
                                                         "relevance", "match_why")}
    if article["story_id"] is not None:
        found["copies"] = [{name: other[name] for name in ("url", "outlet", "title", "published_at")}
                           for other in articles.of_ids(conn, stories.members(conn, article["story_id"]))
                           if other["id"] != article["id"]]
    for link in projects.links(conn, article["id"]):
        project, second = projects.get(conn, link["project_id"]), None
        if link["runner_up"] is not None:
            second = projects.get(conn, link["runner_up"])
        found["links"].append({**link, "project": project["name"] if project else None,
                               "slug": project["slug"] if project else None,
                               "runner_up_slug": second["slug"] if second else None})
    return found, work


def _answer(what: str, work: Work | None, setup: Setup, stored: dict[str, Any],
            database: str) -> Understood | Unreadable:
    """The page under today's rules: from the stored page, else from the file or the link."""
    rules = load_rules(setup.folder, setup.settings.topic)
    if work is None:
        item = _item(what, setup, stored, database)
        if item.work is None:
            raise UsageError(f"{item.where}: {item.problem}")
        work = item.work
    document = read(work)
    return document if isinstance(document, Unreadable) else understand(document, rules)


def _item(what: str, setup: Setup, stored: dict[str, Any], database: str) -> Item:
    if not is_web_address(what):
        return next(iter(gather([what], largest=setup.settings.limits.max_bytes)))
    if stored.get("page"):
        page = stored["page"]
        raise UsageError(f"{what} ended as {page['outcome']} on {page['fetched_at']}"
                         + (f" ({page['reason']})" if page["reason"] else "") + "; its text was not kept")
    from crawler.crawl.fetch import fetch_pages  # noqa: PLC0415 - Scrapy takes a second to load

    return next(iter(fetch_pages([what], setup.settings, turns_at(database))))
