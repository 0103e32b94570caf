"""Backups while others write: made as one snapshot, checked, only then given their name, and remembered.

SQLite: the online backup API into a file of its own, which any `cp` brings back. PostgreSQL: `pg_dump`.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, insert, select
from sqlalchemy.engine import URL

from storage import postgres_dump, sqlite
from storage.addresses import is_memory, printed
from storage.engine import writing
from storage.errors import BackupError, StorageError
from storage.failures import explain
from storage.maintenance import Stopped, file_of
from storage.migrations import HEAD, VERSION_TABLE
from storage.rows import as_dict
from storage.schema import backups

PARTIAL = ".partial"
_PAGES = 4096  # pages copied between two looks at whether to stop: 16 MB, some 20 ms


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that passed its check. `revision`: the schema in it."""

    path: Path
    size_bytes: int
    revision: str
    made_at: str


def make(engine: Engine, folder: Path, *, now: datetime, keep: int | None = None,
         stop: Callable[[], bool] = lambda: False) -> Backup:
    """Back up into `folder` (made if missing), check, remember; of ours in it only the newest `keep` stay.

    Raises BackupError, DiskFullError and other StorageErrors, Stopped. Nothing half-made is left behind.
    """
    stamp = now.astimezone(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    stem = stem_of(engine.url)
    target = _free(folder, f"{stem}-{stamp}", ".db" if file_of(engine.url) else ".dump")
    backup = copy_to(engine.url, target, now=now, stop=stop)
    with writing(engine) as conn:
        conn.execute(insert(backups), {"made_at": backup.made_at, "path": str(backup.path),
                                       "size_bytes": backup.size_bytes, "revision": backup.revision})
    if keep:
        thin_out(folder, stem, keep)
    return backup


def copy_to(url: URL, target: Path, *, now: datetime, stop: Callable[[], bool] = lambda: False) -> Backup:
    """A checked copy of the database as it is, whatever its schema, under exactly this name."""
    if is_memory(url):
        raise BackupError("a database in memory cannot be backed up", "name a file or a server with --database")
    partial = target.with_name(target.name + PARTIAL)
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600)  # it holds all that the database holds
        revision = (_copy_sqlite(url, partial, stop) if file_of(url) else postgres_dump.dump(url, partial, stop))
        _make_durable(partial, target)
    except OSError as error:
        _remove(partial)
        raise BackupError(f"no backup could be written to {target.parent} ({error.strerror})",
                          "make room there, or name another folder with --to") from error
    except (sqlite3.Error, StorageError) as error:
        _remove(partial)
        if isinstance(error, sqlite3.Error):
            raise explain(URL.create("sqlite", database=str(target)), error) or BackupError(
                f"{printed(url)} could not be backed up ({error})") from error
        raise
    except BaseException:
        _remove(partial)
        raise
    return Backup(target, target.stat().st_size, revision, now.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"))


def before_migration(url: URL) -> Backup:
    """A copy of a SQLite file that is to be migrated, beside it: `marsad-before-0002.db`."""
    path = Path(url.database or "").absolute()
    return copy_to(url, path.with_name(f"{path.stem}-before-{HEAD}.db"), now=datetime.now(timezone.utc))


def can_dump() -> bool:
    """Whether a server's database can be backed up from this machine."""
    return postgres_dump.available()


def check(path: Path) -> str:
    """The revision of the schema in a backup file of SQLite; BackupError where it is not whole."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        return _check(conn, path)


def latest(conn: Connection) -> dict[str, Any] | None:
    """The newest backup that was remembered."""
    row = conn.execute(select(backups).order_by(backups.c.made_at.desc(), backups.c.id.desc()).limit(1)).first()
    return None if row is None else as_dict(row)


def thin_out(folder: Path, stem: str, keep: int) -> list[Path]:
    """Delete all but the newest `keep` backups of this database in `folder`; other files are left alone."""
    ours = sorted(path for path in folder.glob(f"{stem}-*T*Z*") if path.suffix in {".db", ".dump"})
    gone = ours[:-keep]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def stem_of(url: URL) -> str:
    """How backups of this database are called."""
    path = file_of(url)
    return path.stem if path else (url.database or "marsad")


def _copy_sqlite(url: URL, partial: Path, stop: Callable[[], bool]) -> str:
    def look(_status: int, _left: int, _all: int) -> None:
        if stop():
            raise Stopped

    with closing(sqlite.connect(url, read_only=True)) as source, \
            closing(sqlite3.connect(partial, isolation_level=None)) as copy:
        # one snapshot from the first page to the last: without it each writer would make the copy begin anew
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(copy, pages=_PAGES, progress=look, sleep=0)
        source.execute("ROLLBACK")
        # one file, readable on a medium that cannot be written; marsad switches the log on again when it opens it
        copy.execute("PRAGMA journal_mode = DELETE")
        return _check(copy, partial)


def _check(conn: sqlite3.Connection, path: Path) -> str:
    found = [row[0] for row in conn.execute("PRAGMA integrity_check(5)")]
    if found != ["ok"]:
        raise BackupError(f"the backup {path.name} is not whole ({found[0]})", "check the disk and the database itself")
    if conn.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise BackupError(f"the backup {path.name} has rows that point to nothing", "check the database itself")
    row = conn.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()  # noqa: S608
    return str(row[0]) if row else ""


def _make_durable(partial: Path, target: Path) -> None:
    """On the disk before it has its name: a power cut leaves a whole backup or none."""
    with partial.open("rb") as file:
        os.fsync(file.fileno())
    partial.replace(target)
    number = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _free(folder: Path, name: str, suffix: str) -> Path:
    """A name that is not taken: two backups of one second are two files, in order."""
    for count in range(1000):
        path = folder / (f"{name}-{count:03}{suffix}" if count else f"{name}{suffix}")
        if not path.exists():
            return path
    raise BackupError(f"{folder} holds a thousand backups of this second", "name another folder with --to")


def _remove(partial: Path) -> None:
    for path in (partial, *(partial.with_name(partial.name + end) for end in ("-wal", "-shm", "-journal"))):
        with suppress(OSError):
            path.unlink(missing_ok=True)
