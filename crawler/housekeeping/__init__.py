"""What keeps the house in order for years: checkpoint, clean-up, statistics, backups. The daemon's duty and
`marsad housekeeping` do the same."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from crawler.configuration.durations import parse_duration
from crawler.configuration.settings import Settings
from storage import backups, maintenance, retention
from storage.engine import reading
from storage.maintenance import Stopped
from storage.retention import Dropped, Policy

log = logging.getLogger("marsad.housekeeping")

_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Tidied:
    """What was done: rows dropped, whether somebody held SQLite's log, bytes of database and log afterwards."""

    dropped: Dropped
    log_held: bool
    database_bytes: int
    wal_bytes: int | None


def tidy(engine: Engine, settings: Settings, now: datetime) -> Tidied:
    """Drop what is over its time, refresh statistics, write the log back."""
    dropped = retention.drop_old(engine, policy(settings), now)
    maintenance.optimize(engine)
    done = maintenance.checkpoint(engine)
    sizes = maintenance.sizes(engine)
    held = done is not None and done.held
    if held and (sizes.wal or 0) > maintenance.LARGE_WAL:
        log.warning("the write-ahead log has %d MB and cannot be written back: a program reads the database all the "
                    "time; close it (docs/operations.md)", (sizes.wal or 0) // _MB)
    if dropped != Dropped():
        log.info("dropped: %d raw pages, %d texts, %d visits", dropped.raw_pages, dropped.read_texts, dropped.visits)
    return Tidied(dropped, held, sizes.database, sizes.wal)


def policy(settings: Settings) -> Policy:
    """The configuration's retention."""
    keep = settings.retention
    return Policy(raw_days=keep.raw_pages_days or None, raw_bytes=keep.raw_pages_mb * _MB, text_days=keep.texts_days,
                  text_bytes=keep.texts_mb * _MB, visit_days=keep.visits_days)


def backup_folder(engine: Engine, settings: Settings) -> Path:
    """Where backups go: as configured, else `backups` beside the SQLite file, else here."""
    if settings.backup.folder:
        return Path(settings.backup.folder).expanduser().absolute()
    file = maintenance.file_of(engine.url)
    return (file.parent if file else Path.cwd()) / "backups"


def back_up_when_due(engine: Engine, settings: Settings, now: datetime,
                     stop: Callable[[], bool]) -> backups.Backup | None:
    """A backup where the last one that is remembered is older than `backup.every`; None where none was due."""
    if settings.backup.keep == 0 or (maintenance.file_of(engine.url) is None and not backups.can_dump()):
        return None
    with reading(engine) as conn:
        last = backups.latest(conn)
    age = now - _moment(last["made_at"]) if last else None
    # A backup from the future was made before the clock was set back: it says nothing.
    if age is not None and -_EARLY < age < parse_duration(settings.backup.every) - _EARLY:
        return None
    try:
        made = backups.make(engine, backup_folder(engine, settings), now=now, keep=settings.backup.keep, stop=stop)
    except Stopped:
        return None
    log.info("backup made and checked: %s (%.1f MB)", made.path, made.size_bytes / _MB)
    return made


# The duty comes round every hour: a backup that is due in minutes is not left for the next time.
_EARLY = timedelta(minutes=5)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
