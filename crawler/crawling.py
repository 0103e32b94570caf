"""A crawl from the registry to the database: settings handed over, the ledger kept, visits remembered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Engine

from crawler.configuration.durations import parse_duration
from crawler.configuration.search import load_search
from crawler.configuration.setup import Setup
from crawler.configuration.sources import Source, load_sources
from crawler.crawl.from_settings import crawl_settings
from crawler.crawl.runner import run_crawl
from crawler.crawl.seam import CrawlOptions, CrawlSummary, Progress
from crawler.ledger import StoreLedger
from crawler.registry import sync_sources
from crawler.run import Run, running
from crawler.summary import RunSummary
from crawler.topics import load_topic
from crawler.visiting import plan_visits, record_visits
from crawler.worker import understanders
from storage.engine import writing


def crawl_sources(chosen: Sequence[Source], engine: Engine, setup: Setup, told: Progress, trigger: str, *,
                  window: timedelta | None, limit: int | None = None) -> RunSummary:
    """One crawl of `chosen`, articles stored as they come; once a process (a reactor cannot start twice)."""
    registry = load_sources(setup.folder)
    with writing(engine) as conn:
        sync_sources(conn, registry)
    limits = setup.settings.limits
    topic = load_topic(setup.folder.file(f"topics/{setup.settings.topic}.yml"))
    search = load_search(setup.folder, topic.definition.queries, registry)
    with running(engine, setup.folder, setup.settings, trigger) as run, \
            understanders(setup.folder, setup.settings.topic, count=limits.readers,
                          seconds=limits.read_seconds) as workers:
        ledger = StoreLedger(engine, workers, topic, run.keeper, run.new)
        # A window wider than usual asks for what an unchanged feed holds as well: no 304 then.
        usual = window is not None and window <= parse_duration(setup.settings.crawl.since)
        plan = plan_visits(engine, chosen)
        options = CrawlOptions(since=window, limit=limit, conditional=usual, anew=plan.anew, moved=plan.moved)
        crawled = run_crawl(chosen, options, ledger, crawl_settings(setup.settings, search), told)
        _sum_up(run, crawled, ledger.found.matched, ledger.found.copies)
        record_visits(engine, chosen, crawled, ledger.found.by_source, plan.moved)
    return run.summary


def _sum_up(run: Run, crawled: CrawlSummary, matched: int, copies: int) -> None:
    summary = run.summary
    summary.asked, summary.fetched, summary.sources = crawled.asked, crawled.exchanges, len(crawled.sources)
    summary.outcomes.update({str(outcome): count for outcome, count in crawled.outcomes.items()})
    summary.matched, summary.copies, summary.articles_new = matched, copies, len(run.new)
    summary.interrupted = crawled.stopped in {"SIGINT", "SIGTERM"}
    for source in crawled.sources.values():
        summary.problems += [f"{source.source_id}: {text}" for text in (*source.failures, *source.notes)]
