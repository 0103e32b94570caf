"""A page is asked only where the robots.txt of its origin lets us. The desk has fetched that before (crawl/desk.py)."""

from __future__ import annotations

from typing import Any

from scrapy import Request

from crawler.middlewares.robots_rules import Rules


class RobotsCheck:
    """Reads the rules that travel with the request; robots.txt itself travels without."""

    def __init__(self, token: str) -> None:
        self._token = token

    @classmethod
    def from_crawler(cls, crawler: Any) -> RobotsCheck:
        return cls(crawler.settings.get("MARSAD_ROBOTS_NAME"))

    def process_request(self, request: Request) -> None:
        rules: Rules | None = request.meta.get("rules")
        refused = rules.check(request.url, self._token) if rules else None
        if refused:
            raise refused
