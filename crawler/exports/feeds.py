"""Feeds of projects, stories and changes: Atom (RFC 4287) and JSON Feed 1.1, in a reader's language."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from hashlib import sha256
from typing import Any

from lxml import etree
from sqlalchemy import Connection

from crawler.exports.about import About
from crawler.exports.html import tag
from crawler.exports.jsonfile import clean
from crawler.exports.phrasing import apart, facts_of, headline, quotes_html
from crawler.exports.records import change_records, project_records, story_records
from crawler.exports.safe import one_line, plain, web_link
from crawler.exports.words import Words, direction, words_for
from storage.exports import Filter

OF = ("projects", "stories", "changes")
ENTRIES = 100
ATOM, JSON = "application/atom+xml", "application/feed+json"
_NAMESPACE = "http://www.w3.org/2005/Atom"
# A name that belongs to nobody (RFC 2606): ids must never change, whatever a feed is served from.
_AUTHORITY = "marsad.invalid,2026"
_BLANK = "1970-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `id` never changes; `updated` is a full time, UTC."""

    id: str
    title: str
    updated: str
    published: str
    link: str | None
    html: str
    language: str | None
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed in a reader's language; `address` is where it is served, where that is known."""

    id: str
    title: str
    language: str
    note: str
    entries: tuple[Entry, ...]
    about: About
    address: str | None = None

    @property
    def updated(self) -> str:
        return max((entry.updated for entry in self.entries), default=_BLANK)


def build(conn: Connection, of: str, wanted: Filter, language: str, note: About, *,
          address: str | None = None) -> Feed:
    """The feed of the newest projects, stories or changes. `language` is the reader's (`en`, `fr`, `ar`; else en)."""
    words = words_for(language)
    if of == "projects":
        entries = [_project(words, record) for record in project_records(conn, wanted, limit=ENTRIES)]
    elif of == "stories":
        entries = [_story(words, record) for record in story_records(conn, wanted, limit=ENTRIES)]
    else:
        entries = [_change(words, record) for record in change_records(conn, wanted, limit=ENTRIES)]
    country = f" · {words.country(wanted.country)}" if wanted.country else ""
    scope = "/".join(filter(None, (of, wanted.country, language, _digest(wanted))))
    said = " ".join([words.say("untrusted"), *(words.say(
        "blind", source=gap.name, start=gap.start, end=gap.end or "…") for gap in note.gaps[:20])])
    return Feed(f"tag:{_AUTHORITY}:feed/{scope}", words.texts[of] + country, words.language, said, tuple(entries),
                note, address)


def to_atom(feed: Feed) -> bytes:
    """The feed as Atom."""
    root = etree.Element(f"{{{_NAMESPACE}}}feed", nsmap={None: _NAMESPACE})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", feed.language)

    def add(parent: Any, name: str, text: str | None = None, **attributes: str) -> Any:
        element = etree.SubElement(parent, f"{{{_NAMESPACE}}}{name}", attributes)
        element.text = None if text is None else _xml(text)
        return element

    add(root, "id", feed.id)
    add(root, "title", feed.title)
    add(root, "subtitle", feed.note)
    add(root, "updated", feed.updated)
    add(add(root, "author"), "name", "marsad")
    add(root, "generator", "marsad")
    if feed.address:
        add(root, "link", rel="self", type=ATOM, href=feed.address)
    for entry in feed.entries:
        item = add(root, "entry")
        add(item, "id", entry.id)
        add(item, "title", entry.title)
        add(item, "updated", entry.updated)
        add(item, "published", entry.published)
        if entry.link:
            add(item, "link", rel="alternate", href=entry.link)
        add(item, "content", entry.html, type="html")
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))


