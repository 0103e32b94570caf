"""How marsad opens a SQLite file: whose it is, its lasting settings, and those of every connection."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import URL
from sqlalchemy.pool import StaticPool

from storage.addresses import is_memory, printed
from storage.errors import ForeignDatabaseError, NoDatabaseError, NotADatabaseError
from storage.failures import unopened

APPLICATION_ID = 0x4D525344  # "MRSD" in the file's header: `file marsad.db` and we ourselves know it by this
WAIT = 30.0  # seconds to wait for another writer
# Connections that stay open between uses, three descriptors each: one that writes, one that reads. What a third use at
# the same moment opens is closed again (SQLite itself keeps one of the three for the next time).
KEPT_OPEN = 2
WAL_KEPT = 64 << 20  # bytes that the write-ahead log keeps after a checkpoint


def engine_for(url: URL, *, read_only: bool) -> Engine:
    """An engine whose connections are set right; the file must have been prepared. Begins nothing by itself."""
    if is_memory(url):
        return create_engine(url, poolclass=StaticPool,
                             creator=lambda: _open(":memory:", read_only=False))
    return create_engine(url, creator=lambda: connect(url, read_only=read_only), pool_size=KEPT_OPEN, max_overflow=8)


def connect(url: URL, *, read_only: bool) -> sqlite3.Connection:
    """One plain connection; transactions are begun by whoever uses it. Raises sqlite3.Error."""
    path = Path(url.database or "").absolute()
    mode = "rwc"
    if read_only:
        # in a folder that cannot be written SQLite finds no place for the log's index; a file that was
        # closed well needs none
        sealed = not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists()
        mode = "ro&immutable=1" if sealed else "ro"
    return _open(f"file:{quote(str(path))}?mode={mode}", read_only=read_only)


def _open(name: str, *, read_only: bool) -> sqlite3.Connection:
    conn = sqlite3.connect(name, uri=True, timeout=WAIT, isolation_level=None, check_same_thread=False)
    try:
        conn.execute("PRAGMA foreign_keys = ON")
        conn.execute("PRAGMA cache_size = -16000")  # 16 MB
        if read_only:
            conn.execute("PRAGMA query_only = ON")
        else:
            # after a kill nothing acknowledged is lost; after a power cut perhaps the newest commits
            conn.execute("PRAGMA synchronous = NORMAL")
            conn.execute(f"PRAGMA journal_size_limit = {WAL_KEPT}")
    except BaseException:
        conn.close()
        raise
    return conn


def prepare(url: URL, *, read_only: bool) -> None:
    """See that the file is ours, or new, and switch a writable one to the write-ahead log.

    Raises NoDatabaseError, NoFolderError, NotADatabaseError, NotWritableError, ForeignDatabaseError
    and sqlite3.Error.
    """
    path = Path(url.database or "")
    if not path.absolute().parent.is_dir() or path.is_dir():
        raise unopened(url)
    if read_only and not path.exists():
        raise NoDatabaseError(f"there is no database at {printed(url)} yet",
                              "marsad crawl, ingest or demo makes one; or name another with --database")
    if not read_only and path.exists() and not os.access(path, os.W_OK):
        raise unopened(url)  # SQLite would open it for reading and fail at the first row, after all the work
    with closing(connect(url, read_only=read_only)) as conn:
        _check_owner(url, conn)
        if not read_only:
            _retried(lambda: conn.execute("PRAGMA journal_mode = WAL").fetchone())


def _check_owner(url: URL, conn: sqlite3.Connection) -> None:
    conn.execute("BEGIN")  # one snapshot: another process may be making the tables just now
    try:
        mark = conn.execute("PRAGMA application_id").fetchone()[0]
        tables = conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    finally:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
    if mark == APPLICATION_ID or (mark == 0 and tables == 0):
        return
    raise ForeignDatabaseError(f"{printed(url)} is a database of another program",
                               "marsad leaves it alone; name another file with --database")


def _retried(switch: Callable[[], object]) -> None:
    """Changing the journal mode answers "locked" at once, without waiting as other statements do."""
    deadline = time.monotonic() + WAIT
    while True:
        try:
            switch()
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def check_magic(url: URL) -> None:
    """Raise NotADatabaseError for a file that is no SQLite database, without opening it as one."""
    path = Path(url.database or "")
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError:
        return
    if head and not b"SQLite format 3\0".startswith(head):
        raise NotADatabaseError(f"{printed(url)} is not a database", "name another file with --database")
