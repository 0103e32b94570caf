"""From a driver's error to a sentence: which StorageError an exception means."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from storage.addresses import printed
from storage.errors import (
    DamagedDatabaseError,
    DiskFullError,
    LockedError,
    NoFolderError,
    NotADatabaseError,
    NotWritableError,
    StorageError,
    UnreachableError,
)

LITTLE = 1 << 20  # bytes: with less than this left, an input/output error means a full disk


def explain(url: URL, error: BaseException) -> StorageError | None:
    """The StorageError that `error` (of SQLAlchemy or of the driver) stands for, None if it is a bug of ours."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    if cause is None:
        return None
    if url.drivername == "sqlite":
        return _sqlite(url, str(cause))
    return _postgres(url, cause)


def folder_of(url: URL) -> Path:
    """The folder that holds the SQLite file."""
    return Path(url.database or ".").absolute().parent


def _sqlite(url: URL, message: str) -> StorageError | None:
    name, folder = printed(url), folder_of(url)
    if "locked" in message or "database is busy" in message:
        return LockedError(f"{name} is locked by another program", "wait until it has finished, then try again")
    if "disk is full" in message or ("disk I/O error" in message and _space(folder) < LITTLE):
        return DiskFullError(f"{name}: no space left on the disk",
                             "free some space; all that was stored before is kept")
    if "not a database" in message or "file is encrypted" in message:
        return NotADatabaseError(f"{name} is not a database", "name another file with --database")
    if "readonly database" in message:
        return NotWritableError(f"{name} must not be written by this user", "change its rights or name another file")
    if "unable to open" in message:
        return unopened(url)
    if "malformed" in message or "disk I/O error" in message or "corrupt" in message:
        return DamagedDatabaseError(f"{name} is damaged ({message})", "bring back a backup")
    return None


def unopened(url: URL) -> StorageError:
    """Why a SQLite file could not be opened."""
    name, folder = printed(url), folder_of(url)
    if not folder.is_dir():
        return NoFolderError(f"{name}: the folder {folder} does not exist",
                             f"make it (mkdir -p {folder}) or name another file with --database")
    if Path(url.database or "").is_dir():
        return NotADatabaseError(f"{name} is a folder", "name a file with --database")
    what = "the file" if Path(url.database or "").exists() and os.access(folder, os.W_OK) else f"the folder {folder}"
    return NotWritableError(f"{name}: {what} must not be written by this user",
                            "change its rights or name another file with --database")


def _space(folder: Path) -> int:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return LITTLE


def _postgres(url: URL, cause: BaseException) -> StorageError | None:
    name, state = printed(url), getattr(cause, "sqlstate", None)
    if state in ("53100", "53200"):
        return DiskFullError(f"{name}: the server has no space left", "free some space; all stored rows are kept")
    if state in ("55P03", "40P01"):
        return LockedError(f"{name} is locked by another program", "wait until it has finished, then try again")
    if state in ("42501", "25006"):
        return NotWritableError(f"{name} must not be written by this user",
                                "grant this user the right to create and write tables")
    unreachable = state is None and type(cause).__name__ == "OperationalError"
    if unreachable or (state or "").startswith(("08", "28", "3D", "57P")) or state == "53300":
        reason = " ".join(str(cause).split()) or "no answer"
        return UnreachableError(f"{name} cannot be reached ({reason})",
                                "start the server, check user and password, make the database with createdb")
    return None
