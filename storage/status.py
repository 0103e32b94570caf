"""Figures about the house itself: for `marsad status` and /metrics."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, func, select

from storage import backups, runs
from storage.engine import reading
from storage.maintenance import Sizes, sizes
from storage.rows import as_dict
from storage.schema import articles, projects, sources, stories


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts and sizes of one moment. `sources`: those that are switched on, by state."""

    sources: Mapping[str, int]
    switched_off: int
    articles: int
    stories: int
    projects: int
    sizes: Sizes
    backup: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Backlog:
    """What is due: how many sources, the longest overdue of them, and when the next is due (UTC text)."""

    due: int
    since: str | None
    next_due_at: str | None


def figures(engine: Engine) -> Figures:
    """A few counts over indexes: milliseconds."""
    with reading(engine) as conn:
        states = {row.state: row.sources for row in conn.execute(
            select(sources.c.state, func.count().label("sources")).where(sources.c.enabled).group_by(sources.c.state))}
        off = conn.execute(select(func.count()).select_from(sources).where(~sources.c.enabled)).scalar_one()
        known, told, built = (conn.execute(select(func.count()).select_from(table)).scalar_one()
                              for table in (articles, stories, projects))
        backup = backups.latest(conn)
    return Figures(states, off, known, told, built, sizes(engine), backup)


def backlog(engine: Engine, now: str) -> Backlog:
    """What is due at `now`."""
    on = sources.c.enabled
    late = sources.c.next_due_at.is_(None) | (sources.c.next_due_at <= now)
    with reading(engine) as conn:
        due, since = conn.execute(select(func.count(), func.min(sources.c.next_due_at)).where(on, late)).one()
        coming = conn.execute(select(func.min(sources.c.next_due_at)).where(on, ~late)).scalar()
    return Backlog(due, since, coming)


def last_runs(engine: Engine, most: int = 5) -> list[dict[str, Any]]:
    """The newest runs."""
    with reading(engine) as conn:
        return runs.latest(conn, most)


def troubled(engine: Engine, most: int = 20) -> list[dict[str, Any]]:
    """Sources that are switched on and not well, the worst first: id, state, reason, since, failures."""
    query = (select(sources.c.id, sources.c.state, sources.c.state_reason, sources.c.state_since,
                    sources.c.consecutive_failures, sources.c.last_error)
             .where(sources.c.enabled, sources.c.state.not_in(("ok", "unvisited", "quiet"))
                    | (sources.c.consecutive_failures > 0))
             .order_by(sources.c.consecutive_failures.desc(), sources.c.id).limit(most))
    with reading(engine) as conn:
        return [as_dict(row) for row in conn.execute(query)]


def seconds(at: str) -> float:
    """UTC text as seconds since 1970."""
    return datetime.fromisoformat(at.replace("Z", "+00:00")).timestamp()
