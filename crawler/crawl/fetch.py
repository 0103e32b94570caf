"""Single pages, fetched as politely as any crawl does: pasted links of `ingest`, `read` and `explain`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from crawler.configuration.settings import Settings
from crawler.configuration.sources import Discovery, Source
from crawler.crawl.from_settings import crawl_settings
from crawler.crawl.runner import run_crawl
from crawler.crawl.seam import CrawlOptions, Handled, Known, PageResult, StoredRobots, Turn, Validators
from crawler.errors import UsageError
from crawler.inputs import Item
from crawler.outcomes import Outcome
from crawler.reading.document import Hints, Page


class _Basket:
    """A ledger without a database: keeps the pages that came, and why others did not."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.results: dict[str, PageResult] = {}
        self._robots: dict[str, StoredRobots] = {}
        self._held: dict[str, datetime] = {}

    def known(self, urls: Sequence[str]) -> Mapping[str, Known]:
        del urls
        return {}

    def record(self, result: PageResult) -> None:
        self.results[result.url] = result

    def touch(self, url: str, checked_at: datetime) -> None:
        """Nothing is kept that could be touched."""

    def validators(self, url: str) -> Validators | None:
        del url
        return None

    def keep_validators(self, url: str, validators: Validators) -> None:
        """Pages are asked once."""

    def robots(self, origin: str) -> StoredRobots | None:
        return self._robots.get(origin)

    def keep_robots(self, origin: str, robots: StoredRobots) -> None:
        self._robots[origin] = robots

    def held_until(self, host: str) -> datetime | None:
        return self._held.get(host)

    def hold(self, host: str, until: datetime) -> None:
        self._held[host] = until

    def turn(self, host: str, lease: float, *, busy: bool) -> Turn:
        """No database, so nobody to take turns with."""
        del host, lease, busy
        return Turn()

    def leave(self, hosts: Mapping[str, tuple[float, float | None]]) -> None:
        """Nothing is held."""

    async def handle(self, page: Page, source: Source) -> Handled:
        self.pages[source.id] = page
        return Handled(Outcome.MATCHED)


def fetch_pages(links: Sequence[str], settings: Settings) -> list[Item]:
    """One item a link, in order: its page, or the outcome that it came to. Once a process (the reactor)."""
    unique = list(dict.fromkeys(links))
    sources = {f"link-{number}": _source(number, link) for number, link in enumerate(unique)}
    basket = _Basket()
    run_crawl(list(sources.values()), CrawlOptions(since=None), basket, crawl_settings(settings))
    items = []
    for (name, _), link in zip(sources.items(), unique, strict=True):
        page, result = basket.pages.get(name), basket.results.get(link)
        if page is not None:
            # Nothing was known beforehand: the made-up source of a link is no outlet.
            items.append(Item(link, link, replace(page, hints=Hints())))
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
