"""What is due, and the visits from which the daemon learns a source's pace. The only memory of it is the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Select, bindparam, or_, select, update

from storage.rows import chunks
from storage.schema import runs, source_visits, sources


@dataclass(frozen=True, slots=True)
class Planned:
    """A source as the daemon sees it. Times are UTC text; `due_at` None: at once; `every` in seconds."""

    id: str
    every: int
    due_at: str | None
    visited_at: str | None
    failures: int


@dataclass(frozen=True, slots=True)
class SeenVisit:
    """A visit that worked: when, and how many fresh links it brought."""

    at: str
    fresh: int


_COLUMNS = (sources.c.id, sources.c.interval_seconds, sources.c.next_due_at, sources.c.last_visit_at,
            sources.c.consecutive_failures)


def due(conn: Connection, until: str) -> list[Planned]:
    """Enabled sources that are due at `until`, the longest overdue first; never visited ones before all others."""
    return _planned(conn, select(*_COLUMNS).where(
        sources.c.enabled, or_(sources.c.next_due_at.is_(None), sources.c.next_due_at <= until)))


def of(conn: Connection, source_ids: Iterable[str]) -> list[Planned]:
    """The sources with these ids."""
    return [row for part in chunks(sorted(source_ids))
            for row in _planned(conn, select(*_COLUMNS).where(sources.c.id.in_(part)))]


def astray(conn: Connection, visited_after: str, due_after: str) -> list[Planned]:
    """Enabled sources whose times lie in a future that no plan of ours reaches: the clock was set back."""
    return _planned(conn, select(*_COLUMNS).where(
        sources.c.enabled, or_(sources.c.last_visit_at > visited_after, sources.c.next_due_at > due_after)))


def visits(conn: Connection, source_ids: Iterable[str], since: str) -> Mapping[str, list[SeenVisit]]:
    """The visits since a time that worked, by source, in order of time."""
    found: defaultdict[str, list[SeenVisit]] = defaultdict(list)
    for part in chunks(sorted(source_ids)):
        query = (select(source_visits.c.source_id, source_visits.c.visited_at, source_visits.c.fresh)
                 .where(source_visits.c.source_id.in_(part), source_visits.c.visited_at >= since,
                        source_visits.c.failure.is_(None))
                 .order_by(source_visits.c.source_id, source_visits.c.visited_at))
        for source_id, at, fresh in conn.execute(query):
            found[source_id].append(SeenVisit(at, fresh))
    return found


def set_due(conn: Connection, due_at: Mapping[str, str]) -> None:
    """Write when each of these sources is due."""
    if due_at:
        conn.execute(update(sources).where(sources.c.id == bindparam("source")).values(next_due_at=bindparam("due")),
                     [{"source": name, "due": when} for name, when in sorted(due_at.items())])


def close_runs(conn: Connection, trigger: str, at: str, outcome: str = "failed") -> int:
    """Runs of this trigger that were killed before they could write their end get one. Returns how many."""
    return conn.execute(update(runs).where(runs.c.trigger == trigger, runs.c.outcome.is_(None))
                        .values(finished_at=at, outcome=outcome)).rowcount


def _planned(conn: Connection, query: Select[str, int | None, str | None, str | None, int]) -> list[Planned]:
    ordered = query.order_by(sources.c.next_due_at.is_not(None), sources.c.next_due_at, sources.c.id)
    return [Planned(row.id, row.interval_seconds or 3600, row.next_due_at, row.last_visit_at, row.consecutive_failures)
            for row in conn.execute(ordered)]


def ids(planned: Collection[Planned]) -> list[str]:
    """Their ids, in order."""
    return [source.id for source in planned]
