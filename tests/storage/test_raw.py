from __future__ import annotations

from sqlalchemy import Connection, Engine, func, select

from storage import raw
from storage.engine import writing
from storage.schema import raw_pages, read_texts


def keep(conn: Connection, url: str, day: int, body: bytes = b"<p>page</p>") -> None:
    raw.keep(conn, url, body, fetched_at=f"2026-01-{day:02}T00:00:00Z", content_type="text/html", hints={"title": "é"})


def test_bytes_come_back_as_they_were(database: Engine) -> None:
    body = bytes(range(256)) * 400
    with writing(database) as conn:
        keep(conn, "u", 1, b"")
        keep(conn, "u", 2, body)
        page = raw.load(conn, "u")
        assert page == raw.RawPage("u", body, "2026-01-02T00:00:00Z", "text/html", {"title": "é"})
        assert raw.load(conn, "v") is None
        stored, size = conn.execute(select(func.length(raw_pages.c.body), raw_pages.c.size)).one()
        assert stored < size == len(body)


def test_pages_in_order_while_they_change(database: Engine) -> None:
    with writing(database) as conn:
        for n in range(120):
            keep(conn, f"u{n:03}", 1)
        urls = []
        for page in raw.iterate(conn):
            urls.append(page.url)
            keep(conn, page.url, 2, b"read again")
        assert urls == [f"u{n:03}" for n in range(120)]
        assert raw.urls(conn) == set(urls)


def test_old_and_surplus_pages_go(database: Engine) -> None:
    with writing(database) as conn:
        for day in range(1, 6):
            keep(conn, f"u{day}", day)
        size = conn.execute(select(func.length(raw_pages.c.body)).limit(1)).scalar_one()
        assert raw.expire(conn) == 0
        assert raw.expire(conn, before="2026-01-02T00:00:00Z") == 1
        assert raw.expire(conn, max_bytes=2 * size + 1) == 2
        assert raw.urls(conn) == {"u4", "u5"}  # the newest stay


def test_texts_that_did_not_match(database: Engine) -> None:
    row = {"url": "u", "canonical_url": "c", "kept_at": "2026-01-01T00:00:00Z", "language": "ar", "title": "عنوان"}
    with writing(database) as conn:
        raw.keep_text(conn, row, "نص قصير")
        raw.keep_text(conn, {**row, "url": "v", "kept_at": "2026-03-01T00:00:00Z", "source_id": "s"}, "b" * 1000)
        assert list(raw.iterate_texts(conn)) == [raw.load_text(conn, "u"), raw.load_text(conn, "v")]
        assert raw.load_text(conn, "u") == {**row, "source_id": None, "published_at": None, "text": "نص قصير"}
        assert raw.load_text(conn, "w") is None
        assert conn.execute(select(read_texts.c.size).where(read_texts.c.url == "v")).scalar_one() == 1000
        assert raw.expire_texts(conn, before="2026-02-01T00:00:00Z") == 1
        assert raw.text_urls(conn) == {"v"}
        raw.forget_text(conn, "v")
        assert raw.text_urls(conn) == set()
