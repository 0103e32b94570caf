"""What a host asked for: its robots.txt, and until when it wants to be left alone."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from storage.rows import as_dict, upsert
from storage.schema import hosts as table
from storage.schema import robots as robots_table


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
