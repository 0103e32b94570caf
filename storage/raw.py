"""Tables `raw_pages` (bytes of matched pages, for `reprocess`) and `read_texts` (what was read and did not match).

Both are compressed with zstandard and dropped by age and by size.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import zstandard
from sqlalchemy import Connection, Table, delete, func, select

from storage.rows import Row, as_dict, chunks, upsert, url_key
from storage.schema import raw_pages, read_texts

LEVEL = 6  # about 1 ms for a news page of 100 kB, a seventh of its size


@dataclass(frozen=True, slots=True)
class RawPage:
    """One stored page: the bytes exactly as they came."""

    url: str
    body: bytes
    fetched_at: str
    content_type: str
    hints: Mapping[str, Any]


def keep(conn: Connection, url: str, body: bytes, *, fetched_at: str, content_type: str = "",
         hints: Mapping[str, Any] | None = None) -> None:
    """Keep the bytes of a page; a later one of the same URL takes its place."""
    upsert(conn, raw_pages, [{
        "url": url_key(url), "fetched_at": fetched_at, "content_type": content_type, "hints": dict(hints or {}),
        "size": len(body), "body": _pack(body)}], ["url"])


def load(conn: Connection, url: str) -> RawPage | None:
    """The stored page of `url`, None where there is none."""
    row = conn.execute(select(raw_pages).where(raw_pages.c.url == url_key(url))).first()
    return None if row is None else _page(as_dict(row))


def urls(conn: Connection) -> set[str]:
    """The URLs of all stored pages."""
    return set(conn.execute(select(raw_pages.c.url)).scalars())


def text_urls(conn: Connection) -> set[str]:
    """The URLs of all kept texts."""
    return set(conn.execute(select(read_texts.c.url)).scalars())


def load_text(conn: Connection, url: str) -> dict[str, Any] | None:
    """The kept text of a page that did not match: columns of `read_texts` with `text` instead of size and body."""
    row = conn.execute(select(read_texts).where(read_texts.c.url == url_key(url))).first()
    return None if row is None else _text(as_dict(row))


def iterate(conn: Connection) -> Iterator[RawPage]:
    """All stored pages in order of URL, a few in memory at a time; the table may change meanwhile."""
    for row in _each(conn, raw_pages):
        yield _page(row)


def expire(conn: Connection, *, before: str | None = None, max_bytes: int | None = None) -> int:
    """Drop pages fetched before a time, then the oldest ones until all bodies fit into `max_bytes`.

    Bytes are those on disk (compressed). Returns how many were dropped.
    """
    return _expire(conn, raw_pages, raw_pages.c.fetched_at, before, max_bytes)


def keep_text(conn: Connection, row: Row, text: str) -> None:
    """Keep what was read of a page that did not match.

    `row`: url, canonical_url, kept_at; optional source_id, title, language, published_at.
    """
    data = text.encode(errors="replace")
    upsert(conn, read_texts, [{
        **row, "url": url_key(row["url"]), "canonical_url": url_key(row["canonical_url"]),
        "size": len(data), "body": _pack(data)}], ["url"])


def forget(conn: Connection, url: str) -> None:
    """Drop the stored page of `url`."""
    conn.execute(delete(raw_pages).where(raw_pages.c.url == url_key(url)))


def forget_text(conn: Connection, url: str) -> None:
    """Drop the kept text of a page, as when it matches after all."""
    conn.execute(delete(read_texts).where(read_texts.c.url == url_key(url)))


def iterate_texts(conn: Connection) -> Iterator[dict[str, Any]]:
    """All kept texts in order of URL: the columns of `read_texts` with `text` instead of size and body."""
    yield from map(_text, _each(conn, read_texts))


def expire_texts(conn: Connection, *, before: str | None = None, max_bytes: int | None = None) -> int:
    """Drop texts kept before a time, then the oldest until the rest fits into `max_bytes` on disk."""
    return _expire(conn, read_texts, read_texts.c.kept_at, before, max_bytes)


def _pack(data: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=LEVEL).compress(data)


def _unpack(data: bytes) -> bytes:
    return zstandard.ZstdDecompressor().decompress(data)


def _page(row: dict[str, Any]) -> RawPage:
    return RawPage(url=row["url"], body=_unpack(row["body"]), fetched_at=row["fetched_at"],
                   content_type=row["content_type"], hints=row["hints"] or {})


def _text(row: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in row.items() if name not in ("size", "body")}
    return {**kept, "text": _unpack(row["body"]).decode()}


def _each(conn: Connection, table: Table, batch: int = 50) -> Iterator[dict[str, Any]]:
    urls = conn.execute(select(table.c.url).order_by(table.c.url)).scalars().all()
    for part in chunks(urls, batch):
        yield from map(as_dict, conn.execute(select(table).where(table.c.url.in_(part)).order_by(table.c.url)).all())


def _expire(conn: Connection, table: Table, when: Any, before: str | None, max_bytes: int | None) -> int:
    dropped = 0
    if before is not None:
        dropped += conn.execute(delete(table).where(when < before)).rowcount
    if max_bytes is not None:
        total, gone = 0, []
        sizes = select(table.c.url, func.length(table.c.body)).order_by(when.desc(), table.c.url)
        for url, size in conn.execute(sizes):
            total += size
            if total > max_bytes:
                gone.append(url)
        for part in chunks(gone):
            dropped += conn.execute(delete(table).where(table.c.url.in_(part))).rowcount
    return dropped
