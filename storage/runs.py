"""Table `runs`: one row a crawl, ingest or round of the daemon."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from storage.rows import as_dict
from storage.schema import runs

COUNTS = ("pages_fetched", "articles_new", "stories_new", "projects_new", "duplicates", "errors", "matched")


def begin(conn: Connection, trigger: str, started_at: str) -> int:
    """A run starts; `trigger` says by what (crawl, ingest, daemon, reprocess, demo). Returns its id."""
    run_id: int = conn.execute(insert(runs).returning(runs.c.id),
                               {"trigger": trigger, "started_at": started_at}).scalar_one()
    return run_id


def finish(conn: Connection, run_id: int, *, finished_at: str, outcome: str, counts: Mapping[str, int] | None = None,
           outcomes: Mapping[str, int] | None = None) -> None:
    """A run has ended as `outcome` (done, interrupted, failed) with `counts` (see COUNTS) and pages by outcome."""
    values: dict[str, Any] = {"finished_at": finished_at, "outcome": outcome, **(counts or {})}
    if outcomes is not None:
        values["outcomes"] = dict(outcomes)
    conn.execute(update(runs).where(runs.c.id == run_id).values(values))


def latest(conn: Connection, limit: int = 10) -> list[dict[str, Any]]:
    """The last runs, newest first."""
    return [as_dict(row) for row in conn.execute(select(runs).order_by(runs.c.id.desc()).limit(limit))]


def last_end(conn: Connection) -> str | None:
    """When the last run that ended did so."""
    moment: str | None = conn.execute(select(func.max(runs.c.finished_at))).scalar()
    return moment
