"""No request leaves for an address that is not public, unless the configuration names it. Every hop passes here."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.exceptions import CannotResolveHostError

from crawler.middlewares.addresses import check_address, host_key
from crawler.middlewares.resolver import take_refusal
from crawler.middlewares.verdicts import Refused
from crawler.outcomes import Outcome


class AddressGuard:
    """Judges the address as written; what the name resolves to is judged by the resolver, whose no is told here."""

    def __init__(self, allowed: frozenset[str]) -> None:
        self._allowed = allowed

    @classmethod
    def from_crawler(cls, crawler: Any) -> AddressGuard:
        return cls(frozenset(crawler.settings.getlist("MARSAD_ALLOWED_HOSTS")))

    def process_request(self, request: Request) -> None:
        refused = check_address(request.url, self._allowed)
        if refused:
            raise refused

    def process_exception(self, request: Request, exception: Exception) -> None:
        if isinstance(exception, CannotResolveHostError):
            address = take_refusal(host_key(request.url))
            if address:
                raise Refused(Outcome.REFUSED_ADDRESS, f"resolves to {address}, which is not public") from exception
