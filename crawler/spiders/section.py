"""Section pages: the article links of a listing in HTML, by the source's own pattern."""

from __future__ import annotations

import codecs
import re
from urllib.parse import urldefrag, urljoin

from lxml import etree, html

from crawler.outcomes import Outcome
from crawler.spiders.entry import Entry, Found, ListingError

MAX_LINKS = 500
_URL = 2_000  # longer addresses are not matched: a pattern of a user's own is not to run on megabytes


def read_section(url: str, body: bytes, content_type: str = "", *, follow: str | None) -> Found:
    """The links of the page that match the regular expression `follow`, each once, in order.

    Raises ListingError where there is no pattern, no HTML or no such link.
    """
    if not follow:
        raise ListingError(Outcome.READ_EMPTY, "no `follow` pattern in the configuration")
    pattern = re.compile(follow)
    charset = re.search(r"charset\s*=\s*[\"']?([\w.-]+)", content_type, re.IGNORECASE)
    try:
        tree = html.document_fromstring(body, parser=html.HTMLParser(encoding=_known(charset[1]) if charset else None,
                                                                     no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise ListingError(Outcome.READ_EMPTY, "no HTML") from None
    base = url
    for given in tree.iterfind(".//base[@href]"):
        base = urljoin(url, given.get("href", "").strip())
        break
    links: dict[str, None] = {}
    for anchor in tree.iter("a"):
        try:
            link = urldefrag(urljoin(base, (anchor.get("href") or "").strip()))[0]
        except ValueError:
            continue
        if len(link) <= _URL and link != url and pattern.search(link):
            links.setdefault(link)
    if not links:
        raise ListingError(Outcome.READ_EMPTY, f"no link matches {follow!r}")
    notes = (f"more than {MAX_LINKS} links match; the rest was left out",) if len(links) > MAX_LINKS else ()
    return Found(tuple(Entry(url=link) for link in list(links)[:MAX_LINKS]), notes=notes)


def _known(charset: str) -> str | None:
    """lxml stops at a charset that it does not know; then the page's own meta counts."""
    try:
        return codecs.lookup(charset).name
    except LookupError:
        return None
