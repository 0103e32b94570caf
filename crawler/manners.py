"""What hosts have asked for and whose turn it is, in the database that all processes share (storage/hosts.py)."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from datetime import datetime, timezone

from sqlalchemy import Engine

from crawler.crawl.seam import StoredRobots, Turn
from storage import hosts
from storage.engine import database_exists, open_database, reading, writing


class Manners:
    """Implements `crawler.crawl.seam.HostMemory`; one for each crawl, which holds leases under a name of its own."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._holder = f"{os.getpid()}-{secrets.token_hex(4)}"

    def robots(self, origin: str) -> StoredRobots | None:
        with reading(self._engine) as conn:
            row = hosts.robots(conn, origin)
        fetched = moment(row["fetched_at"]) if row else None
        return StoredRobots(row["status"], row["body"], fetched) if row and fetched else None

    def keep_robots(self, origin: str, robots: StoredRobots) -> None:
        with writing(self._engine) as conn:
            hosts.keep_robots(conn, origin, status=robots.status, body=robots.body,
                              fetched_at=iso(robots.fetched_at) or "")

    def held_until(self, host: str) -> datetime | None:
        with reading(self._engine) as conn:
            return moment(hosts.held_until(conn, host))

    def hold(self, host: str, until: datetime) -> None:
        with writing(self._engine) as conn:
            hosts.hold(conn, host, iso(until) or "")

    def turn(self, host: str, lease: float, *, busy: bool) -> Turn:
        with writing(self._engine) as conn:
            found = hosts.turn(conn, host, self._holder, lease, busy=busy)
        return Turn(found.wait, found.delay)

    def leave(self, hosts_left: Mapping[str, tuple[float, float | None]]) -> None:
        with writing(self._engine) as conn:
            hosts.leave(conn, self._holder, hosts_left)


def turns_at(database: str) -> Manners | None:
    """Where crawls take turns, for a command that stores nothing itself: None where there is no database yet."""
    return Manners(open_database(database)) if database_exists(database) else None


def iso(when: datetime | None) -> str | None:
    """A time as the tables have it."""
    return when.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ") if when else None


def moment(printed: str | None) -> datetime | None:
    """A time of the tables."""
    return datetime.strptime(printed, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc) if printed else None
