"""The address guard at connect time: what a name resolves to is filtered before it is dialled.

Twisted dials exactly the addresses that this resolver hands on, so a name that is public when looked at and private
when connected to (DNS rebinding) has no moment to change. Works for IPv4 and IPv6.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scrapy.resolver import CachingHostnameResolver
from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.middlewares.addresses import is_public

# host:port → the address that was not dialled. One crawl a process; the guard takes its entry out when it tells.
_refusals: dict[str, str] = {}


def take_refusal(host_key: str) -> str | None:
    """The address because of which `host:port` was not dialled, once."""
    return _refusals.pop(host_key, None)


@implementer(IResolutionReceiver)
class FilteringReceiver:
    """Hands on only the addresses that may be dialled."""

    def __init__(self, receiver: Any, host_key: str, *, free: bool) -> None:
        self._receiver, self._host_key, self._free = receiver, host_key, free
        self._passed = 0
        self._refused: str | None = None

    def resolutionBegan(self, resolution: IHostResolution) -> None:  # noqa: N802
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: IAddress) -> None:  # noqa: N802
        printed = str(getattr(address, "host", ""))
        if self._free or is_public(printed):
            self._passed += 1
            self._receiver.addressResolved(address)
        else:
            self._refused = printed

    def resolutionComplete(self) -> None:  # noqa: N802
        if self._refused and not self._passed:
            _refusals[self._host_key] = self._refused
        self._receiver.resolutionComplete()


@implementer(IHostnameResolver)
class GuardedResolver:
    """Scrapy's caching resolver with the guard around it. Set as TWISTED_DNS_RESOLVER."""

    def __init__(self, reactor: Any, inner: Any, allowed: frozenset[str]) -> None:
        self._reactor, self._inner, self._allowed = reactor, inner, allowed

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> GuardedResolver:
        inner = CachingHostnameResolver.from_crawler(crawler, reactor)
        return cls(reactor, inner, frozenset(crawler.settings.getlist("MARSAD_ALLOWED_HOSTS")))

    def install_on_reactor(self) -> None:
        self._reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802
        self, resolutionReceiver: Any, hostName: str, portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[Any] | None = None, transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        key = f"{hostName.rstrip('.').lower()}:{portNumber}"
        receiver = FilteringReceiver(resolutionReceiver, key, free=key in self._allowed)
        return self._inner.resolveHostName(receiver, hostName, portNumber, addressTypes, transportSemantics)
