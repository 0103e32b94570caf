"""Outlets that searches, aggregators and origin links lead to, and that the registry does not know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection

from crawler.configuration.sources import Source
from crawler.outcomes import Outcome
from crawler.topics import Topic
from crawler.urls import canonical_url, host_of
from storage import newcomers

# Not a page of an outlet: the listing itself, and what no outlet can have at that address.
_NO_PAGE = (Outcome.LISTING, Outcome.REFUSED_SCHEME, Outcome.REFUSED_ADDRESS)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """One host outside of the registry. `seen` pages, of which `matched` are on the topic; `newest` is a day."""

    host: str
    name: str | None
    seen: int
    matched: int
    newest: str | None
    example: str
    languages: tuple[str, ...]
    via: tuple[str, ...]


@dataclass(slots=True)
class _Seen:
    pages: dict[str, bool] = field(default_factory=dict)  # canonical URL: on the topic
    names: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    via: Counter[str] = field(default_factory=Counter)
    newest: str = ""
    best: tuple[bool, str, str] = (False, "", "")  # on the topic, day, URL: the greatest is the example


def find_newcomers(conn: Connection, registry: Iterable[Source], topic: Topic | None = None) -> list[Newcomer]:
    """Unknown hosts, those with most matches first. With a `topic` the kept texts are matched against it anew;
    without one a match is what the crawl found."""
    known = {_bare(host) for source in registry for host in source.hosts}
    found: dict[str, _Seen] = {}
    for row in newcomers.pages_led_to(conn, _NO_PAGE):
        matched = row["article_id"] is not None
        if (host := _stranger(row["url"], known)) is not None:
            if topic is not None:
                matched = _matches(conn, topic, row["url"], row["article_id"])
            day = (row["published_at"] or row["checked_at"] or "")[:10]
            name = row["outlet"] or row["site"]
            _note(found, host, row["url"], day, matched, row["source_id"], name, row["language"])
    for row in newcomers.origins(conn):
        if (host := _stranger(row["origin_url"], known)) is not None:
            matched = topic is None or _matches(conn, topic, row["origin_url"], row["article_id"])
            _note(found, host, row["origin_url"], (row["published_at"] or "")[:10], matched, row["source_id"],
                  row["outlet"], row["language"])
    listed = [_newcomer(host, seen) for host, seen in found.items()]
    return sorted(listed, key=lambda one: (-one.matched, -one.seen, one.host))


def _stranger(url: str, known: set[str]) -> str | None:
    """The host of `url` where neither it nor a host above it is in the registry."""
    if not url.startswith(("http://", "https://")):
        return None
    try:
        host = _bare(host_of(url))
    except ValueError:
        return None
    above = host
    while above:
        if above in known:
            return None
        above = above.partition(".")[2]
    return host or None


def _bare(host: str) -> str:
    for prefix in ("www.", "amp.", "m.", "mobile."):
        if host.startswith(prefix) and host.count(".") > 1:
            return host[len(prefix):]
    return host


def _matches(conn: Connection, topic: Topic, url: str, article_id: int | None) -> bool:
    kept = newcomers.text_of(conn, url, article_id)
    return kept is not None and topic.match(*kept).matched


def _note(found: dict[str, _Seen], host: str, url: str, day: str, matched: bool, via: str | None, name: str | None,
          language: str | None) -> None:
    seen, key = found.setdefault(host, _Seen()), canonical_url(url)
    first = key not in seen.pages
    seen.pages[key] = seen.pages.get(key, False) or matched
    seen.newest = max(seen.newest, day)
    seen.best = max(seen.best, (matched, day, url))
    for counter, value in ((seen.names, name), (seen.languages, language), (seen.via, via)):
        if value and (first or value not in counter):
            counter[value] += 1


def _newcomer(host: str, seen: _Seen) -> Newcomer:
    names = sorted(seen.names, key=lambda name: (-seen.names[name], name))
    return Newcomer(host, names[0] if names else None, len(seen.pages), sum(seen.pages.values()), seen.newest or None,
                    seen.best[2], tuple(sorted(seen.languages, key=lambda code: (-seen.languages[code], code))),
                    tuple(sorted(seen.via, key=lambda one: (-seen.via[one], one))))
