from __future__ import annotations

from datetime import datetime, timezone

from sqlalchemy import Engine, func, insert, select

from storage import raw
from storage.engine import reading, writing
from storage.retention import Dropped, Policy, drop_old
from storage.schema import raw_pages, source_visits

NOW = datetime(2026, 11, 22, tzinfo=timezone.utc)


def fill(database: Engine) -> int:
    with writing(database) as conn:
        for day in range(1, 11):
            at = f"2026-11-{day:02}T00:00:00Z"
            raw.keep(conn, f"u{day}", b"page" * 100, fetched_at=at)
            raw.keep_text(conn, {"url": f"t{day}", "canonical_url": f"t{day}", "kept_at": at}, "words" * 100)
        conn.execute(insert(source_visits), [{"source_id": f"s{n % 7}", "visited_at": f"2026-{1 + n % 11:02}-01T{n // 60 % 24:02}:{n % 60:02}:00Z"}
                                             for n in range(1300)])
        return int(conn.execute(select(func.length(raw_pages.c.body)).limit(1)).scalar_one())


def test_nothing_goes_without_a_limit(database: Engine) -> None:
    fill(database)
    assert drop_old(database, Policy(), NOW) == Dropped()


def test_age_size_and_visits(database: Engine) -> None:
    size = fill(database)
    with reading(database) as conn:
        before = conn.execute(select(func.count()).select_from(source_visits)).scalar_one()
        old = conn.execute(select(func.count()).select_from(source_visits).where(source_visits.c.visited_at < "2026-08-24T00:00:00Z")).scalar_one()
    dropped = drop_old(database, Policy(raw_days=15, raw_bytes=2 * size, text_days=16, visit_days=90), NOW)
    assert dropped == Dropped(raw_pages=8, read_texts=5, visits=old)
    with reading(database) as conn:
        assert raw.urls(conn) == {"u9", "u10"}
        assert conn.execute(select(func.count()).select_from(source_visits)).scalar_one() == before - old
    assert drop_old(database, Policy(raw_days=15, raw_bytes=2 * size, text_days=16, visit_days=90), NOW) == Dropped()
