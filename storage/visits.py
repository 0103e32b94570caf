"""Tables `source_visits` and `source_weeks`: each visit to a source; what a week brought, and what was expected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Text, delete, select, type_coerce, update

from storage.rows import Row, as_dict, chunks, upsert, url_key
from storage.schema import pages, source_visits, source_weeks


def add(conn: Connection, rows: Iterable[Row]) -> None:
    """Visits that have ended: `source_id`, `visited_at` and what they brought."""
    upsert(conn, source_visits, rows, ["source_id", "visited_at"])


def of(conn: Connection, source_id: str, since: str = "") -> list[dict[str, Any]]:
    """The visits to a source from `since` on, in order of time."""
    query = (select(source_visits).where(source_visits.c.source_id == source_id, source_visits.c.visited_at >= since)
             .order_by(source_visits.c.visited_at))
    return [as_dict(row) for row in conn.execute(query)]


def history(conn: Connection, source_id: str, since: str) -> list[tuple[Any, ...]]:
    """What health is judged by, one tuple a visit in order of time: visited_at, listed, fresh, newest_at, outcomes (the
    text of the JSON object), error, failure, status, unchanged, moved_to. Ninety days of half-hourly visits are 4,300:
    as dicts with parsed JSON they took 140 ms (2026-11-22)."""
    seen = source_visits.c
    query = (select(seen.visited_at, seen.listed, seen.fresh, seen.newest_at, type_coerce(seen.outcomes, Text),
                    seen.error, seen.failure, seen.status, seen.unchanged, seen.moved_to)
             .where(seen.source_id == source_id, seen.visited_at >= since).order_by(seen.visited_at))
    return [tuple(row) for row in conn.execute(query)]


def last(conn: Connection, source_id: str) -> dict[str, Any] | None:
    """The last visit to a source."""
    query = (select(source_visits).where(source_visits.c.source_id == source_id)
             .order_by(source_visits.c.visited_at.desc()).limit(1))
    row = conn.execute(query).first()
    return None if row is None else as_dict(row)


def expire(conn: Connection, source_id: str, before: str) -> None:
    """Forget a source's visits before that time."""
    conn.execute(delete(source_visits).where(source_visits.c.source_id == source_id,
                                             source_visits.c.visited_at < before))


def add_to_week(conn: Connection, source_id: str, week: str, *, received: int, matched: int, failed: bool,
                outcomes: Mapping[str, int], expected: float | None) -> None:
    """One visit more in the week that begins on Monday `week`. What was expected when the week began stands."""
    key = (source_weeks.c.source_id == source_id) & (source_weeks.c.week == week)
    before = conn.execute(select(source_weeks).where(key).with_for_update()).first()
    old: dict[str, Any] = as_dict(before) if before is not None else {}
    total = dict(old.get("outcomes") or {})
    for outcome, count in outcomes.items():
        total[outcome] = total.get(outcome, 0) + count
    upsert(conn, source_weeks, [{
        "source_id": source_id, "week": week, "outcomes": total,
        "expected": expected if old.get("expected") is None else old["expected"],
        "received": old.get("received", 0) + received, "matched": old.get("matched", 0) + matched,
        "visits": old.get("visits", 0) + 1, "failures": old.get("failures", 0) + failed}], ["source_id", "week"])


def weeks(conn: Connection, source_id: str) -> list[dict[str, Any]]:
    """The weeks of a source, the first first."""
    query = select(source_weeks).where(source_weeks.c.source_id == source_id).order_by(source_weeks.c.week)
    return [as_dict(row) for row in conn.execute(query)]


def moved(conn: Connection, urls: Iterable[str]) -> dict[str, str]:
    """Where those of `urls` stand now that moved for good."""
    given = {url_key(url): url for url in urls}
    found = {}
    for batch in chunks(given):
        query = select(pages.c.url, pages.c.moved_to).where(pages.c.url.in_(batch), pages.c.moved_to.is_not(None))
        found.update({given[row.url]: row.moved_to for row in conn.execute(query)})
    return found


def move(conn: Connection, url: str, target: str | None) -> None:
    """Learn where `url` stands now; None forgets it."""
    conn.execute(update(pages).where(pages.c.url == url_key(url)).values(moved_to=target))
