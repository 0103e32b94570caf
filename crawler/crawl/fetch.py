"""Single pages, fetched as politely as any crawl does: pasted links of `ingest`, `read` and `explain`."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from crawler.configuration.settings import Settings
from crawler.configuration.sources import Discovery, Source
from crawler.crawl.basket import Basket, ShortMemory
from crawler.crawl.from_settings import crawl_settings
from crawler.crawl.runner import run_crawl
from crawler.crawl.seam import CrawlOptions, HostMemory
from crawler.errors import UsageError
from crawler.inputs import Item
from crawler.outcomes import Outcome


def fetch_pages(links: Sequence[str], settings: Settings, hosts: HostMemory | None = None) -> list[Item]:
    """One item a link, in order: its page, or the outcome that it came to. Once a process (the reactor).

    `hosts` is where other crawls take turns at the same hosts (crawler/manners.py), if there is a database.
    """
    unique = list(dict.fromkeys(links))
    sources = {f"link-{number}": _source(number, link) for number, link in enumerate(unique)}
    basket = Basket(hosts=hosts or ShortMemory())
    run_crawl(list(sources.values()), CrawlOptions(since=None), basket, crawl_settings(settings))
    items = []
    for (name, _), link in zip(sources.items(), unique, strict=True):
        page, result = basket.pages.get(name), basket.results.get(link)
        if page is not None:
            items.append(Item(link, link, page))
        else:
            outcome = result.outcome if result else Outcome.NETWORK_ERROR
            reason = result.reason if result and result.reason else "not fetched"
            items.append(Item(link, link, problem=f"{outcome}: {reason}", outcome=outcome))
    return items


def _source(number: int, link: str) -> Source:
    parts = urlsplit(link)
    try:
        return Source(id=f"link-{number}", name=parts.hostname or link, home=f"{parts.scheme}://{parts.netloc}/",
                      country="INT", languages=("en",), kind="general", discover=(Discovery(page=link),))
    except ValueError:
        raise UsageError(f"{link!r} is no web address") from None
