"""`marsad backup` and `marsad housekeeping`: what the daemon does by itself, by hand or from cron."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import Annotated, Optional

import typer

from crawler.commands.common import (
    DEFAULT_DATABASE,
    INTERRUPTED,
    ConfigOption,
    DatabaseOption,
    JsonOption,
    emit_json,
    out,
)
from crawler.configuration.setup import set_up
from storage.engine import database_exists, open_database
from storage.errors import NoDatabaseError

_MB = 1_000_000


def register(app: typer.Typer) -> None:
    app.command("backup")(backup)
    app.command("housekeeping")(housekeeping)


def backup(
    to: Annotated[Optional[Path], typer.Option(help="Folder (default: `backups` beside the database).")] = None,  # noqa: UP045
    keep: Annotated[Optional[int], typer.Option(min=1, help="Keep only so many of the newest there.")] = None,  # noqa: UP045
    as_json: JsonOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Back up the database while others use it, check the copy, and only then give it its name.

    Bring one back by copying it over the database while nothing runs (PostgreSQL: pg_restore); docs/operations.md.
    """
    from crawler.commands.common import interruptible
    from crawler.housekeeping import backup_folder
    from storage import backups
    from storage.maintenance import Stopped

    setup = set_up(config)
    _must_exist(database)
    engine = open_database(database)
    folder = to.expanduser().absolute() if to else backup_folder(engine, setup.settings)
    with interruptible() as stopped:
        try:
            made = backups.make(engine, folder, now=datetime.now(timezone.utc), keep=keep, stop=stopped)
        except Stopped:
            raise typer.Exit(INTERRUPTED) from None
        finally:
            engine.dispose()
    if as_json:
        emit_json({"path": str(made.path), "size_bytes": made.size_bytes, "revision": made.revision,
                   "made_at": made.made_at})
    else:
        out().print(f"{made.path} ({made.size_bytes / _MB:.1f} MB), checked", markup=False, soft_wrap=True)


def housekeeping(
    as_json: JsonOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Drop what is over its time, refresh statistics, write SQLite's log back."""
    from crawler.housekeeping import tidy

    setup = set_up(config)
    _must_exist(database)
    engine = open_database(database)
    done = tidy(engine, setup.settings, datetime.now(timezone.utc))
    engine.dispose()
    if as_json:
        emit_json({"raw_pages": done.dropped.raw_pages, "read_texts": done.dropped.read_texts,
                   "visits": done.dropped.visits, "log_held": done.log_held, "database_bytes": done.database_bytes,
                   "wal_bytes": done.wal_bytes})
        return
    held = "; a program that reads keeps the log from being written back" if done.log_held else ""
    out().print(f"dropped {done.dropped.raw_pages} raw pages, {done.dropped.read_texts} texts, {done.dropped.visits} "
                f"visits; the database has {done.database_bytes / _MB:.1f} MB{held}", soft_wrap=True)


def _must_exist(database: str) -> None:
    """A mistyped name must not make an empty database and back that up."""
    if not database_exists(database):
        raise NoDatabaseError(f"there is no database at {database} yet", "name another with --database")
