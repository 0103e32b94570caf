"""Scrapy's HTTP handler with a limit on the head of an answer, which neither Scrapy nor Twisted has: a server that
sends headers without end costs 30 MB a second until the timeout [M, loopback]."""

from __future__ import annotations

from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS

from crawler.middlewares.verdicts import Refused
from crawler.outcomes import Outcome

MOST = 262_144  # bytes of status line and headers; the piece that ends them may bring some of the body


class _LimitedProtocol(_LenientHTTP11ClientProtocol):
    _head = 0

    def request(self, request: Any) -> Any:
        self._head = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        if self._parser is not None and self._parser.state in (STATUS, HEADER):
            self._head += len(data)
            if self._head > MOST:
                refused = Refused(Outcome.TOO_LARGE, f"more than {MOST} bytes of headers")
                self._giveUp(Failure(refused))  # type: ignore[no-untyped-call]
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]


class _LimitedFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: Any) -> _LimitedProtocol:  # noqa: N802
        del addr
        return _LimitedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class HeadLimitedHandler(HTTP11DownloadHandler):
    """For http and https."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._pool._factory = _LimitedFactory
