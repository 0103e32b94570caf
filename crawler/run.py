"""One run of any kind: its row in `runs`, its keeper, the settling at its end, and the summary that adds up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone

from sqlalchemy import Connection, Engine

from crawler.alerts.rules import load_alert_rules
from crawler.alerts.watch import QUIET, watch
from crawler.claims import load_gazetteer
from crawler.claims.directory import key_of
from crawler.claims.gazetteer import Gazetteer
from crawler.configuration.locate import ConfigFolder
from crawler.configuration.settings import Settings
from crawler.joining import Joiner, Locate
from crawler.keeping import Keeper, Kept
from crawler.linking import load_rules as load_link_rules
from crawler.outcomes import Outcome
from crawler.pipeline import Rules, Understood, load_rules, understand
from crawler.reading.document import Document
from crawler.records import now
from crawler.remembering import Again
from crawler.settling import settle
from crawler.summary import RunSummary
from storage import lines, projects, raw, runs, stories
from storage.engine import reading, writing


@dataclass(slots=True)
class Run:
    """A run in hand: its summary, its keeper, and the articles that are new in it."""

    summary: RunSummary
    keeper: Keeper
    new: list[int] = field(default_factory=list)
    settle_all: bool = False

    def count(self, kept: Kept) -> None:
        self.summary.count(kept.outcome, new=kept.new and kept.article_id is not None, copy=kept.copy)
        if kept.article_id is not None and kept.outcome is not Outcome.DUPLICATE_URL:
            self.new.append(kept.article_id)


def locator(gazetteer: Gazetteer) -> Locate:
    """(country, city) to (latitude, longitude) by the gazetteer; None where it does not know the city."""

    def locate(country: str | None, city: str) -> tuple[float, float] | None:
        for place in gazetteer.get(key_of(city)) or ():
            if (country is None or place.country == country) and place.latitude is not None:
                return place.latitude, place.longitude or 0.0
        return None

    return locate


def make_joiner(folder: ConfigFolder, today: date | None = None) -> Joiner:
    """Rules of linking and the gazetteer of `folder`; `today` ages statuses."""
    return Joiner(load_link_rules(folder), locator(load_gazetteer(folder)), today or datetime.now(timezone.utc).date())


def _understander(folder: ConfigFolder, topic: str) -> Again:
    """Understands documents by the rules of `folder`, which are compiled at the first of them."""
    rules: list[Rules] = []

    def again(document: Document) -> Understood:
        if not rules:
            rules.append(load_rules(folder, topic))
        return understand(document, rules[0])

    return again


@contextmanager
def running(engine: Engine, folder: ConfigFolder, settings: Settings, trigger: str, *,
            everything: bool = False) -> Iterator[Run]:
    """A run from its first row to its settled end. Whatever ends it, what was stored is settled and its row closed."""
    joiner, alerts = make_joiner(folder), load_alert_rules(folder)
    run = Run(RunSummary(trigger), Keeper(engine, joiner, settings.retention.raw_pages, everything,
                                            _understander(folder, settings.topic)))
    started = datetime.now(timezone.utc)
    with writing(engine) as conn:
        number = runs.begin(conn, trigger, now())
        before = len(stories.all_ids(conn)), len(projects.all_ids(conn))
    if trigger in QUIET:
        watch(engine, alerts)  # what a killed crawl left untold is news; what this run changes is not
    outcome = "failed"
    try:
        yield run
        outcome = "interrupted" if run.summary.interrupted else "done"
    finally:
        summary = run.summary
        settle(engine, joiner, None if run.settle_all else run.new)
        watch(engine, alerts, quiet=trigger in QUIET)
        with reading(engine) as conn:
            summary.stories_new = max(len(stories.all_ids(conn)) - before[0], 0)
            summary.projects_new = max(len(projects.all_ids(conn)) - before[1], 0)
        summary.seconds = (datetime.now(timezone.utc) - started).total_seconds()
        with writing(engine) as conn:
            _expire(conn, settings)
            runs.finish(conn, number, finished_at=now(), outcome=outcome, outcomes=dict(summary.outcomes), counts={
                "pages_fetched": summary.fetched, "articles_new": summary.articles_new, "matched": summary.matched,
                "stories_new": summary.stories_new, "projects_new": summary.projects_new,
                "duplicates": summary.copies, "errors": len(summary.problems)})


def _expire(conn: Connection, settings: Settings) -> None:
    keep = settings.retention
    before = datetime.now(timezone.utc) - timedelta(days=keep.texts_days)
    # A line that stood on one page and never again is no furniture; without this the memory of lines only grows.
    lines.expire(conn, before=before.strftime("%Y-%m-%dT%H:%M:%SZ"))
    raw.expire_texts(conn, before=before.strftime("%Y-%m-%dT%H:%M:%SZ"), max_bytes=keep.texts_mb * 1_000_000)
