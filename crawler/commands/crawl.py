"""`marsad crawl`: one crawl now, then it ends."""

from __future__ import annotations

import difflib
from datetime import datetime, timedelta, timezone
from typing import Annotated, Optional

import typer
from sqlalchemy import Engine

from crawler.commands.common import (
    DEFAULT_DATABASE,
    INTERRUPTED,
    ConfigOption,
    DatabaseOption,
    JsonOption,
    Setup,
    set_up,
)
from crawler.commands.progress import PageProgress
from crawler.commands.summary import show_summary
from crawler.configuration.durations import parse_duration
from crawler.configuration.sources import Source, load_sources
from crawler.errors import ConfigError, NothingDoneError, UsageError
from crawler.outcomes import Outcome
from crawler.registry import sync_sources
from crawler.run import Run, RunSummary, running
from storage import sources as visits
from storage.engine import open_database, writing

# Outcomes of a listing that say that the source answered.
_REACHED = {Outcome.LISTING, Outcome.MATCHED, Outcome.OFF_TOPIC, Outcome.DUPLICATE_URL, Outcome.TOO_OLD}


def register(app: typer.Typer) -> None:
    app.command("crawl")(crawl)


def crawl(
    source: Annotated[Optional[list[str]], typer.Argument(help="Ids of sources; all that are on by default.")] = None,  # noqa: UP045
    since: Annotated[Optional[str], typer.Option(help="Leave out pages dated earlier: 30d, 12h.")] = None,  # noqa: UP045
    limit: Annotated[Optional[int], typer.Option(min=1, help="Stop after so many matched articles.")] = None,  # noqa: UP045
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Store nothing.")] = False,
    trigger: Annotated[str, typer.Option(hidden=True)] = "crawl",
    as_json: JsonOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Crawl the sources now and store what matches, article by article.

    Example: marsad crawl hespress-fr le360-fr --since 7d
    """
    setup = set_up(config)
    window = _window(since or setup.settings.crawl.since)
    chosen = _chosen(setup, source or [])
    summary = crawl_sources(setup, chosen, "sqlite://" if dry_run else database, trigger, window=window, limit=limit)
    show_summary(summary, as_json=as_json)
    if summary.interrupted:
        raise typer.Exit(INTERRUPTED)
    if not any(summary.outcomes.get(str(outcome)) for outcome in _REACHED) and summary.problems:
        raise NothingDoneError("no source could be reached; the messages above say why")


def _window(text: str) -> timedelta:
    try:
        return parse_duration(text)
    except ValueError as error:
        raise UsageError(f"--since: {error}") from None


def _chosen(setup: Setup, ids: list[str]) -> list[Source]:
    sources = load_sources(setup.folder)
    known = {source.id: source for source in sources}
    if not known:
        raise ConfigError(setup.folder.root / "sources", "holds no source", hint="see docs/configuration.md")
    for name in ids:
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            raise UsageError(f"no source {name!r}" + (f"; did you mean {close[0]!r}?" if close else
                                                      "; `marsad sources list` shows them"))
    chosen = [known[name] for name in ids] if ids else [source for source in sources if source.enabled]
    if not chosen:
        raise ConfigError(setup.folder.root / "sources", "every source is switched off", hint="set `enabled: true`")
    return chosen


def crawl_sources(setup: Setup, chosen: list[Source], database: str, trigger: str, *, window: timedelta | None,
                  limit: int | None = None) -> RunSummary:
    """One crawl of `chosen` into `database`; once a process (a reactor cannot start twice)."""
    # Scrapy and trafilatura take two seconds to load: only now.
    from crawler.crawl.runner import run_crawl  # noqa: PLC0415
    from crawler.crawl.seam import CrawlOptions  # noqa: PLC0415
    from crawler.crawling import crawl_settings  # noqa: PLC0415
    from crawler.ledger import StoreLedger  # noqa: PLC0415
    from crawler.topics import load_topic  # noqa: PLC0415
    from crawler.worker import understanders  # noqa: PLC0415

    engine = open_database(database)
    with writing(engine) as conn:
        sync_sources(conn, load_sources(setup.folder))
    limits = setup.settings.limits
    topic = load_topic(setup.folder.file(f"topics/{setup.settings.topic}.yml"))
    with running(engine, setup.folder, setup.settings, trigger) as run, \
            understanders(setup.folder, setup.settings.topic, count=limits.readers,
                          seconds=limits.read_seconds) as workers, \
            PageProgress("Crawling") as progress:
        ledger = StoreLedger(engine, workers, topic, run.keeper)
        crawled = run_crawl(chosen, CrawlOptions(since=window, limit=limit), ledger, crawl_settings(setup.settings),
                            progress)
        run.new.extend(ledger.found.articles)
        _sum_up(run, crawled, ledger.found.matched, ledger.found.copies)
        _visits(engine, chosen, crawled, ledger.found.by_source)
    return run.summary


def _sum_up(run: Run, crawled: object, matched: int, copies: int) -> None:
    from crawler.crawl.seam import CrawlSummary  # noqa: PLC0415

    assert isinstance(crawled, CrawlSummary)
    summary = run.summary
    summary.asked, summary.fetched, summary.sources = crawled.asked, crawled.exchanges, len(crawled.sources)
    summary.outcomes.update({str(outcome): count for outcome, count in crawled.outcomes.items()})
    summary.matched, summary.copies, summary.articles_new = matched, copies, len(run.new)
    summary.interrupted = crawled.stopped in {"SIGINT", "SIGTERM"}
    for source in crawled.sources.values():
        summary.problems += [f"{source.source_id}: {text}" for text in (*source.failures, *source.notes)]


def _visits(engine: Engine, chosen: list[Source], crawled: object, new: dict[str, int]) -> None:
    """What the registry remembers of each source: when it was visited, how it went, when it is due again."""
    from crawler.crawl.seam import CrawlSummary  # noqa: PLC0415

    assert isinstance(crawled, CrawlSummary)
    at = datetime.now(timezone.utc)
    with writing(engine) as conn:
        for source in chosen:
            seen = crawled.sources.get(source.id)
            if seen is None or (crawled.stopped and not seen.worked and not seen.failures):
                continue  # not reached before the crawl was stopped: still due
            error = None if seen.worked else "; ".join(seen.failures) or "no way of discovery worked"
            visits.visited(conn, source.id, _iso(at), error=error, next_due_at=_iso(at + source.every),
                           article_at=_iso(at) if new.get(source.id) else None)


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
