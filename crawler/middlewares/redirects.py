"""Redirects are not followed here: each hop goes back to the desk, and from there the whole way of a first request."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urldefrag, urljoin

from scrapy import Request
from scrapy.http import Response

from crawler.middlewares.verdicts import Redirected, Refused
from crawler.outcomes import Outcome

_STATUSES = frozenset({301, 302, 303, 307, 308})


def next_hop(hops: Sequence[str], url: str, location: str, limit: int) -> str | Refused:
    """The absolute address that `url` redirects to after `hops` before it; REDIRECT_LOOP at a loop or over `limit`."""
    try:
        target = urldefrag(urljoin(url, location.strip()))[0]
    except ValueError:
        return Refused(Outcome.REFUSED_ADDRESS, "redirects to an address that cannot be parsed")
    if target in {urldefrag(hop)[0] for hop in (*hops, url)}:
        return Refused(Outcome.REDIRECT_LOOP, f"redirects back to {target}")
    if len(hops) >= limit:
        return Refused(Outcome.REDIRECT_LOOP, f"more than {limit} redirects")
    return target


class Redirects:
    """Turns a redirect into a verdict."""

    def process_response(self, request: Request, response: Response) -> Response:
        location = response.headers.get("Location")
        if response.status in _STATUSES and location:
            raise Redirected(location.decode("utf-8", "replace"), status=response.status)
        return response
