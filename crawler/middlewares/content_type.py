"""Only what can be a page or a listing is downloaded; the rest is stopped after its headers."""

from __future__ import annotations

from typing import Any

from scrapy import Request, signals
from scrapy.exceptions import StopDownload
from scrapy.http import Headers, Response

from crawler.crawl.job import JobKind
from crawler.middlewares.verdicts import Refused
from crawler.outcomes import Outcome
from crawler.reading.pdf import AVAILABLE

_HTML = frozenset({"text/html", "application/xhtml+xml", "text/xml", "application/xml"})
_LISTING = frozenset({"application/json", "application/feed+json", "text/plain", "application/gzip",
                      "application/x-gzip", "application/octet-stream", "binary/octet-stream", "text/rss"})


def acceptable(kind: JobKind, content_type: str) -> bool:
    """Whether a body of this type can be what is wanted; without a type the bytes decide later."""
    media = content_type.split(";", maxsplit=1)[0].strip().lower()
    if kind is JobKind.ROBOTS or not media or media in _HTML:
        return True
    if media == "application/pdf":
        return kind is JobKind.ARTICLE and AVAILABLE
    if media.endswith("+xml"):
        return not media.startswith("image/")
    return kind is JobKind.LISTING and media in _LISTING


def looks_like_markup(body: bytes) -> bool:
    """Whether bytes without a type begin as HTML or XML do."""
    return body[:1024].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1] == b"<"


class ContentType:
    """Stops a download at its headers; its answer still passes the other rules, so a 404 of any type is a 404."""

    @classmethod
    def from_crawler(cls, crawler: Any) -> ContentType:
        middleware = cls()
        crawler.signals.connect(middleware.headers_received, signals.headers_received)
        return middleware

    def headers_received(self, headers: Headers, request: Request) -> None:
        if not acceptable(request.meta["job"].kind, _type_of(headers)):
            raise StopDownload(fail=False)

    def process_response(self, request: Request, response: Response) -> Response:
        kind, media = request.meta["job"].kind, _type_of(response.headers)
        if not acceptable(kind, media):
            raise Refused(Outcome.REFUSED_TYPE, f"content type {media.split(';')[0][:80]}", status=response.status)
        if kind is JobKind.ARTICLE and not media and not looks_like_markup(response.body):
            raise Refused(Outcome.REFUSED_TYPE, "no content type, and no markup", status=response.status)
        return response


def _type_of(headers: Headers) -> str:
    return (headers.get("Content-Type") or b"").decode("latin-1")
