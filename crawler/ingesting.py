"""What is already on disk, or pasted links, through the same pipeline as a crawl."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, takewhile
from typing import Protocol

from sqlalchemy import Engine

from crawler.configuration.setup import Setup
from crawler.errors import Interrupted
from crawler.inputs import Item, gather, is_web_address
from crawler.keeping import Kept
from crawler.manners import Manners
from crawler.outcomes import Outcome
from crawler.run import Run, running
from crawler.summary import RunSummary
from crawler.worker import understanders

# What is no problem for a person to look at.
FINE = {Outcome.MATCHED, Outcome.OFF_TOPIC, Outcome.DUPLICATE_URL}


class Told(Protocol):
    """Hears of every page that has ended."""

    def page(self, source_id: str, outcome: Outcome) -> None: ...


def ingest(what: Sequence[str], engine: Engine, setup: Setup, told: Told, *, stopped: Callable[[], bool],
           everything: bool = False) -> tuple[RunSummary, list[str]]:
    """Read, match, link and store files, folders and links: (summary, paths that do not exist)."""
    missing: list[str] = []
    with running(engine, setup.folder, setup.settings, "ingest", everything=everything) as run:
        try:
            missing = _ingest(what, engine, setup, run, told, stopped)
        except Interrupted:
            run.summary.interrupted = True
    return run.summary, missing


def _ingest(what: Sequence[str], engine: Engine, setup: Setup, run: Run, told: Told,
            stopped: Callable[[], bool]) -> list[str]:
    limits, missing = setup.settings.limits, []
    items: Iterable[Item] = gather([name for name in what if not is_web_address(name)], largest=limits.max_bytes)
    links = [name for name in what if is_web_address(name)]
    if links:
        from crawler.crawl.fetch import fetch_pages  # noqa: PLC0415 - Scrapy takes a second to load

        items = chain(items, fetch_pages(links, setup.settings, Manners(engine)))
    pool = understanders(setup.folder, setup.settings.topic, count=limits.readers, seconds=limits.read_seconds)
    with pool as workers:
        for item, answer in workers.in_order(takewhile(lambda _: not stopped(), items)):
            if item.work is None or answer is None:
                missing += [item.where] * item.missing
                run.summary.problems.append(f"{item.where}: {item.problem}")
                if item.outcome is not None:
                    run.count(Kept(item.outcome, item.problem))
                continue
            kept = run.keeper.keep(item.work, answer)
            run.count(kept)
            told.page("", kept.outcome)
            if kept.outcome not in FINE:
                run.summary.problems.append(f"{item.where}: {kept.outcome}: {kept.reason}")
    run.summary.interrupted = stopped()
    return missing
