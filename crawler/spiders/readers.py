"""Which reader reads which kind of discovery. What is not in this table is not built yet, and the summary says so."""

from __future__ import annotations

from crawler.configuration.sources import Discovery
from crawler.spiders.entry import Found
from crawler.spiders.feed import read_feed
from crawler.spiders.section import read_section
from crawler.spiders.sitemap import read_sitemap

BUILT = frozenset({"feed", "sitemap", "section", "page"})


def read_listing(way: Discovery, url: str, body: bytes, content_type: str, *, max_bytes: int) -> Found:
    """What a fetched listing names. Pure; may take a second, so call it in a thread.

    Raises ListingError.
    """
    if way.kind == "sitemap":
        return read_sitemap(url, body, content_type, limit=max_bytes)
    if way.kind == "section":
        return read_section(url, body, content_type, follow=way.follow)
    return read_feed(url, body, content_type)
