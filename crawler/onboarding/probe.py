"""One small crawl in a process of its own, as polite and as guarded as any, that stores nothing.

A reactor starts once a process, and getting to know a site takes several crawls one after the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from crawler import forkserver
from crawler.configuration.sources import Source
from crawler.crawl.seam import (
    CrawlOptions,
    CrawlSettings,
    CrawlSummary,
    Handled,
    Known,
    PageResult,
    StoredRobots,
    Turn,
    Validators,
)
from crawler.errors import MarsadError, NothingDoneError
from crawler.outcomes import Outcome
from crawler.reading.document import Hints, Page

WINDOW = timedelta(days=30)


@dataclass
class Basket:
    """A ledger without a database. It knows every address that a listing names, so that none of them is asked."""

    pages: dict[str, Page] = field(default_factory=dict)
    results: dict[str, PageResult] = field(default_factory=dict)
    robots_files: dict[str, StoredRobots] = field(default_factory=dict)
    held: dict[str, datetime] = field(default_factory=dict)

    def known(self, urls: Sequence[str]) -> Mapping[str, Known]:
        return {url: Known(Outcome.OFF_TOPIC, exact=True) for url in urls}

    def record(self, result: PageResult) -> None:
        self.results[result.url] = result

    def touch(self, url: str, checked_at: datetime) -> None:
        """Nothing is kept that could be touched."""

    def validators(self, url: str) -> Validators | None:
        del url
        return None

    def keep_validators(self, url: str, validators: Validators) -> None:
        """Nothing is asked twice."""

    def robots(self, origin: str) -> StoredRobots | None:
        return self.robots_files.get(origin)

    def keep_robots(self, origin: str, robots: StoredRobots) -> None:
        self.robots_files[origin] = robots

    def held_until(self, host: str) -> datetime | None:
        return self.held.get(host)

    def hold(self, host: str, until: datetime) -> None:
        self.held[host] = until

    def turn(self, host: str, lease: float, *, busy: bool) -> Turn:
        """No database, so nobody to take turns with."""
        del host, lease, busy
        return Turn()

    def leave(self, hosts: Mapping[str, tuple[float, float | None]]) -> None:
        """Nothing is held."""

    async def handle(self, page: Page, source: Source) -> Handled:
        # Nothing is known of the page but its bytes: the made-up source of a link is no outlet.
        self.pages[source.id] = replace(page, hints=Hints())
        return Handled(Outcome.MATCHED)


@dataclass(frozen=True)
class Probed:
    """What came of it: the pages by source, what became of each address, the figures."""

    summary: CrawlSummary
    basket: Basket


def probe(sources: Sequence[Source], settings: CrawlSettings, *, own_hosts: bool,
          before: Probed | None = None) -> Probed:
    """Ask every way of `sources` once; articles of listings are not asked, pages of `page` ways come back.

    `own_hosts`: the configuration itself names these sources, so their own hosts may be private. `before` hands on
    what an earlier one learnt of robots.txt and of hosts that want to be left alone.
    """
    basket = Basket()
    if before is not None:
        basket.robots_files, basket.held = before.basket.robots_files, before.basket.held
    context = forkserver.start()
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_crawl, args=(theirs, tuple(sources), settings, own_hosts, basket), daemon=True)
    child.start()
    theirs.close()
    try:
        answer = ours.recv()
    except EOFError:
        raise NothingDoneError("the crawl ended without a word; `marsad crawl` may tell more") from None
    finally:
        child.join(10)
        ours.close()
    if isinstance(answer, Exception):
        raise answer
    return Probed(*answer)


def _crawl(answer: Any, sources: Sequence[Source], settings: CrawlSettings, own_hosts: bool, basket: Basket) -> None:
    from crawler.crawl.runner import run_crawl  # noqa: PLC0415 - Scrapy is for the child alone

    try:
        options = CrawlOptions(since=WINDOW, conditional=False, own_hosts=own_hosts)
        summary = run_crawl(sources, options, basket, settings)
        answer.send((summary, basket))
    except MarsadError as error:
        answer.send(NothingDoneError(str(error)))
    finally:
        answer.close()
