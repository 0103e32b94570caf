"""Sizes, checkpoints of the write-ahead log, and what keeps queries quick. PostgreSQL does the most of it by itself."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.engine import URL

from storage import sqlite
from storage.addresses import is_memory
from storage.engine import reading
from storage.failures import folder_of

LARGE_WAL = 64 << 20  # bytes: beyond it something keeps the log from being written back


class Stopped(Exception):  # noqa: N818 - not an error: somebody asked for it
    """Long work was given up because the program is to end."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Bytes: the database, SQLite's write-ahead log, free space beside the file; None where it is not ours to know."""

    database: int
    wal: int | None
    free: int | None


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How much of the log was written back; `held`: a reader (or writer) kept the rest of it."""

    held: bool
    pages: int
    left: int


def file_of(url: URL) -> Path | None:
    """The SQLite file, None for a server or a database in memory."""
    return None if url.get_backend_name() != "sqlite" or is_memory(url) else Path(url.database or "").absolute()


def sizes(engine: Engine) -> Sizes:
    """How large everything is just now."""
    path = file_of(engine.url)
    if path is not None:
        return Sizes(_size(path), _size(path.with_name(f"{path.name}-wal")), free_bytes(engine))
    query = ("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
             if engine.dialect.name == "sqlite" else
             "SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class c"
             " JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND c.relkind = 'r'")
    with reading(engine) as conn:
        return Sizes(int(conn.execute(text(query)).scalar_one()), None, None)


def free_bytes(engine: Engine) -> int | None:
    """Free space in the folder of a SQLite file, None elsewhere."""
    if file_of(engine.url) is None:
        return None
    try:
        return shutil.disk_usage(folder_of(engine.url)).free
    except OSError:
        return None


def checkpoint(engine: Engine) -> Checkpoint | None:
    """Write SQLite's log back and empty it, without making anybody wait; None for other databases."""
    if file_of(engine.url) is None:
        return None
    with closing(sqlite.connect(engine.url, read_only=False)) as conn:
        conn.execute("PRAGMA busy_timeout = 0")  # a reader is not waited for: the next time will do
        held, pages, moved = conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return Checkpoint(bool(held), max(moved, 0), max(pages - moved, 0))


def optimize(engine: Engine) -> None:
    """Bring the planner's statistics up to date where they have grown old."""
    if engine.dialect.name == "sqlite":
        if file_of(engine.url) is not None:
            with closing(sqlite.connect(engine.url, read_only=False)) as conn:
                conn.execute("PRAGMA analysis_limit = 400")  # a sample an index: milliseconds, whatever the size
                conn.execute("PRAGMA optimize")
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.execute(text("ANALYZE"))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
