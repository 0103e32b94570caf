"""WordPress by its REST interface: `/wp-json/wp/v2/posts`, whose answers hold the whole text of the posts."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from html import escape, unescape
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from w3lib.html import remove_tags

from crawler.outcomes import Outcome
from crawler.spiders.entry import Entry, Found, ListingError, iso_date

PER_PAGE = 50
PAGES = 10             # asked at most where the source does not say
_FIELDS = "id,link,date_gmt,modified_gmt,title,content,excerpt,yoast_head_json.author"
_FULL = 500            # letters from which on the content is the article and no teaser
_SUMMARY = 2_000
# Written where a text is cut off: a theme's "read more" comes as one of these before its link.
_CUT = re.compile(r"(?:\[\s*(?:…|\.\.\.|&hellip;)\s*\]|…|\.\.\.)\s*\S{0,20}\s*$")
_SPACE = re.compile(r"\s+")


def first_page(site: str, cutoff: datetime | None, words: str | None = None, *, plain: bool = False) -> str:
    """The address of the first page of posts of `site` (its home). `plain` is the form for sites whose addresses
    are not rewritten. The window begins with the month of `cutoff`: an address that changed every day would make
    every visit a first one."""
    pairs = {"per_page": str(PER_PAGE), "orderby": "date", "order": "desc", "_fields": _FIELDS}
    if cutoff is not None:
        pairs["after"] = f"{cutoff:%Y-%m}-01T00:00:00"
    if words:
        pairs["search"] = words
    base = site if site.endswith("/") or urlsplit(site).query else f"{site}/"
    if plain:
        return f"{urljoin(base, './')}?{urlencode({'rest_route': '/wp/v2/posts', **pairs}, quote_via=quote)}"
    return f"{urljoin(base, 'wp-json/wp/v2/posts')}?{urlencode(pairs, quote_via=quote)}"


def next_page(url: str, headers: Mapping[str, str], entries: int) -> str | None:
    """The address of the page after `url`, as the answer's headers (lower case) count them; where a proxy took them
    out, there is one behind every full page."""
    parts = urlsplit(url)
    pairs = dict(parse_qsl(parts.query, keep_blank_values=True))
    page = int(pairs.get("page") or 1) if (pairs.get("page") or "1").isdigit() else 1
    total = headers.get("x-wp-totalpages", "")
    if page >= int(total) if total.isdigit() else entries < PER_PAGE:
        return None
    return urlunsplit(parts._replace(query=urlencode({**pairs, "page": str(page + 1)}, quote_via=quote)))


def read_wordpress(url: str, body: bytes, headers: Mapping[str, str] | None = None) -> Found:
    """The posts of one answer: those that hold their whole text with a page made of it, the others as links.

    Raises ListingError where it is no such answer.
    """
    text = body.decode("utf-8-sig", "replace").strip()
    start = text.find("[{")  # warnings of a broken plugin stand before the JSON at times
    try:
        posts = json.loads(text[start:] if 0 < start < 5_000 and text[:1] not in "[{" else text, strict=False)
    except (ValueError, RecursionError):
        raise ListingError(Outcome.READ_EMPTY, NO_REST) from None
    if isinstance(posts, dict) and "code" in posts:
        raise ListingError(Outcome.READ_EMPTY, f"WordPress says {str(posts['code'])[:80]}")
    if not isinstance(posts, list):
        raise ListingError(Outcome.READ_EMPTY, NO_REST)
    entries = tuple(entry for post in posts if isinstance(post, dict) and (entry := _entry(post, url)))
    onward = next_page(url, headers or {}, len(posts)) if posts else None
    return Found(entries, more=onward)


NO_REST = "no WordPress REST interface there"
_REASONS = {401: "the WordPress REST interface is closed to the public (HTTP 401)",
            403: "the WordPress REST interface is closed to us (HTTP 403)",
            404: f"{NO_REST} (HTTP 404)", 410: f"{NO_REST} (HTTP 410)"}


def explained(reason: str, status: int | None) -> str:
    """Why the interface did not answer, in words of its own."""
    return _REASONS.get(status or 0, reason)


def _entry(post: Mapping[str, Any], base: str) -> Entry | None:
    link = post.get("link")
    if not isinstance(link, str) or not link.strip():
        return None
    title = _plain(_rendered(post, "title"), 500)
    excerpt = _plain(_rendered(post, "excerpt"), _SUMMARY)
    meta = post.get("yoast_head_json")
    author = _plain(str(meta.get("author") or ""), 200) if isinstance(meta, dict) else None
    entry = Entry(url=urljoin(base, link.strip()), title=title, published=_moment(post, "date_gmt"),
                  updated=_moment(post, "modified_gmt"), authors=(author,) if author else (), summary=excerpt,
                  content=None)
    content = _rendered(post, "content")
    if not is_full(content, excerpt) or _protected(post):
        return entry
    return Entry(**{name: getattr(entry, name) for name in Entry.__slots__} | {"content": page_of(entry, content)})


def is_full(content: str, excerpt: str | None) -> bool:
    """Whether `content` (HTML) is a whole article: long enough, longer than its excerpt, and not cut off."""
    text = _plain(content, 1_000_000) or ""
    return len(text) >= _FULL and len(text) > len(excerpt or "") and not _CUT.search(text)


def page_of(entry: Entry, content: str) -> bytes:
    """A page as reading expects one: what WordPress said of the post in its head, the content in its body."""
    head = [f'<link rel="canonical" href="{escape(entry.url)}">', '<meta property="og:type" content="article">',
            f'<meta property="og:title" content="{escape(entry.title or "")}">']
    for name, value in (("published_time", entry.published), ("modified_time", entry.updated)):
        if value:
            head.append(f'<meta property="article:{name}" content="{value}">')
    head += [f'<meta name="author" content="{escape(name)}">' for name in entry.authors]
    title = escape(entry.title or "")
    return (f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{"".join(head)}</head>'
            f"<body><article><h1>{title}</h1>{content}</article></body></html>").encode("utf-8", "replace")


def _rendered(post: Mapping[str, Any], key: str) -> str:
    value = post.get(key)
    text = value.get("rendered") if isinstance(value, dict) else value
    return text if isinstance(text, str) else ""


def _protected(post: Mapping[str, Any]) -> bool:
    content = post.get("content")
    return isinstance(content, dict) and bool(content.get("protected"))


def _moment(post: Mapping[str, Any], key: str) -> str | None:
    value = post.get(key)
    return iso_date(f"{value}Z") if isinstance(value, str) and value else None


def _plain(markup: str, length: int) -> str | None:
    text = unescape(remove_tags(markup)) if "<" in markup or "&" in markup else markup
    return _SPACE.sub(" ", text.replace("\0", "")).strip()[:length] or None
