"""Each kind of discovery: the addresses at which it begins, and the reader of what they answer. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urljoin, urlsplit

from crawler.configuration.search import SearchPlan
from crawler.configuration.sources import AUTO, TOPIC, Discovery, Source
from crawler.outcomes import Outcome
from crawler.spiders import wordpress
from crawler.spiders.entry import Found, ListingError
from crawler.spiders.feed import read_feed
from crawler.spiders.queries import searches
from crawler.spiders.search import read_search
from crawler.spiders.section import read_section
from crawler.spiders.sitemap import read_sitemap

# Pages of one listing that are read at most where the source does not say; each only while the one before was new.
PAGES = {"feed": 3, "section": 3, "wordpress": wordpress.PAGES}
_MOST_WORDS = 12  # phrases of the topic that a WordPress site is searched for
# A listing is there and says nothing: outcomes after which the spare address is worth a try.
_ABSENT = frozenset({404, 410, 405, 501})


@dataclass(frozen=True, slots=True)
class Opening:
    """One address at which a way begins; `spare` is asked where it is not there, `gap` seconds between two of them.

    `robots`: the address is a robots.txt, and its Sitemap lines are what is wanted.
    """

    url: str
    spare: str | None = None
    gap: float = 0.0
    robots: bool = False


def openings(source: Source, way: Discovery, plan: SearchPlan, *, window: timedelta | None = None,
             cutoff: datetime | None = None) -> tuple[Opening, ...]:
    """Where the way begins, one or several. Raises ListingError where it cannot: the reason is for people."""
    if way.kind == "search":
        service = plan.services.get(way.url)
        if service is None:
            known = ", ".join(plan.services) or "none"
            raise ListingError(Outcome.READ_EMPTY, f"no such service in config/search.yml (known: {known})")
        if not service.enabled:
            why = f": {service.reason}" if service.reason else ""
            raise ListingError(Outcome.READ_EMPTY, f"switched off in config/search.yml{why}")
        words = None if way.query == TOPIC else way.query
        found = searches(service, source, plan, window, words)
        if not found:
            raise ListingError(Outcome.READ_EMPTY, "nothing to ask for: the topic has no `queries` in these languages")
        return tuple(Opening(url, gap=service.gap) for url in found)
    if way.kind == "wordpress":
        return tuple(Opening(wordpress.first_page(way.url, cutoff, words),
                             wordpress.first_page(way.url, cutoff, words, plain=True))
                     for words in _wordpress_words(source, way, plan))
    if way.sitemap == AUTO:
        parts = urlsplit(source.home)
        return (Opening(f"{parts.scheme}://{parts.netloc.lower()}/robots.txt", robots=True),)
    return (Opening(way.url),)


def _wordpress_words(source: Source, way: Discovery, plan: SearchPlan) -> tuple[str | None, ...]:
    """What a WordPress site is searched for: nothing (all its posts), given words, or the topic's phrases."""
    if way.query != TOPIC:
        return (way.query,)
    phrases = [phrase for language in ("any", *source.languages) for phrase in plan.phrases.get(language, ())]
    return tuple(dict.fromkeys(phrases))[:_MOST_WORDS] or (None,)


def sitemaps_of_robots(url: str, named: tuple[str, ...]) -> tuple[str, ...]:
    """The sitemaps that the robots.txt at `url` names; where it names none, the address at which most sites have
    theirs."""
    return tuple(dict.fromkeys(urljoin(url, line.strip()) for line in named if line.strip())) or (
        urljoin(url, "/sitemap.xml"),)


def most_pages(way: Discovery) -> int:
    """Pages of one listing that are read at most."""
    return way.pages or PAGES.get(way.kind, 1)


def try_spare(kind: str, outcome: Outcome, status: int | None) -> bool:
    """Whether a failed address says no more than that nothing stands there."""
    return kind == "wordpress" and (status in _ABSENT or (outcome is Outcome.READ_EMPTY and status == 200)
                                    or outcome is Outcome.REFUSED_TYPE)


def ends_archive(outcome: Outcome, status: int | None) -> bool:
    """Whether a page of a feed's archive says no more than that the feed ends before it."""
    return status in _ABSENT or outcome is Outcome.READ_EMPTY


def explained(way: Discovery, reason: str, status: int | None) -> str:
    """Why a way did not deliver, in words of its own kind."""
    return wordpress.explained(reason, status) if way.kind == "wordpress" else reason


def read_listing(way: Discovery, url: str, body: bytes, content_type: str, *, max_bytes: int,
                 headers: Mapping[str, str] | None = None, plan: SearchPlan | None = None,
                 cutoff: datetime | None = None, page: int = 1) -> Found:
    """What a fetched listing names. May take a second, so call it in a thread.

    `headers` with lower-case names; `cutoff` lets a sitemap leave out what is older; `page` is the number of this page
    of the listing. Raises ListingError.
    """
    if way.kind == "sitemap":
        return read_sitemap(url, body, content_type, limit=max_bytes, cutoff=cutoff)
    if way.kind == "section":
        return read_section(url, body, content_type, follow=way.follow, page=page)
    if way.kind == "wordpress":
        return wordpress.read_wordpress(url, body, headers)
    if way.kind == "search":
        service = plan.services.get(way.url) if plan else None
        if service is None:
            raise ListingError(Outcome.READ_EMPTY, "no such service in config/search.yml")
        return read_search(service, url, body, content_type)
    return read_feed(url, body, content_type)
