"""The next page of a section: `rel=next`, or the link that only counts one further. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urldefrag, urljoin, urlsplit

from lxml import html

from crawler.spiders.teasers import Link, words_of

# A number at a place where addresses count pages: /page/2, ?page=2, ?paged=2, /p2, -page-2.html
_COUNTED = re.compile(r"(?:(?<=[/?&_-])(?:page|paged|p|pg|seite|pagina)[/=_-]?)(\d{1,4})(?=\D|$)", re.IGNORECASE)
_DIGITS = re.compile(r"\d{1,4}")


def next_page(tree: html.HtmlElement, links: Sequence[Link], url: str, page: int) -> str | None:
    """The address of page `page + 1` of the section at `url`, on the same host; None where the page names none."""
    for element in tree.iter("link", "a"):
        if "next" in (element.get("rel") or "").lower().split():
            try:
                target: str = urldefrag(urljoin(url, (element.get("href") or "").strip()))[0]
            except ValueError:
                continue
            if _same_place(target, url) and target != url:
                return target
    for link in links:
        if _same_place(link.url, url) and _counts(link, url, page + 1):
            return link.url
    return None


def _counts(link: Link, url: str, wanted: int) -> bool:
    """Whether the link counts pages and is the one wanted. Some addresses count from 0; what is printed decides."""
    counted = _COUNTED.search(urlsplit(link.url)._replace(scheme="", netloc="").geturl())
    if not counted:
        return False
    printed = words_of(link.anchor)
    if _DIGITS.fullmatch(printed):
        return int(printed) == wanted
    return int(counted[1]) == wanted and not _COUNTED.search(urlsplit(url).path + "?" + urlsplit(url).query)


def _same_place(one: str, other: str) -> bool:
    """Same host, and the section's own path is how the address begins."""
    a, b = urlsplit(one), urlsplit(other)
    stem = _COUNTED.split(b.path)[0].rstrip("/")
    return a.scheme in {"http", "https"} and a.netloc == b.netloc and a.path.startswith(stem)
