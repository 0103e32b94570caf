"""What a host asked for (its robots.txt, until when it wants to be left alone), and whose turn it is to ask it.

A process that asks a host holds a lease on it, so that a crawl beside the daemon keeps one gap. A lease spares a
write for each request: its holder asks on, with its own pauses, until the lease is used up. Whoever died leaves one
that runs out by itself.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import Connection, select, text, update

from storage.rows import as_dict, upsert
from storage.schema import hosts as table
from storage.schema import robots as robots_table

POLL = 0.5  # seconds after which whoever waits for a holder looks again


@dataclass(frozen=True, slots=True)
class Turn:
    """Seconds after which to ask again, 0.0 where the lease is ours now; and the pause that the host has taught."""

    wait: float
    delay: float | None = None


def robots(conn: Connection, origin: str) -> dict[str, Any] | None:
    """origin, status, body, fetched_at of the robots.txt kept for `https://host:port`."""
    row = conn.execute(select(robots_table).where(robots_table.c.origin == origin)).first()
    return as_dict(row) if row else None


def keep_robots(conn: Connection, origin: str, *, status: int, body: bytes, fetched_at: str) -> None:
    upsert(conn, robots_table, [{"origin": origin, "status": status, "body": body, "fetched_at": fetched_at}],
           ["origin"])


def held_until(conn: Connection, host: str) -> str | None:
    """UTC time until which nothing is asked of `name:port`."""
    found: str | None = conn.execute(select(table.c.held_until).where(table.c.host == host)).scalar()
    return found


def hold(conn: Connection, host: str, until: str) -> None:
    upsert(conn, table, [{"host": host, "held_until": until}], ["host"])


def clock(conn: Connection) -> float:
    """Seconds since 1970 by the one clock that all processes of this database share."""
    if conn.dialect.name == "postgresql":
        moment: float = conn.execute(text("SELECT extract(epoch FROM clock_timestamp())::float8")).scalar_one()
        return moment
    return time.time()


def turn(conn: Connection, host: str, holder: str, lease: float, *, busy: bool = False,
         at: float | None = None) -> Turn:
    """Take `host` for `lease` seconds, or say when to ask again. Needs a writing transaction.

    A holder that others waited for gives it up for a moment; one that is `busy` with pages of it, which nobody else
    knows of yet, keeps it meanwhile without asking more. `at` is the time where the clock is not asked. What
    lies more than two leases ahead was written by a clock that went wrong, and counts for nothing.
    """
    now = clock(conn) if at is None else at
    row = conn.execute(select(table).where(table.c.host == host)).first()
    if row is None:
        upsert(conn, table, [{"host": host, "next_at": now + lease, "holder": holder}], ["host"])
        return Turn(0.0)
    left_alone = _seconds(row.held_until) - now if row.held_until else 0.0
    if left_alone > 0:
        return Turn(left_alone, row.delay)
    ahead = (row.next_at or 0.0) - now
    if row.holder == holder and row.wanted_at is not None:
        if busy:
            _write(conn, host, next_at=now + lease)
            return Turn(POLL, row.delay)
        _write(conn, host, next_at=now, holder=None, wanted_at=None)
        return Turn(2 * POLL, row.delay)
    if row.holder != holder and 0 < ahead < 2 * lease + 60:
        if row.holder is None:
            return Turn(ahead, row.delay)
        _write(conn, host, wanted_at=now)
        return Turn(min(ahead, POLL), row.delay)
    _write(conn, host, next_at=now + lease, holder=holder, wanted_at=None)
    return Turn(0.0, row.delay)


def leave(conn: Connection, holder: str, hosts: Mapping[str, tuple[float, float | None]], *,
          at: float | None = None) -> None:
    """Give up the leases on `hosts`: for each the pause before anybody asks again, and the pause it has taught."""
    now = clock(conn) if at is None else at
    for host, (pause, delay) in sorted(hosts.items()):
        _write(conn, host, delay=delay)
        conn.execute(update(table).where(table.c.host == host, table.c.holder == holder)
                     .values(next_at=now + pause, holder=None, wanted_at=None))


def _write(conn: Connection, host: str, **values: Any) -> None:
    conn.execute(update(table).where(table.c.host == host).values(**values))


def _seconds(printed: str) -> float:
    return datetime.strptime(printed, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc).timestamp()
