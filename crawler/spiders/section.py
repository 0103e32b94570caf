"""Section pages: the article links of a listing in HTML, by the source's own pattern or by their looks."""

from __future__ import annotations

import codecs
import re
from urllib.parse import urldefrag, urljoin

from lxml import etree, html

from crawler.outcomes import Outcome
from crawler.spiders.entry import Entry, Found, ListingError
from crawler.spiders.pager import next_page
from crawler.spiders.teasers import Link, Surroundings, date_beside, teasers, words_of

MAX_LINKS = 500
NO_LIST = "no list of article links found; name their pattern as `follow`"
_ANCHORS = 5_000  # looked at; no listing of news has more
_URL = 2_000      # longer addresses are not matched: a pattern of a user's own is not to run on megabytes


def read_section(url: str, body: bytes, content_type: str = "", *, follow: str | None, page: int = 1) -> Found:
    """The article links of the page, each once, in order: those that match the regular expression `follow`, or where
    there is none, those that repeat as teasers do. `page` is the number of this page of the section.

    Raises ListingError where there is no HTML or no such link.
    """
    tree = _tree(body, content_type)
    links = _links(tree, url)
    chosen = _matching(links, follow) if follow else teasers(links, url)
    if not chosen:
        why = f"no link matches {follow!r}" if follow else NO_LIST
        raise ListingError(Outcome.READ_EMPTY, why)
    notes = (f"more than {MAX_LINKS} links match; the rest was left out",) if len(chosen) > MAX_LINKS else ()
    around = Surroundings(link for group in chosen.values() for link in group)
    entries = tuple(Entry(address, title=_title(group), published=date_beside(group, around))
                    for address, group in list(chosen.items())[:MAX_LINKS])
    return Found(entries, notes=notes, more=next_page(tree, links, url, page))


def _tree(body: bytes, content_type: str) -> html.HtmlElement:
    charset = re.search(r"charset\s*=\s*[\"']?([\w.-]+)", content_type, re.IGNORECASE)
    try:
        return html.document_fromstring(body, parser=html.HTMLParser(encoding=_known(charset[1]) if charset else None,
                                                                     no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise ListingError(Outcome.READ_EMPTY, "no HTML") from None


def _links(tree: html.HtmlElement, url: str) -> list[Link]:
    """Every link of the page in order, absolute and without fragment; not those to the page itself."""
    base = url
    for given in tree.iterfind(".//base[@href]"):
        base = urljoin(url, given.get("href", "").strip())
        break
    links = []
    for anchor in tree.iter("a"):
        href = (anchor.get("href") or "").strip()
        if not href or href.startswith("#"):
            continue
        try:
            link = urldefrag(urljoin(base, href))[0]
        except ValueError:
            continue
        if len(link) <= _URL and link != url:
            links.append(Link(link, anchor))
        if len(links) == _ANCHORS:
            break
    return links


def _matching(links: list[Link], follow: str) -> dict[str, list[Link]]:
    pattern = re.compile(follow)
    chosen: dict[str, list[Link]] = {}
    for link in links:
        if link.url in chosen or pattern.search(link.url):
            chosen.setdefault(link.url, []).append(link)
    return chosen


def _title(group: list[Link]) -> str | None:
    """The words of the link that says most, where they are a headline and not a whole card."""
    said = max((words_of(link.anchor) for link in group), key=len)
    return said if 15 <= len(said) <= 250 else None


def _known(charset: str) -> str | None:
    """lxml stops at a charset that it does not know; then the page's own meta counts."""
    try:
        return codecs.lookup(charset).name
    except LookupError:
        return None
