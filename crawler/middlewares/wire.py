"""The last station before the wire: what passes here was sent."""

from __future__ import annotations

from scrapy import Request


class Wire:
    """Marks the job as sent, so that pauses and counts follow real exchanges."""

    def process_request(self, request: Request) -> None:
        request.meta["job"].sent = True
