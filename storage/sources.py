"""Table `sources`: the registry as it was last read, and how each source is doing. The only memory of what is due."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, or_, select, update

from storage.rows import Row, as_dict, storable, upsert
from storage.schema import sources


def sync(conn: Connection, rows: Iterable[Row]) -> None:
    """Make the registry's sources known: id, name, kind, country, languages, home, enabled, interval_seconds.

    `languages` may be a list. A source that is no longer in the registry stays, disabled, with its history.
    """
    prepared = []
    for row in rows:
        languages = row.get("languages", "")
        joined = languages if isinstance(languages, str) else ",".join(languages)
        prepared.append({"enabled": True, **row, "languages": joined})
    upsert(conn, sources, prepared, ["id"])
    listed = {row["id"] for row in prepared}
    known = set(conn.execute(select(sources.c.id).where(sources.c.enabled)).scalars())
    for gone in sorted(known - listed):
        conn.execute(update(sources).where(sources.c.id == gone).values(enabled=False))


def due(conn: Connection, now: str) -> list[dict[str, Any]]:
    """Enabled sources whose time has come (never visited ones at once), the longest overdue first."""
    query = (select(sources)
             .where(sources.c.enabled, or_(sources.c.next_due_at.is_(None), sources.c.next_due_at <= now))
             .order_by(sources.c.next_due_at.is_not(None), sources.c.next_due_at, sources.c.id))
    return [as_dict(row) for row in conn.execute(query)]


def next_due(conn: Connection) -> str | None:
    """When the next source becomes due; the empty string where one is due at once, None where none is enabled."""
    row = conn.execute(select(sources.c.next_due_at).where(sources.c.enabled)
                       .order_by(sources.c.next_due_at.is_not(None), sources.c.next_due_at).limit(1)).first()
    return None if row is None else row.next_due_at or ""


def visited(conn: Connection, source_id: str, at: str, *, error: str | None = None, next_due_at: str | None = None,
            article_at: str | None = None) -> None:
    """A visit has ended, well or (with `error`, a sentence) badly; `article_at` is when it last gave an article.

    A success sets the failures back to 0; a failure adds one. A source that is not registered is ignored.
    """
    values: dict[str, Any] = {"last_visit_at": at, "next_due_at": next_due_at}
    if error is None:
        values |= {"last_success_at": at, "consecutive_failures": 0, "last_error": None}
    else:
        values |= {"consecutive_failures": sources.c.consecutive_failures + 1, "last_error": storable(error)}
    if article_at is not None:
        values["last_article_at"] = article_at
    conn.execute(update(sources).where(sources.c.id == source_id).values(values))


def judged(conn: Connection, source_id: str, *, state: str, reason: str | None, since: str | None,
           expected_weekly: float | None, moved_to: str | None) -> bool:
    """How a source is doing by its visits; whether that is another state than before.

    A state that stays keeps the earlier of its two beginnings: visits are forgotten after 90 days, it is not.
    """
    before = conn.execute(select(sources.c.state, sources.c.state_since).where(sources.c.id == source_id)).first()
    if before is None:
        return False
    changed = bool(before.state != state)
    if not changed and before.state_since and (since is None or before.state_since < since):
        since = before.state_since
    conn.execute(update(sources).where(sources.c.id == source_id).values(
        state=state, state_reason=storable(reason), state_since=since, expected_weekly=expected_weekly,
        moved_to=storable(moved_to)))
    return changed


def get(conn: Connection, source_id: str) -> dict[str, Any] | None:
    """The source with this id."""
    row = conn.execute(select(sources).where(sources.c.id == source_id)).first()
    return None if row is None else as_dict(row)


def listed(conn: Connection) -> list[dict[str, Any]]:
    """All sources in order of their ids."""
    return [as_dict(row) for row in conn.execute(select(sources).order_by(sources.c.id))]


def failing(conn: Connection) -> list[dict[str, Any]]:
    """Enabled sources that failed at their last visit, most failures first."""
    query = (select(sources).where(sources.c.enabled, sources.c.consecutive_failures > 0)
             .order_by(sources.c.consecutive_failures.desc(), sources.c.id))
    return [as_dict(row) for row in conn.execute(query)]
