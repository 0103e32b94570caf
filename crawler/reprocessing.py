"""The stored pages again under today's rules, without the network."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from sqlalchemy import Engine

from crawler.configuration.setup import Setup
from crawler.configuration.sources import load_sources
from crawler.errors import Interrupted
from crawler.ingesting import FINE, Told
from crawler.inputs import Item
from crawler.reading.document import Page
from crawler.records import record_of, work_of
from crawler.run import Run, running
from crawler.summary import RunSummary
from crawler.worker import understanders
from storage import articles, raw
from storage.engine import reading
from storage.rows import url_key


def reprocess(engine: Engine, setup: Setup, told: Told, *, stopped: Callable[[], bool]) -> RunSummary:
    """Read, match, claim and link all that is stored again. Articles that no longer match are taken out."""
    with running(engine, setup.folder, setup.settings, "reprocess") as run:
        run.settle_all = True
        try:
            _again(engine, setup, run, told, stopped)
        except Interrupted:
            run.summary.interrupted = True
    return run.summary


def _again(engine: Engine, setup: Setup, run: Run, told: Told, stopped: Callable[[], bool]) -> None:
    limits = setup.settings.limits
    pool = understanders(setup.folder, setup.settings.topic, count=limits.readers, seconds=limits.read_seconds)
    with pool as workers:
        prunes = {source.id: source.prune for source in load_sources(setup.folder)}
        for item, answer in workers.in_order(pruned_today(stored_items(engine), prunes)):
            assert item.work is not None
            assert answer is not None
            kept = run.keeper.keep_again(item.work, answer)
            run.count(kept)
            told.page("", kept.outcome)
            if kept.outcome not in FINE:
                run.summary.problems.append(f"{item.where}: {kept.outcome}: {kept.reason}")
            if stopped():
                run.summary.interrupted = True
                return


def pruned_today(items: Iterable[Item], prunes: Mapping[str, tuple[str, ...]]) -> Iterator[Item]:
    """The items, pages with what their source's `prune` says today (by source); of an unknown source as stored.

    The new hints are stored with the page, so that a rebuild from stored pages (`audit`) comes to the same.
    """
    for item in items:
        work = item.work
        if isinstance(work, Page):
            prune = prunes.get(work.hints.source_id or "", work.hints.prune)
            work = replace(work, hints=replace(work.hints, prune=prune))
        yield replace(item, work=work)


def stored_items(engine: Engine, *, texts: bool = True) -> Iterator[Item]:
    """Everything that is stored as work: raw pages, articles without one and, with `texts`, what did not match."""
    with reading(engine) as conn:
        pages = raw.urls(conn)
        plain = [url for url in articles.urls(conn) if url_key(url) not in pages]
        kept = raw.text_urls(conn) if texts else set()
    for url in sorted(pages):
        with reading(engine) as conn:
            page = raw.load(conn, url)
        if page is not None:
            yield Item(url, url, work_of(page.url, page.body, page.content_type, page.hints))
    for url in plain:
        with reading(engine) as conn:
            row = articles.find(conn, url)
        if row is not None:
            yield Item(url, url, record_of(row))
    for url in sorted(kept):
        with reading(engine) as conn:
            text = raw.load_text(conn, url)
        if text is not None:
            yield Item(url, url, record_of(text))
