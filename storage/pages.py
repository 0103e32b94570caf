"""Table `pages`: every URL ever asked or refused, each with its one outcome."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, case, func, select, update

from storage import forgetting
from storage.rows import Row, as_dict, chunks, upsert, url_key
from storage.schema import pages


@dataclass(frozen=True, slots=True)
class Validators:
    """What a conditional request needs, and the hash of the body for servers that lie about it."""

    etag: str | None
    last_modified: str | None
    content_hash: str | None


def known(conn: Connection, urls: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The rows of those `urls` that were ever asked, by URL as given."""
    return _rows(conn, pages.c.url, urls)


def known_canonical(conn: Connection, canonical_urls: Iterable[str]) -> dict[str, dict[str, Any]]:
    """One row for each of `canonical_urls` that any page asked had: the first URL in order that was no mere twin."""
    return _rows(conn, pages.c.canonical_url, canonical_urls)


def known_declared(conn: Connection, canonical_urls: Iterable[str]) -> dict[str, dict[str, Any]]:
    """One row for each of `canonical_urls` that any page asked has declared to be its own (`rel=canonical`)."""
    return _rows(conn, pages.c.declared_url, canonical_urls)


def _rows(conn: Connection, column: Any, urls: Iterable[str]) -> dict[str, dict[str, Any]]:
    given = {url_key(url): url for url in urls}
    found: dict[str, dict[str, Any]] = {}
    for batch in chunks(given):
        # The last row stays: of several twins one that came to something, not one that only was a twin.
        twin = case((pages.c.outcome == "duplicate_url", 0), else_=1)
        for row in conn.execute(select(pages).where(column.in_(batch)).order_by(twin, pages.c.url.desc())):
            found[given[row._mapping[column]]] = as_dict(row)
    held = forgetting.barred(conn)
    for url in given.values() if held else ():
        if url not in found and forgetting.is_barred(held, [url]):
            found[url] = {**dict.fromkeys(pages.c.keys()), "url": url, "outcome": "rejected",
                          "reason": forgetting.REASON}
    return found


def record(conn: Connection, rows: Iterable[Row]) -> int:
    """Write or overwrite pages. A row needs `url` and `outcome`; columns it does not name stay as they are.

    `checked_at` follows `fetched_at` where it is not given. Returns the number of rows. Of a page that was erased for
    good no address is written, only a digest.
    """
    prepared = []
    held = forgetting.barred(conn)
    for row in rows:
        if forgetting.is_barred(held, (row["url"], row.get("canonical_url"), row.get("declared_url")),
                                row.get("source_id")):
            prepared.append({"url": forgetting.veiled(row.get("canonical_url") or row["url"]), "outcome": "rejected",
                             "reason": forgetting.REASON, "fetched_at": row.get("fetched_at")})
            continue
        page = {**row, "url": url_key(row["url"])}
        for name in ("canonical_url", "declared_url"):
            if page.get(name):
                page[name] = url_key(page[name])
        if page.get("fetched_at"):
            page.setdefault("checked_at", page["fetched_at"])
        prepared.append(page)
    return upsert(conn, pages, prepared, ["url"])


def touch(conn: Connection, url: str, checked_at: str) -> None:
    """A 304: the page is as it was, only looked at again."""
    conn.execute(update(pages).where(pages.c.url == url_key(url)).values(checked_at=checked_at))


def validators(conn: Connection, url: str) -> Validators | None:
    """What to send with the next request for `url`; None where it was never asked."""
    row = conn.execute(select(pages.c.etag, pages.c.last_modified, pages.c.content_hash)
                       .where(pages.c.url == url_key(url))).first()
    return None if row is None else Validators(row.etag, row.last_modified, row.content_hash)


def outcomes(conn: Connection) -> dict[str, int]:
    """How many pages ended in each outcome."""
    query = select(pages.c.outcome, func.count().label("number")).group_by(pages.c.outcome).order_by(pages.c.outcome)
    return {row.outcome: row.number for row in conn.execute(query)}
