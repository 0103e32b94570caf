"""`marsad explain`: why a page matched or not, what it is a copy of, which project it was linked to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from sqlalchemy import Connection

from crawler.commands.common import (
    DEFAULT_DATABASE,
    ConfigOption,
    DatabaseOption,
    JsonOption,
    Setup,
    clean,
    emit_json,
    out,
    set_up,
    table,
)
from crawler.errors import UsageError
from crawler.inputs import Item, gather, is_web_address
from crawler.pipeline import Understood, Work, load_rules, read, understand
from crawler.reading.document import Unreadable
from crawler.records import record_of, work_of
from crawler.urls import canonical_url
from storage import articles, pages, projects, raw, stories
from storage.engine import database_exists, open_database, reading


def register(app: typer.Typer) -> None:
    app.command("explain")(explain)


def explain(
    what: Annotated[str, typer.Argument(metavar="URL-or-FILE", help="A stored page's address, a file, or a link.")],
    as_json: JsonOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Why a page matched or not (also one that was left out), what it copies, and why it is in its project."""
    setup = set_up(config)
    stored: dict[str, Any] = {}
    work: Work | None = None
    url = what
    if not is_web_address(what) and not what.startswith("file:"):
        url = Path(what).absolute().as_uri()
    if database_exists(database):
        with reading(open_database(database, read_only=True)) as conn:
            stored, work = _stored(conn, url)
    answer = _answer(what, work, setup, stored)
    if as_json:
        emit_json({"stored": stored, "now": _as_dict(answer)})
        return
    console = out()
    _show_stored(console, stored)
    _show_now(console, answer)


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


def _answer(what: str, work: Work | None, setup: Setup, stored: dict[str, Any]) -> Understood | Unreadable:
    """The page under today's rules: from the stored page, else from the file or the link."""
    rules = load_rules(setup.folder, setup.settings.topic)
    if work is None:
        item = _item(what, setup, stored)
        if item.work is None:
            raise UsageError(f"{item.where}: {item.problem}")
        work = item.work
    document = read(work)
    return document if isinstance(document, Unreadable) else understand(document, rules)


def _item(what: str, setup: Setup, stored: dict[str, Any]) -> Item:
    if not is_web_address(what):
        return next(iter(gather([what], largest=setup.settings.limits.max_bytes)))
    if stored.get("page"):
        page = stored["page"]
        raise UsageError(f"{what} ended as {page['outcome']} on {page['fetched_at']}"
                         + (f" ({page['reason']})" if page["reason"] else "") + "; its text was not kept")
    from crawler.crawl.fetch import fetch_pages  # noqa: PLC0415 - Scrapy takes a second to load

    return next(iter(fetch_pages([what], setup.settings)))


def _show_stored(console: Console, stored: dict[str, Any]) -> None:
    page, article = stored.get("page"), stored.get("article")
    if page:
        reason = f": {page['reason']}" if page["reason"] else ""
        console.print(f"in the database: {page['outcome']} on {page['fetched_at']}{reason}", markup=False)
    if not article:
        if not page:
            console.print("in the database: never asked")
        return
    copies = stored["copies"]
    together = f"{len(copies) + 1} near copies" if copies else "no other article"
    console.print(f"story {article['story_id']}: {together}")
    for copy in copies:
        console.print(f"    {clean(copy['outlet'])} {copy['published_at'] or ''} {copy['url']}", markup=False)
    for link in stored["links"]:
        console.print(f"project {link['slug']} ({link['role']}, {link['decision']}, score {link['score']:.2f}): "
                      + "; ".join(link["reasons"] or []), markup=False)
        if link["runner_up_slug"]:
            console.print(f"    next best: {link['runner_up_slug']}", markup=False)


def _show_now(console: Console, answer: Understood | Unreadable) -> None:
    if isinstance(answer, Unreadable):
        console.print(f"by today's rules: {answer.outcome}: {clean(answer.reason)}", markup=False)
        return
    document, match = answer.document, answer.match
    console.print(f"by today's rules: {match.why}", markup=False)
    console.print(f"    title: {clean(document.title)}", markup=False)
    console.print(f"    {document.outlet or 'outlet unknown'}, {document.published or 'date unknown'}, "
                  f"{document.language} ({document.language_confidence:.2f})", markup=False)
    console.print(table(("reason", "weight", "where", "words"),
                        [(e.feature, f"{e.weight:+.2f}", e.where, e.words) for e in
                         sorted(match.evidence, key=lambda e: -abs(e.weight))], title="\nEvidence"))
    for index, subject in enumerate(answer.claims.subjects):
        label = ", ".join((*subject.names, *subject.organizations, subject.city or "", subject.country or ""))
        rows = [(c.kind, c.value_printed or c.value_text or c.value_number, c.stage, c.modality, c.quote)
                for c in answer.claims.claims if c.subject == index]
        console.print(table(("claim", "value", "stage", "modality", "quote"), rows,
                            title=f"\n{subject.role} project: {clean(label)}"))


def _as_dict(answer: Understood | Unreadable) -> dict[str, Any]:
    from dataclasses import asdict  # noqa: PLC0415 - only for --json

    return asdict(answer)
