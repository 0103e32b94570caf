"""What search services answer, as entries: GDELT's JSON, and RSS whose links lead over the service itself."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from crawler.configuration.search import Service
from crawler.outcomes import Outcome
from crawler.spiders.entry import Entry, Found, ListingError, iso_date
from crawler.spiders.feed import EMPTY_FEED, read_feed

_SEEN = re.compile(r"^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$")
_BEFORE_MARK = re.compile(r"\s+([,.;:!?%)\]»])")
_AFTER_MARK = re.compile(r"([(\[«])\s+")
_ADDRESS = re.compile(rb"https?://[\x21-\x7e]{4,2000}")


def read_search(service: Service, url: str, body: bytes, content_type: str = "") -> Found:
    """The results on one answer of `service`; no result at all is no error.

    Links are the real addresses; what cannot be told without asking the service again is left out and noted.
    Raises ListingError where the answer is none.
    """
    found = _gdelt(body) if service.reader == "gdelt" else _rss(url, body, content_type)
    entries, wrapped = [], 0
    for entry in found:
        real = unwrapped(entry.url, service)
        if real is None:
            wrapped += 1
        elif not _dropped(real, service.drop_hosts):
            entries.append(replace(entry, url=real))
    notes = (f"{wrapped} results lead over {service.name} itself and were left out",) if wrapped else ()
    return Found(tuple(entries), notes=notes)


def unwrapped(link: str, service: Service) -> str | None:
    """The address behind a service's own link, told from the link alone; None where it cannot be told."""
    parts = urlsplit(link)
    own = urlsplit(service.endpoint)
    if service.unwrap and (parts.netloc == own.netloc or _same_site(parts.netloc, own.netloc)):
        inner = parse_qs(parts.query).get(service.unwrap, [""])[0]
        return inner if inner.startswith(("http://", "https://")) else None
    if parts.netloc == own.netloc and "/articles/" in parts.path:
        return _packed(parts.path.rsplit("/articles/", 1)[1])
    return link


def _same_site(one: str, other: str) -> bool:
    return one.removeprefix("www.") == other.removeprefix("www.")


def _packed(token: str) -> str | None:
    """The address inside a Google News token of before 2024; newer ones hold a number that only Google resolves."""
    try:
        data = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        return None
    match = _ADDRESS.search(data)
    return match[0].decode("ascii") if match else None


def _dropped(url: str, hosts: Iterable[str]) -> bool:
    host = (urlsplit(url).hostname or "").lower()
    return any(host.startswith(name) if name.endswith(".") else host == name for name in hosts)


def _gdelt(body: bytes) -> list[Entry]:
    text = body.decode("utf-8", "replace").strip()
    if not text.startswith("{"):
        # Mistakes come as a line of plain text with status 200.
        raise ListingError(Outcome.READ_EMPTY, f"the service says: {' '.join(text.split())[:200] or 'nothing'}")
    try:
        data = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        raise ListingError(Outcome.READ_EMPTY, "broken JSON") from None
    found = data.get("articles") if isinstance(data, dict) else None
    entries = []
    for item in found if isinstance(found, list) else []:
        if not isinstance(item, dict) or not isinstance(item.get("url"), str) or not item["url"].strip():
            continue
        # The day on which the service saw it is no day of publication, but nothing was published after it was seen.
        seen = _SEEN.match(str(item.get("seendate") or ""))
        entries.append(Entry(
            url=item["url"].strip(), title=_tidy(item.get("title")),
            updated=iso_date("{}-{}-{}T{}:{}:{}Z".format(*seen.groups())) if seen else None))
    return entries


def _tidy(title: object) -> str | None:
    """A title without the blanks that the service puts around punctuation."""
    if not isinstance(title, str):
        return None
    text = _AFTER_MARK.sub(r"\1", _BEFORE_MARK.sub(r"\1", " ".join(title.split())))
    return text[:500] or None


def _rss(url: str, body: bytes, content_type: str) -> tuple[Entry, ...]:
    try:
        found = read_feed(url, body, content_type).entries
    except ListingError as error:
        if error.reason == EMPTY_FEED:
            return ()
        raise
    return tuple(replace(entry, title=_without_name(entry)) for entry in found)


def _without_name(entry: Entry) -> str | None:
    """A title without the outlet's name behind it (`Title - Outlet`)."""
    tail = f" - {entry.source_name}"
    return entry.title.removesuffix(tail) if entry.title and entry.source_name else entry.title