def to_json_feed(feed: Feed) -> bytes:
    """The feed as JSON Feed; `_marsad` of an item holds its record, of the feed the note on coverage."""
    items = [{name: value for name, value in (
        ("id", entry.id), ("url", entry.link), ("title", entry.title), ("content_html", entry.html),
        ("date_published", entry.published), ("date_modified", entry.updated), ("language", feed.language),
        ("_marsad", clean(entry.data))) if value is not None} for entry in feed.entries]
    body: dict[str, Any] = {"version": "https://jsonfeed.org/version/1.1", "title": feed.title,
                            "description": feed.note, "language": feed.language, "_marsad": feed.about.as_dict(),
                            "items": items}
    if feed.address:
        body["feed_url"] = feed.address
    return json.dumps(body, ensure_ascii=False, indent=1, default=str).encode()


def full_time(text: str | None) -> str:
    """A day or a month of the database as a whole time, its first moment; nothing known is the year 1970."""
    value = text or ""
    if re.fullmatch(r"\d{4}-\d{2}", value):
        value += "-01"
    try:
        moment = datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError:
        return _BLANK
    aware = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
    return aware.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def _project(words: Words, record: Mapping[str, Any]) -> Entry:
    facts = facts_of(words, record)
    newest = record["articles"][0]["url"] if record["articles"] else None
    lines = [f"{words.texts.get(c['kind'], c['kind'])}: {' / '.join(words.value(v) for v in c['values'])}"
             for c in record["contradictions"][:5]]
    title = " · ".join((one_line(record["name"]), *facts[-1:])) if facts else one_line(record["name"])
    return Entry(f"tag:{_AUTHORITY}:project/{_safe_id(record['slug'])}", title,
                 full_time(record["last_reported_at"]), full_time(record["first_reported_at"]), web_link(newest),
                 _content(words, facts, lines, _quotes(record["claims"])), None, record)


def _story(words: Words, record: Mapping[str, Any]) -> Entry:
    facts = tuple(filter(None, (one_line(record["outlet"] or ""), one_line(record["project_name"] or ""),
                                words.country(record["project_country"]))))
    title = one_line(record["title"] or record["url"])
    return Entry(f"tag:{_AUTHORITY}:story/{sha256(record['first_url'].encode(errors='replace')).hexdigest()[:24]}",
                 title, full_time(record["last_published_at"] or record["published_at"]),
                 full_time(record["published_at"]), web_link(record["url"]),
                 _content(words, facts, [], _quotes(record["claims"])), record["language"], record)


def _change(words: Words, record: Mapping[str, Any]) -> Entry:
    quotes = record.get("quotes") or []
    what = headline(words, {"kind": record["kind"], "body": record})
    title = words.say("subject_one", name=record.get("name") or record["project"], what=what)
    return Entry(f"tag:{_AUTHORITY}:change/{_safe_id(record['id'])}", title, full_time(record["happened_at"]),
                 full_time(record["happened_at"]), web_link(quotes[0]["url"] if quotes else record.get("url")),
                 _content(words, facts_of(words, record), [what], quotes), None, record)


def _content(words: Words, facts: Sequence[str], lines: Sequence[str], quotes: Sequence[Mapping[str, Any]]) -> str:
    return str(tag("div", tag("p", *apart(facts)) if facts else None,
                   tag("ul", *(tag("li", line) for line in lines)) if lines else None,
                   *quotes_html(quotes[:3], words), tag("p", words.say("untrusted")),
                   lang=words.language, dir=direction(words.language)))


def _quotes(said: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One quote for each kind of value."""
    first: dict[str, dict[str, Any]] = {}
    for claim in said:
        first.setdefault(claim["kind"], {"quote": claim["quote"], "url": claim["url"], "outlet": claim["outlet"],
                                         "language": claim["language"], "published": claim["published_at"]})
    return [first[kind] for kind in ("capacity", "investment", "status", "doubt", "milestone") if kind in first]


def _safe_id(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9._~-]", "-", plain(text))


def _digest(wanted: Filter) -> str | None:
    rest = (wanted.status, wanted.min_mw, wanted.since, wanted.project)
    return sha256(repr(rest).encode()).hexdigest()[:8] if any(part is not None for part in rest) else None


def _xml(text: str) -> str:
    return plain(text)
