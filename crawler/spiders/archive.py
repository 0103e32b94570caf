"""The page of a feed that holds what is older: named by the feed (RFC 5005), or counted by WordPress. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from crawler.urls import host_of

_RELATIONS = ("next", "prev-archive")  # of a paged and of an archived feed


def older_page(head: Mapping[str, Any], url: str) -> str | None:
    """The address of the page behind the one at `url`, on the same host; None where there is none.

    `head` is the feed without its entries, as feedparser tells it.
    """
    links = [link for link in head.get("links") or () if isinstance(link, Mapping)]
    for relation in _RELATIONS:
        for link in links:
            if relation in str(link.get("rel") or "").lower().split() and link.get("href"):
                return same_host(urljoin(url, str(link["href"]).strip()), url)
    if "wordpress.org" in str(head.get("generator") or "").lower():
        return _counted(url)
    return None


def same_host(target: str, url: str) -> str | None:
    """`target` where it is another page of the same host: a feed is not to send us through the web."""
    try:
        fits = urlsplit(target).scheme in {"http", "https"} and host_of(target) == host_of(url)
    except ValueError:
        return None
    return target if fits and target != url else None


def _counted(url: str) -> str | None:
    """WordPress serves the next posts of every feed under `paged`."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    page = dict(pairs).get("paged", "1")
    if not page.isdecimal() or len(page) > 4:
        return None
    rest = [pair for pair in pairs if pair[0] != "paged"]
    return urlunsplit(parts._replace(query=urlencode([*rest, ("paged", str(max(1, int(page)) + 1))])))
