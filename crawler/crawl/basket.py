"""A ledger without a database, for the few pages of a pasted link or of a source that is being looked at."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from crawler.configuration.sources import Source
from crawler.crawl.seam import Handled, HostMemory, Known, PageResult, StoredRobots, Turn, Validators
from crawler.outcomes import Outcome
from crawler.reading.document import Hints, Page

_CLOCK_WRONG = 60.0  # a pause this much longer than two leases is none of ours: the clock was set


@dataclass
class ShortMemory:
    """What a few crawls, one after the other, remember of their hosts: a pause lasts from one to the next."""

    robots_files: dict[str, StoredRobots] = field(default_factory=dict)
    held: dict[str, datetime] = field(default_factory=dict)
    free: dict[str, tuple[float, float | None]] = field(default_factory=dict)  # from when, and the pause it has taught

    def robots(self, origin: str) -> StoredRobots | None:
        return self.robots_files.get(origin)

    def keep_robots(self, origin: str, robots: StoredRobots) -> None:
        self.robots_files[origin] = robots

    def held_until(self, host: str) -> datetime | None:
        return self.held.get(host)

    def hold(self, host: str, until: datetime) -> None:
        self.held[host] = until

    def turn(self, host: str, lease: float, *, busy: bool) -> Turn:
        """Nobody to take turns with, but an earlier crawl may have asked a moment ago."""
        del busy
        free, taught = self.free.get(host, (0.0, None))
        ahead = free - time.time()
        return Turn(ahead if 0 < ahead <= 2 * lease + _CLOCK_WRONG else 0.0, taught)

    def leave(self, hosts: Mapping[str, tuple[float, float | None]]) -> None:
        self.free.update({host: (time.time() + pause, taught) for host, (pause, taught) in hosts.items()})


@dataclass
class Basket:
    """Keeps the pages that came, by id of their source, and what became of each URL.

    `articles`: whether the articles that a listing names are asked; False knows them all already. `hosts`: what is
    known of hosts and whose turn it is: of the database where there is one, so that its crawls keep one gap with us.
    """

    articles: bool = True
    pages: dict[str, Page] = field(default_factory=dict)
    results: dict[str, PageResult] = field(default_factory=dict)
    hosts: HostMemory = field(default_factory=ShortMemory)

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
        return self.hosts.robots(origin)

    def keep_robots(self, origin: str, robots: StoredRobots) -> None:
        self.hosts.keep_robots(origin, robots)

    def held_until(self, host: str) -> datetime | None:
        return self.hosts.held_until(host)

    def hold(self, host: str, until: datetime) -> None:
        self.hosts.hold(host, until)

    def turn(self, host: str, lease: float, *, busy: bool) -> Turn:
        return self.hosts.turn(host, lease, busy=busy)

    def leave(self, hosts: Mapping[str, tuple[float, float | None]]) -> None:
        self.hosts.leave(hosts)

    async def handle(self, page: Page, source: Source) -> Handled:
        # Nothing is known of the page but its bytes: the made-up source of a link is no outlet.
        self.pages[source.id] = replace(page, hints=Hints())
        return Handled(Outcome.MATCHED)
