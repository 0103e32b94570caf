"""One URL on its way: what it is wanted for, by whom, and over which redirects it came."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.configuration.sources import Source
from crawler.middlewares.verdicts import Refused
from crawler.reading.document import Hints
from crawler.urls import host_of

if TYPE_CHECKING:
    from crawler.crawl.listing import Listing


class JobKind(Enum):
    """What a URL is wanted for."""

    ROBOTS = "robots"
    LISTING = "listing"
    ARTICLE = "article"


@dataclass(eq=False, slots=True)
class Job:
    """A URL to ask. `url` is where it stands now, `hops` the addresses that redirected to it, first asked first;
    `permanent` are those that said for good.

    `listing` is what the job reads (a LISTING) or what named it (an ARTICLE). `counted` once it was handed out,
    `sent` once it went over the wire, `ended` once it has its outcome, `last` what its last attempt came to.
    """

    url: str
    kind: JobKind
    source: Source
    listing: Listing | None = None
    hints: Hints = field(default_factory=Hints)
    hops: tuple[str, ...] = ()
    attempts: int = 0
    forced: bool = False
    again: bool = False  # an article that is known, asked because its listing says that it was changed
    permanent: frozenset[str] = frozenset()
    gap: float = 0.0  # seconds that its host asks for between two requests of this kind
    counted: bool = False
    sent: bool = False
    ended: bool = False
    last: Refused | None = None

    @property
    def host(self) -> str:
        """Name and port, as politeness counts."""
        return host_of(self.url)

    @property
    def origin(self) -> str:
        """Scheme, name and port: what one robots.txt speaks for."""
        return f"{urlsplit(self.url).scheme}://{self.host}"

    @property
    def from_listing(self) -> Listing:
        """The listing that it reads or was named by; robots.txt has none."""
        if self.listing is None:
            raise AssertionError(f"{self.url} is of no listing")
        return self.listing

    @property
    def asked_origin(self) -> str:
        """The origin whose robots.txt this job asks for, redirected or not."""
        return (self.hops[0] if self.hops else self.url).removesuffix("/robots.txt")
