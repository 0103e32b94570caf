"""Feeds by their path: `/feeds/changes.MA.ar.atom`. Names of files and paths are made here, from known words only."""

from __future__ import annotations

import re
from datetime import datetime, timezone

from sqlalchemy import Connection

from crawler.exports.about import about
from crawler.exports.feeds import ATOM, JSON, OF, build, to_atom, to_json_feed
from storage.exports import Filter

PREFIX = "/feeds/"
_NAME = re.compile(rf"({'|'.join(OF)})(?:\.([A-Z]{{2}}))?(?:\.([a-z]{{2}}))?\.(atom|json)")


def feed_name(of: str, country: str | None, language: str | None, form: str) -> str:
    """The name of a feed's file: `changes.MA.ar.atom`, `projects.json`."""
    ending = "atom" if form == "atom" else "json"
    return ".".join(part for part in (of, country, language, ending) if part)


def feed_bytes(conn: Connection, of: str, wanted: Filter, language: str | None, form: str, *, now: datetime,
               address: str | None = None) -> bytes:
    """A feed. Its `language` is the reader's; of stories it is also the language of the stories."""
    filtered = Filter(wanted.country, language if of == "stories" else None, wanted.status, wanted.min_mw,
                      wanted.since, wanted.project)
    feed = build(conn, of, filtered, language or "en", about(conn, of, filtered, now), address=address)
    return to_atom(feed) if form == "atom" else to_json_feed(feed)


def render_feed(conn: Connection, path: str, address: str | None = None) -> tuple[bytes, str] | None:
    """The feed at a path below /feeds/ with its content type; None where there is none. `address`: its whole URL."""
    found = _NAME.fullmatch(path.removeprefix(PREFIX)) if path.startswith(PREFIX) else None
    if found is None:
        return None
    of, country, language, form = found.groups()
    body = feed_bytes(conn, of, Filter(country=country), language, form, now=datetime.now(timezone.utc),
                      address=address)
    return body, f"{ATOM if form == 'atom' else JSON}; charset=utf-8"
