"""What is dropped in time, in small transactions, so that a crawl never waits for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from sqlalchemy import Engine, Table, delete, select, tuple_
from sqlalchemy.sql.elements import ColumnElement

from storage import raw
from storage.engine import writing
from storage.rows import CHUNK
from storage.schema import source_visits


@dataclass(frozen=True, slots=True)
class Policy:
    """Days and bytes to keep; None: no limit. Bytes are compressed ones."""

    raw_days: int | None = None
    raw_bytes: int | None = None
    text_days: int | None = None
    text_bytes: int | None = None
    visit_days: int | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """Rows that went."""

    raw_pages: int = 0
    read_texts: int = 0
    visits: int = 0


def drop_old(engine: Engine, policy: Policy, now: datetime) -> Dropped:
    """Apply the policy at `now`; the newest stay."""
    with writing(engine) as conn:
        pages = raw.expire(conn, before=_before(now, policy.raw_days), max_bytes=policy.raw_bytes)
    with writing(engine) as conn:
        texts = raw.expire_texts(conn, before=_before(now, policy.text_days), max_bytes=policy.text_bytes)
    before = _before(now, policy.visit_days)
    visits = _drop(engine, source_visits, source_visits.c.visited_at < before) if before else 0
    return Dropped(pages, texts, visits)


def _before(now: datetime, days: int | None) -> str | None:
    if days is None:
        return None
    return (now.astimezone(timezone.utc) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _drop(engine: Engine, table: Table, where: ColumnElement[bool]) -> int:
    dropped, keys = 0, list(table.primary_key.columns)
    while True:
        with writing(engine) as conn:
            rows = conn.execute(select(*keys).where(where).limit(CHUNK)).all()
            if not rows:
                return dropped
            dropped += conn.execute(delete(table).where(tuple_(*keys).in_([tuple(row) for row in rows]))).rowcount
