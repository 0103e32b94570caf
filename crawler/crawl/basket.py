"""A ledger without a database, for the few pages of a pasted link or of a source that is being looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from crawler.configuration.sources import Source
from crawler.crawl.seam import Handled, Known, PageResult, StoredRobots, Turn, Validators
from crawler.outcomes import Outcome
from crawler.reading.document import Hints, Page


@dataclass
class Basket:
    """Keeps the pages that came, by id of their source, and what became of each URL.

    `articles`: whether the articles that a listing names are asked; False knows them all already.
    """

    articles: bool = True
    pages: dict[str, Page] = field(default_factory=dict)
    results: dict[str, PageResult] = field(default_factory=dict)
    robots_files: dict[str, StoredRobots] = field(default_factory=dict)
    held: dict[str, datetime] = field(default_factory=dict)

    def known(self, urls: Sequence[str]) -> Mapping[str, Known]:
        return {} if self.articles else {url: Known(Outcome.OFF_TOPIC, exact=True) for url in urls}

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
