"""One small crawl in a process of its own, as polite and as guarded as any, that stores nothing.

A reactor starts once a process, and getting to know a site takes several crawls one after the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from crawler import forkserver
from crawler.configuration.sources import Source
from crawler.crawl.basket import Basket
from crawler.crawl.seam import (
    CrawlOptions,
    CrawlSettings,
    CrawlSummary,
)
from crawler.errors import NothingDoneError, is_told
from crawler.manners import turns_at

WINDOW = timedelta(days=30)


@dataclass(frozen=True)
class Probed:
    """What came of it: the pages by source, what became of each address, the figures."""

    summary: CrawlSummary
    basket: Basket


def probe(sources: Sequence[Source], settings: CrawlSettings, *, own_hosts: bool,
          before: Probed | None = None, database: str | None = None) -> Probed:
    """Ask every way of `sources` once; articles of listings are not asked, pages of `page` ways come back.

    `own_hosts`: the configuration itself names these sources, so their own hosts may be private. `before` hands on
    what an earlier one learnt of hosts. `database` is where crawls take turns at them, if there is one.
    """
    basket = Basket(articles=False)
    if before is not None:
        basket.hosts = before.basket.hosts
    context = forkserver.start(None, *forkserver.CRAWL)
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_crawl, args=(theirs, tuple(sources), settings, own_hosts, basket, database),
                            daemon=True)
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


def _crawl(answer: Any, sources: Sequence[Source], settings: CrawlSettings, own_hosts: bool, basket: Basket,
           database: str | None) -> None:
    from crawler.crawl.runner import run_crawl  # noqa: PLC0415 - Scrapy is for the child alone

    try:
        options = CrawlOptions(since=WINDOW, conditional=False, own_hosts=own_hosts)
        remembered = basket.hosts
        basket.hosts = (turns_at(database) if database else None) or remembered
        summary = run_crawl(sources, options, basket, settings)
        basket.hosts = remembered  # a connection does not travel
        answer.send((summary, basket))
    except Exception as error:
        if not is_told(error):
            raise
        answer.send(NothingDoneError(str(error)))
    finally:
        answer.close()
