"""One JSON line: an address with HTML, or with title and text that somebody else took out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from crawler.outcomes import Outcome
from crawler.reading.document import Document, Hints, Page, Unreadable
from crawler.reading.page import read_page
from crawler.reading.paragraphs import clean_line
from crawler.reading.textfile import read_text


def read_record(
    record: dict[str, Any], hints: Hints | None = None, *, now: datetime | None = None
) -> Document | Unreadable:
    """The document of `{"url", "html"}` or `{"url", "title", "text"}` (published, outlet, authors, language too).

    What the record says are hints; its `language` only votes. A `file://` address stays as it is.
    """
    url = _text(record.get("url")) or ""
    known = _hints(record, hints or Hints())
    html = record.get("html")
    if isinstance(html, str) and html.strip():
        body = b"\xef\xbb\xbf" + html.encode("utf-8", "replace")
        return read_page(Page(url, body, "text/html; charset=utf-8", known), now=now)
    text = record.get("text")
    if isinstance(text, str) and text.strip():
        return _from_text(url, text, known, now)
    return Unreadable(url, Outcome.READ_EMPTY, "the record has neither html nor text")


def _from_text(url: str, text: str, hints: Hints, now: datetime | None) -> Document | Unreadable:
    found = read_text(url, text, hints, now=now, method="record", titled=bool(hints.title))
    if isinstance(found, Unreadable) or not hints.title:
        return found
    return replace(found, title=hints.title, outlet=found.outlet or hints.outlet)


def _hints(record: dict[str, Any], base: Hints) -> Hints:
    authors = record.get("authors") or record.get("author") or ()
    if isinstance(authors, str):
        authors = (authors,)
    names = (
        tuple(clean_line(name) for name in authors if isinstance(name, str) and name.strip())
        if isinstance(authors, (list, tuple))
        else ()
    )
    language = _text(record.get("language"))
    return replace(
        base,
        title=_text(record.get("title")) or base.title,
        published=_text(record.get("published")) or base.published,
        outlet=_text(record.get("outlet")) or base.outlet,
        authors=names or base.authors,
        languages=(language, *base.languages) if language else base.languages,
    )


def _text(value: Any) -> str | None:
    return clean_line(value) or None if isinstance(value, str) else None
