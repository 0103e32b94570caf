"""A page is asked only where the robots.txt of its origin lets us. The desk has fetched that before (crawl/desk.py).

Of a robots.txt only its beginning is taken from the wire, however long it goes on: RFC 9309, 2.5.
"""

from __future__ import annotations

from typing import Any

from scrapy import Request, signals
from scrapy.exceptions import StopDownload

from crawler.crawl.job import JobKind
from crawler.middlewares.rights import WELL_KNOWN
from crawler.middlewares.robots_rules import PARSED, Rules

_RECEIVED = "robots_received"


def takes_beginning(request: Request) -> bool:
    """Whether this is a robots.txt, of which the beginning is enough."""
    job = request.meta["job"]
    return job.kind is JobKind.ROBOTS and not job.asked_origin.endswith(WELL_KNOWN)


class RobotsCheck:
    """Reads the rules that travel with the request; robots.txt itself travels without."""

    def __init__(self, token: str) -> None:
        self._token = token

    @classmethod
    def from_crawler(cls, crawler: Any) -> RobotsCheck:
        middleware = cls(crawler.settings.get("MARSAD_ROBOTS_NAME"))
        crawler.signals.connect(middleware.bytes_received, signals.bytes_received)
        return middleware

    def process_request(self, request: Request) -> None:
        rules: Rules | None = request.meta.get("rules")
        refused = rules.check(request.url, self._token) if rules else None
        if refused:
            raise refused
        if takes_beginning(request):
            # gzip can be undone as far as it goes; a robots.txt of gigabytes may be announced, but is not taken
            request.headers["Accept-Encoding"] = "gzip"
            request.meta["download_maxsize"] = 0

    def bytes_received(self, data: bytes, request: Request) -> None:
        """Ends the download of a robots.txt once there is more than is read."""
        if takes_beginning(request):
            request.meta[_RECEIVED] = request.meta.get(_RECEIVED, 0) + len(data)
            if request.meta[_RECEIVED] > PARSED:
                raise StopDownload(fail=False)
