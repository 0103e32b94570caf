"""One crawl in this process: Scrapy set up, started, stopped by signals, and the summary at the end.

A reactor cannot start twice, so `run_crawl` works once a process; the daemon starts a child for each round.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings
from twisted.logger import globalLogBeginner

from crawler import settings as fixed
from crawler.configuration.sources import Source
from crawler.crawl import browser
from crawler.crawl.desk import Desk
from crawler.crawl.seam import CrawlOptions, CrawlSettings, CrawlSummary, Ledger, NoProgress, Progress
from crawler.spiders.sources import SourcesSpider

log = logging.getLogger(__name__)


def run_crawl(sources: Sequence[Source], options: CrawlOptions, ledger: Ledger, settings: CrawlSettings,
              progress: Progress | None = None) -> CrawlSummary:
    """Crawl all `sources` and return what became of every URL.

    The first SIGINT or SIGTERM ends it gracefully: nothing new is asked, what is fetched is handled and stored, and
    after `grace_seconds` it ends by force; a second signal does that at once. Raises what the ledger raised when
    it failed, after the same graceful end.
    """
    desk = Desk(sources, options, settings, ledger, progress or NoProgress())
    with _quiet_start():
        process = AsyncCrawlerProcess(scrapy_settings(settings, desk.allowed, sources))
    # Warnings (a body over the limit, a broken header) and a certificate that does not fit are outcomes here.
    logging.getLogger("scrapy").setLevel(logging.ERROR)
    logging.getLogger("twisted").addFilter(lambda record: "while verifying certificate" not in record.getMessage())
    process.crawl(SourcesSpider, desk=desk)
    with _signals(process, desk, settings.grace_seconds):
        process.start(install_signal_handlers=False)
    summary = desk.close()
    if desk.error is not None:
        raise desk.error
    return summary


@contextmanager
def _quiet_start() -> Iterator[None]:
    """Scrapy sets its own log level before it tells at length what it is made of; Twisted prints what is critical to
    it on stderr, beside what Scrapy hands on to logging, until somebody begins its log."""
    before, show = logging.root.manager.disable, warnings.showwarning
    logging.disable(logging.INFO)
    globalLogBeginner.beginLoggingTo([], discardBuffer=True, redirectStandardIO=False)
    warnings.showwarning = show  # Twisted takes the warnings, too
    try:
        yield
    finally:
        logging.disable(before)


def scrapy_settings(settings: CrawlSettings, allowed: frozenset[str], sources: Sequence[Source]) -> Settings:
    """Scrapy's settings for one crawl of `sources`."""
    values = {name: getattr(fixed, name) for name in dir(fixed) if name.isupper()}
    values |= {
        "DNS_TIMEOUT": settings.timeout,
        "DOWNLOAD_MAXSIZE": settings.max_bytes,
        "DOWNLOAD_TIMEOUT": settings.timeout,
        "DOWNLOAD_WARNSIZE": 0,
        "MARSAD_ALLOWED_HOSTS": sorted(allowed),
        "MARSAD_RIGHTS": sorted(settings.rights),
        "MARSAD_ROBOTS_NAME": settings.robots_name,
        "USER_AGENT": settings.user_agent,
    }
    return Settings(values | browser.scrapy_settings(sources, settings.timeout))


@contextmanager
def _signals(process: AsyncCrawlerProcess, desk: Desk, grace: float) -> Iterator[None]:
    """Handlers of SIGINT and SIGTERM for the time of the crawl."""
    seen: list[int] = []

    def by_force() -> None:
        if _reactor().running:
            _reactor().stop()

    def react(name: str, *, first: bool) -> None:
        if not first:
            by_force()
            return
        log.warning("%s: ending; once more to end at once", name)
        desk.stop(name)
        _reactor().callLater(grace, by_force)
        stopping.append(asyncio.ensure_future(process.stop()))

    def handle(number: int, frame: Any) -> None:
        del frame
        seen.append(number)
        # Nothing but this is safe between two bytecodes of whatever was interrupted.
        _reactor().callFromThread(react, signal.Signals(number).name, first=len(seen) == 1)

    stopping: list[asyncio.Future[None]] = []
    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _reactor() -> Any:
    """The reactor, which AsyncCrawlerProcess has installed by now."""
    from twisted.internet import reactor  # noqa: PLC0415, TID251
    return reactor
