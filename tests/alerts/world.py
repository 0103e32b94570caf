"""A small world of projects for tests: articles with claims, looked at as the end of a run does."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import Connection, Engine

from crawler.alerts.rules import AlertRules
from crawler.alerts.watch import Watched, watch
from storage import articles, claims, projects, stories
from storage.engine import writing

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=timezone.utc)
TODAY = "2026-11-22T08:00:00Z"


def rules(**more: Any) -> AlertRules:
    """Rules with one channel `hook`; `rules=[...]` gives them."""
    return AlertRules.model_validate({"channels": {"hook": "${MARSAD_ALERT_HOOK}"}, **more})


def rule(*when: str, **more: Any) -> dict[str, Any]:
    return {"name": "one", "when": list(when), "channels": ["hook"], **more}


def tell(conn: Connection, slug: str, name: str, *said: dict[str, Any], language: str = "fr", published: str = TODAY,
         story: int | None = None, outlet: str = "Example", title: str | None = None) -> int:
    """An article about a project (made where it is not there), in a story of its own or in `story`; its story's id.
    A claim is a dictionary of columns; `quote` becomes part of the text."""
    found = projects.get(conn, slug)
    project = projects.create(conn, slug, slug.title()) if found is None else int(found["id"])
    url = f"https://news.example/{name}"
    text = " ".join(str(c.get("quote", "Text")) for c in said) or "Text"
    article = articles.upsert(conn, {
        "url": url, "canonical_url": url, "title": title or f"Title of {name}", "text": text, "language": language,
        "fetched_at": TODAY, "published_at": published, "outlet": outlet})
    story = stories.new_story(conn, article) if story is None else story
    stories.assign(conn, article, story)
    stories.refresh(conn, [story])
    projects.link(conn, article, project, role="main")
    claims.replace(conn, article, [{"project_id": project, "quote": "Text", "quote_start": 0, "quote_end": 4, **c}
                                   for c in said])
    projects.refresh_counts(conn, [project])
    return story


def shown(conn: Connection, slug: str, **values: Any) -> None:
    """What the project's row shows."""
    found = projects.get(conn, slug)
    assert found is not None
    projects.update(conn, int(found["id"]), values)


def status(word: str, quote: str = "Words") -> dict[str, Any]:
    return {"kind": "status", "value_text": word, "quote": quote}


def capacity(number: float, quote: str = "Words", **more: Any) -> dict[str, Any]:
    return {"kind": "capacity", "value_number": number, "unit": "MW", "quote": quote, "stage": "total", **more}


def look(engine: Engine, with_rules: AlertRules, *, later: float = 0, quiet: bool = False) -> Watched:
    """The end of a run, `later` minutes after NOW."""
    return watch(engine, with_rules, quiet=quiet, clock=lambda: NOW + timedelta(minutes=later))


def begun(engine: Engine, with_rules: AlertRules) -> None:
    """A database that has been looked at once, so that what comes now is news."""
    with writing(engine) as conn:
        tell(conn, "old", "old", published="2026-01-01T00:00:00Z")
    look(engine, with_rules)
