"""The seam between the crawl and the rest: what it is given (settings, options, ledger, progress) and what it tells.

The crawl knows no SQL and no reading; the ledger behind this protocol does. Times are aware UTC datetimes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from crawler.configuration.search import SearchPlan
from crawler.configuration.sources import Source
from crawler.outcomes import Outcome
from crawler.reading.document import Page
from crawler.spiders.entry import Entry


@dataclass(frozen=True, slots=True)
class CrawlSettings:
    """Plain values of config/marsad.toml. Seconds and bytes.

    `allowed_hosts` are `host:port` (port left out where it is the scheme's own) that may be asked though they are
    not public; the addresses of the crawled sources themselves are added by the crawl.
    """

    user_agent: str = "marsad"
    robots_name: str = "marsad"
    delay: float = 1.0
    crawl_delay_cap: float = 30.0
    delay_most: float = 60.0       # the longest pause that a host's answers can teach
    slow_answer: float = 5.0       # an answer that takes longer makes the pause grow
    updates: timedelta | None = None  # so long after it was fetched a changed article is asked again; None: never
    concurrency: int = 16
    timeout: float = 30.0
    max_bytes: int = 10_000_000
    redirects: int = 8
    retries: int = 1
    backoff: float = 5.0           # pause of a host before a failed page of it is asked once more
    retry_after_wait: float = 60.0
    retry_after_cap: float = 86_400.0
    handle_seconds: float = 120.0  # a page whose reading and storing takes longer is read_timeout
    grace_seconds: float = 25.0    # from the first signal to the end by force
    allowed_hosts: frozenset[str] = frozenset()
    rights: frozenset[str] = frozenset()  # which reservations are respected: noindex, noarchive, tdm-reservation
    search: SearchPlan = field(default_factory=SearchPlan)


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    """What one crawl is asked for: `since` None takes all dates, `limit` counts matched articles.

    `conditional` off asks every listing anew, whatever its validators say (a wider window, a changed topic); `anew`
    names sources of which that is asked alone; `moved` maps listings to where earlier crawls learnt that they moved.
    """

    since: timedelta | None = timedelta(days=30)
    limit: int | None = None
    conditional: bool = True
    anew: frozenset[str] = frozenset()
    moved: Mapping[str, str] = field(default_factory=dict)
    own_hosts: bool = True  # a source's own hosts may be asked though not public; off where a stranger named them


@dataclass(frozen=True, slots=True)
class Known:
    """What the store says of a URL: `exact` where that very URL has a row, else a twin of the same canonical form.

    `url` is the address of that row; `fetched_at` its last full answer, `checked_at` the last look at it.
    """

    outcome: Outcome
    exact: bool
    http_status: int | None = None
    url: str = ""
    fetched_at: datetime | None = None
    checked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Validators:
    """What makes the next request for a listing conditional; kept only when all its entries were dealt with."""

    etag: str | None = None
    last_modified: str | None = None
    content_hash: str | None = None
    fetched_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StoredRobots:
    """A robots.txt as it came: `status` of the final answer, `body` of a 200, else empty."""

    status: int
    body: bytes
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Turn:
    """Seconds after which to ask again for a host, 0.0 where it is ours; and the pause that it has taught."""

    wait: float = 0.0
    delay: float | None = None


@dataclass(frozen=True, slots=True)
class PageResult:
    """The one outcome of one URL: a row of `pages`."""

    url: str
    source_id: str
    outcome: Outcome
    reason: str | None = None
    http_status: int | None = None
    fetched_at: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    content_hash: str | None = None
    declared_url: str | None = None  # the address that the page calls its own, normalised
    moved_to: str | None = None      # where a permanent redirect led
    rights: str | None = None        # what its owner reserves


@dataclass(frozen=True, slots=True)
class Handled:
    """What reading, matching and storing made of a fetched page; `declared_url` as in PageResult."""

    outcome: Outcome
    reason: str | None = None
    declared_url: str | None = None


class HostMemory(Protocol):
    """What hosts have asked for, and whose turn it is to ask them."""

    def robots(self, origin: str) -> StoredRobots | None:
        """The robots.txt kept for an origin such as `https://example.org:8443`, however old."""

    def keep_robots(self, origin: str, robots: StoredRobots) -> None:
        """Keep it for a day."""

    def held_until(self, host: str) -> datetime | None:
        """Until when this host (name:port) asked to be left alone, if it did."""

    def hold(self, host: str, until: datetime) -> None:
        """This host asked to be left alone until then."""

    def turn(self, host: str, lease: float, *, busy: bool) -> Turn:
        """Ask for a host for `lease` seconds: one process at a time asks it. A process that is `busy` with pages of it
        keeps it, but must not ask more where others wait."""

    def leave(self, hosts: Mapping[str, tuple[float, float | None]]) -> None:
        """Give up leases: for each host the pause before the next may ask it, and the pause it has taught."""


class Ledger(HostMemory, Protocol):
    """The memory of all crawls. Its calls are short; only `handle` may take its time.

    A `MarsadError` out of any of them ends the crawl and comes out of `run_crawl`; any other exception out of
    `handle` quarantines that one page.
    """

    def known(self, urls: Sequence[str]) -> Mapping[str, Known]:
        """What became of those of `urls` (keys exactly as given) that were asked before, or have a twin that was.

        Of several twins (one canonical form), one that is no `duplicate_url` speaks before one that is.
        """

    def record(self, result: PageResult) -> None:
        """Store (or replace) the row of `result.url`."""

    def touch(self, url: str, checked_at: datetime) -> None:
        """A 304: the row of `url` keeps all but `checked_at`."""

    def validators(self, url: str) -> Validators | None:
        """What was kept for `url`, if anything."""

    def keep_validators(self, url: str, validators: Validators) -> None:
        """All entries of the listing `url` were dealt with: it may be asked conditionally from now on."""

    async def handle(self, page: Page, source: Source) -> Handled:
        """Read, match, link and store one fetched page."""


class Progress(Protocol):
    """Told while the crawl runs; must not block."""

    def found(self, source_id: str, articles: int) -> None:
        """So many more articles of this source are queued."""

    def page(self, source_id: str, outcome: Outcome) -> None:
        """One URL came to its end."""


class NoProgress:
    """For callers that need none."""

    def found(self, source_id: str, articles: int) -> None: ...

    def page(self, source_id: str, outcome: Outcome) -> None: ...


@dataclass(slots=True)
class Seen:
    """What the listings of a source showed in this visit: what its health is judged by (crawler/visiting.py).

    `fresh` links were never seen before, of which `kept` have their outcome now; `newest` is the latest date of an
    entry; `unchanged` counts listings that answered 304; `failed` is the outcome and HTTP status of the first listing
    that did not come; `read` are the addresses of those that came, `missed` of those that did not; `moved` maps a
    listing to where a permanent redirect led.
    """

    listed: int = 0
    fresh: set[str] = field(default_factory=set)
    first: list[Entry] = field(default_factory=list)  # a few, for people to see
    kept: int = 0
    newest: str | None = None
    unchanged: int = 0
    failed: tuple[Outcome, int | None] | None = None
    read: set[str] = field(default_factory=set)
    missed: set[str] = field(default_factory=set)
    moved: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class SourceSummary:
    """What became of one source. `worked` names the way that delivered, `failures` the ways that did not and why."""

    source_id: str
    asked: int = 0
    outcomes: dict[Outcome, int] = field(default_factory=dict)
    worked: str | None = None
    failures: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    seen: Seen = field(default_factory=Seen)


@dataclass(slots=True)
class CrawlSummary:
    """What became of a crawl. `stopped` is None, `limit`, `SIGINT` or `SIGTERM`; `withdrawn` counts URLs that were
    under way when it was stopped: they have no outcome, are not counted as asked, and the next run asks them."""

    sources: dict[str, SourceSummary] = field(default_factory=dict)
    started_at: datetime | None = None
    finished_at: datetime | None = None
    stopped: str | None = None
    withdrawn: int = 0
    exchanges: int = 0  # HTTP requests that went out, retries included

    @property
    def asked(self) -> int:
        return sum(source.asked for source in self.sources.values())

    @property
    def outcomes(self) -> dict[Outcome, int]:
        total: dict[Outcome, int] = {}
        for source in self.sources.values():
            for outcome, count in source.outcomes.items():
                total[outcome] = total.get(outcome, 0) + count
        return total

    @property
    def adds_up(self) -> bool:
        """Asked equals the sum of outcomes, for each source."""
        return all(source.asked == sum(source.outcomes.values()) for source in self.sources.values())
