"""From the database's memory to what a round takes, and back to when each source is due again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from crawler.daemon.pace import Pace, Visit, missed
from crawler.daemon.times import iso, moment
from storage import schedule
from storage.schedule import Planned

# Visits that are looked at for a source's pace: what it did in spring says little of autumn.
_MEMORY = timedelta(days=28)
# A clock may be corrected by so much without anybody calling it a jump.
_SLACK = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Look:
    """What a look found: sources to start, how many are due, how many visits fell out before them."""

    start: tuple[str, ...]
    due: int
    missed: int


class Planner:
    """Reckoning between reads and writes; holds no state but the rule."""

    def __init__(self, pace: Pace, gather: timedelta) -> None:
        self.pace, self._gather = pace, gather

    def look(self, conn: Connection, now: datetime, busy: Collection[str]) -> Look:
        """The sources of the next round: all that are due and in no round, with those that are due in a moment."""
        waiting = [row for row in schedule.due(conn, iso(now + self._gather)) if row.id not in busy]
        due = [row for row in waiting if self._is_due(row, now)]
        if not due or now in self.pace.quiet:
            return Look((), len(due), 0)
        chosen = [row for row in waiting if self._is_due(row, now) or self._may_join(row, now)]
        return Look(tuple(schedule.ids(chosen)), len(due), sum(self._missed(row, now) for row in due))

    def settle(self, conn: Connection, source_ids: Iterable[str], started: datetime, now: datetime) -> None:
        """Plan the sources of a round that ended: from their visit, or where it never came to that, from now."""
        rows = schedule.of(conn, source_ids)
        seen = schedule.visits(conn, schedule.ids(rows), iso(now - _MEMORY))
        planned = {}
        for row in rows:
            visited = row.visited_at is not None and row.visited_at >= iso(started)
            base = moment(row.visited_at) if visited and row.visited_at else now
            visits = [Visit(moment(visit.at), visit.fresh) for visit in seen.get(row.id, ())]
            interval = self.pace.interval(timedelta(seconds=row.every), visits, row.failures)
            planned[row.id] = iso(self.pace.due(row.id, base, interval))
        schedule.set_due(conn, planned)

    def crooked(self, conn: Connection, now: datetime) -> dict[str, str]:
        """After the clock was set back, times lie in the future: when such sources are due instead."""
        reach = timedelta(days=1.5) * (1 + self.pace.jitter) + self.pace.longest
        planned = {}
        for row in schedule.astray(conn, iso(now + _SLACK), iso(now + reach)):
            interval = timedelta(seconds=row.every)
            instead = self.pace.due(row.id, now, interval)
            if row.due_at is not None and moment(row.due_at) > max(instead, now + interval * (1 + self.pace.jitter)):
                planned[row.id] = iso(instead)
        return planned

    def write(self, conn: Connection, planned: dict[str, str]) -> None:
        """Keep what `crooked` found."""
        schedule.set_due(conn, planned)

    def _is_due(self, row: Planned, now: datetime) -> bool:
        return row.due_at is None or row.due_at <= iso(now)

    def _may_join(self, row: Planned, now: datetime) -> bool:
        # Never more than a fifth of its interval early: a source of 30 s stays one of 30 s.
        return row.due_at is not None and moment(row.due_at) - now <= timedelta(seconds=row.every / 5)

    def _missed(self, row: Planned, now: datetime) -> int:
        return missed(moment(row.due_at), now, timedelta(seconds=row.every)) if row.due_at else 0
