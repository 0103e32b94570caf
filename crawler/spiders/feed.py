"""Feeds: RSS 0.9x to 2.0, RDF, Atom and JSON Feed, as entries."""

from __future__ import annotations

import io
import json
import re
from calendar import timegm
from datetime import datetime, timezone
from html import unescape
from typing import Any
from urllib.parse import urljoin

import feedparser
from w3lib.html import remove_tags

from crawler.outcomes import Outcome
from crawler.reading.dates import parse_date
from crawler.spiders.archive import older_page, same_host
from crawler.spiders.entry import Entry, Found, ListingError, iso_date, iso_time
from crawler.spiders.xml_safety import checked_xml

MAX_BYTES = 5_000_000   # feedparser takes about a second a megabyte
EMPTY_FEED = "a feed without entries"
_SUMMARY = 2_000        # characters kept of a summary
_TITLE = 500
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


def read_feed(url: str, body: bytes, content_type: str = "") -> Found:
    """The entries of a feed, in its order, links absolute. `url` is where it was fetched.

    Broken XML is read as far as it goes. Raises ListingError where it is no feed, or a hostile one.
    """
    if "json" in content_type.lower() or body.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{":
        return _json_feed(url, body)
    safe = checked_xml(body, limit=MAX_BYTES)
    # A stream, never the bytes: feedparser opens a string as a file name or address. Its sanitizer costs half
    # the time and we keep plain text only.
    parsed = feedparser.parse(io.BytesIO(safe), sanitize_html=False, resolve_relative_uris=True,
                              response_headers={"content-location": url, "content-type": _media_type(content_type)})
    entries = tuple(entry for raw in parsed.entries if (entry := _entry(raw, url)))
    if not entries and not parsed.version:
        raise ListingError(Outcome.READ_EMPTY, "a web page, not a feed" if _HTML.search(safe[:2_000]) else "not a feed")
    if not entries:
        raise ListingError(Outcome.READ_EMPTY, EMPTY_FEED)
    return Found(entries, more=older_page(parsed.feed, url))


def _media_type(content_type: str) -> str:
    """feedparser believes the charset of the header, which is right, but calls text/html no feed, which it often is."""
    charset = re.search(r"charset\s*=\s*[\"']?([\w.-]+)", content_type, re.IGNORECASE)
    return f"application/xml; charset={charset[1]}" if charset else "application/xml"


def _entry(raw: Any, base: str) -> Entry | None:
    link = raw.get("feedburner_origlink") or raw.get("link") or ""
    if not link:
        identifier = str(raw.get("id") or "")
        link = identifier if identifier.startswith(("http://", "https://")) else ""
    if not link:
        return None
    names = [str(author.get("name") or "") for author in raw.get("authors") or [] if isinstance(author, dict)]
    names = names or [str(raw.get("author") or "")]
    source = raw.get("source")
    # RSS names the origin in `source`, Bing in an element of its own.
    origin = source.get("title") if isinstance(source, dict) else raw.get("news_source")
    return Entry(
        url=urljoin(base, str(link).strip()),
        title=_plain(raw.get("title"), _TITLE),
        published=_dated(raw, "published"),
        updated=_dated(raw, "updated"),
        authors=tuple(dict.fromkeys(name for part in names if (name := _plain(part, 200)))),
        summary=_plain(raw.get("summary"), _SUMMARY),
        source_name=_plain(origin, 200),
    )


def _address(identifier: object) -> str | None:
    return identifier if isinstance(identifier, str) and identifier.startswith(("http://", "https://")) else None


def _dated(raw: Any, key: str) -> str | None:
    """The date under `key`, which feedparser gives in UTC; asked with `in`, or it lends `published` to `updated`."""
    parsed = raw.get(f"{key}_parsed") if f"{key}_parsed" in raw else None
    if parsed:
        try:
            return iso_time(datetime.fromtimestamp(timegm(parsed), timezone.utc))
        except (ValueError, OverflowError, OSError):
            return None
    if key not in raw:
        return None
    written = str(raw.get(key) or "")[:100]
    # "jeu, 07 mai 2026 10:30:00 +0100", "7 ماي 2026": no feed should say so, many do.
    return iso_date(written) or iso_date(parse_date(written))


def _plain(value: Any, length: int) -> str | None:
    """Markup taken out, entities and white space settled, at most `length` characters."""
    if not isinstance(value, str) or not value:
        return None
    text = unescape(remove_tags(value[: 10 * length])) if "<" in value or "&" in value else value
    return _SPACE.sub(" ", text.replace("\0", "")).strip()[:length] or None


def _json_feed(url: str, body: bytes) -> Found:
    if len(body) > MAX_BYTES:
        raise ListingError(Outcome.TOO_LARGE, f"{len(body)} bytes of JSON, more than {MAX_BYTES}")
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise ListingError(Outcome.READ_EMPTY, "neither XML nor JSON") from None
    if not isinstance(data, dict) or not isinstance(data.get("items"), list):
        raise ListingError(Outcome.READ_EMPTY, "JSON, but not a feed")
    entries = []
    for item in data["items"]:
        if not isinstance(item, dict):
            continue
        link = item.get("url") or item.get("external_url") or _address(item.get("id"))
        if not isinstance(link, str) or not link:
            continue
        authors = item.get("authors") or [item.get("author")]
        entries.append(Entry(
            url=urljoin(url, link.strip()), title=_plain(item.get("title"), _TITLE),
            published=iso_date(str(item.get("date_published") or "")),
            updated=iso_date(str(item.get("date_modified") or "")),
            authors=tuple(name for author in authors if isinstance(author, dict)
                          and (name := _plain(author.get("name"), 200))),
            summary=_plain(item.get("summary"), _SUMMARY)))
    if not entries:
        raise ListingError(Outcome.READ_EMPTY, EMPTY_FEED)
    onward = data.get("next_url")
    return Found(tuple(entries), more=same_host(urljoin(url, onward.strip()), url) if isinstance(onward, str) else None)
