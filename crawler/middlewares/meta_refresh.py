"""A page that only sends its reader on (`<meta http-equiv="refresh">`) is a redirect like any other: the hop goes back
to the desk, and from there through every guard."""

from __future__ import annotations

import re
from urllib.parse import urldefrag, urljoin

from lxml import etree, html
from scrapy import Request
from scrapy.http import Response

from crawler.crawl.job import JobKind
from crawler.middlewares.challenge import visible_letters
from crawler.middlewares.verdicts import Redirected

SOON = 10.0       # seconds; pages of news reload themselves after minutes
_LETTERS = 600    # of visible text from which on it is a page and not a signpost
_LOOKED_AT = 50_000
_VALUE = re.compile(r"""\s*(\d{1,6}(?:\.\d*)?|\.\d+)\s*[;,\s]\s*(?:url\s*=\s*)?["']?([^"'<>]{1,4000})""", re.IGNORECASE)
_PARSER = html.HTMLParser(encoding="utf-8", no_network=True)


def meta_refresh(url: str, body: bytes) -> str | None:
    """Where the page at `url` sends its reader at once, absolute; None where it has something to say itself, sends
    nobody on, or only reloads. What is written for readers without scripts does not count: walls send these away."""
    head = body[:_LOOKED_AT]
    folded = head.lower()
    if b"http-equiv" not in folded or b"refresh" not in folded:
        return None
    try:
        tree = html.document_fromstring(head, parser=_PARSER)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    tags = (tag for tag in tree.iter("meta") if (tag.get("http-equiv") or "").strip().lower() == "refresh"
            and next(tag.iterancestors("noscript", "template"), None) is None)
    value = _VALUE.match(next((tag.get("content") or "" for tag in tags), ""))
    if not value or float(value[1]) > SOON or visible_letters(body.lower()) >= _LETTERS:
        return None
    base = next((tag.get("href") or "" for tag in tree.iter("base")), "")
    written = value[2].strip()
    try:
        target: str = urldefrag(urljoin(urljoin(url, base), written))[0]
    except ValueError:
        return written  # the desk says what is wrong with it
    return target if target != urldefrag(url)[0] else None


class MetaRefresh:
    """Turns such a page into a verdict. Walls have been told by then: they reload themselves, too."""

    def process_response(self, request: Request, response: Response) -> Response:
        if request.meta["job"].kind is JobKind.ROBOTS or response.status != 200 or "download_stopped" in response.flags:
            return response
        media = (response.headers.get("Content-Type") or b"").split(b";")[0].strip().lower()
        if media in (b"", b"text/html", b"application/xhtml+xml"):
            target = meta_refresh(response.url, response.body)
            if target:
                raise Redirected(target, status=response.status)
        return response
