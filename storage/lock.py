"""One daemon a database: a lock that ends with the process that holds it, however it ends.

SQLite: `flock` on a file beside the database (`marsad.db.daemon`), which also says who holds it. PostgreSQL: an
advisory lock of a session of its own, whose application name says who. Neither is left over by `kill -9`.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from storage.addresses import is_memory, parse, printed
from storage.errors import DaemonRunsError
from storage.failures import explain

_KEY = "hashtext('marsad daemon'), hashtext(current_schema())"
_HOLDER = text(
    "SELECT a.application_name FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid"
    " WHERE l.locktype = 'advisory' AND l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname ="
    " current_database()) AND l.classid::bigint = (hashtext('marsad daemon')::bigint & 4294967295)"
    " AND l.objid::bigint = (hashtext(current_schema())::bigint & 4294967295) AND l.objsubid = 2")
# A look of `marsad status` holds the file's lock for a moment.
_TRIES, _PAUSE = 10, 0.05


@dataclass(frozen=True, slots=True)
class Holder:
    """The daemon that holds a database: its process id, its machine, since when (UTC text)."""

    pid: int
    host: str
    since: str


class Lock(Protocol):
    """A lock in hand."""

    def held(self) -> bool:
        """Whether it is still ours; False once the server has dropped our session."""

    def release(self) -> None:
        """Give it back."""


def take(engine: Engine, since: str) -> Lock:
    """Take the daemon's lock of this database. Raises DaemonRunsError naming the process that has it."""
    url = parse(engine.url.render_as_string(hide_password=False))
    me = Holder(os.getpid(), socket.gethostname(), since)
    if url.drivername != "sqlite":
        return _Session(engine, me)
    return _Nothing() if is_memory(url) else _File(lock_path(Path(url.database or "")), me)


def holder(engine: Engine) -> Holder | None:
    """The daemon that holds this database just now, None where none does."""
    url = parse(engine.url.render_as_string(hide_password=False))
    if url.drivername != "sqlite":
        with engine.connect() as conn:
            return _named(conn.execute(_HOLDER).scalar())
    return None if is_memory(url) else _file_holder(lock_path(Path(url.database or "")))


def lock_path(database: Path) -> Path:
    """The lock file of a SQLite database; it may stay when nobody holds it."""
    return database.absolute().with_name(f"{database.name}.daemon")


class _Nothing:
    """A database in memory is nobody else's."""

    def held(self) -> bool:
        return True

    def release(self) -> None:
        """Nothing to give back."""


class _File:
    def __init__(self, path: Path, me: Holder) -> None:
        # Python opens files so that no child inherits them: a round must not hold the lock of a dead daemon.
        self._file = path.open("a+", encoding="utf-8")
        for _ in range(_TRIES):
            try:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError as error:
                if error.errno not in {errno.EWOULDBLOCK, errno.EACCES}:
                    self._file.close()
                    raise
                time.sleep(_PAUSE)
        else:
            other = _read(path)
            self._file.close()
            raise _refused(path.name.removesuffix(".daemon"), other)
        self._file.truncate(0)
        self._file.write(json.dumps(asdict(me)))
        self._file.flush()

    def held(self) -> bool:
        return not self._file.closed

    def release(self) -> None:
        if not self._file.closed:
            self._file.truncate(0)
            self._file.close()


class _Session:
    def __init__(self, engine: Engine, me: Holder) -> None:
        self._conn: Connection | None = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        name = f"marsad daemon {me.pid} {me.since} {me.host}"
        try:
            self._conn.execute(text("SELECT set_config('application_name', :name, false)"), {"name": name[:63]})
            for _ in range(_TRIES):
                if self._conn.execute(text(f"SELECT pg_try_advisory_lock({_KEY})")).scalar():
                    return
                time.sleep(_PAUSE)
            raise _refused(printed(engine.url), _named(self._conn.execute(_HOLDER).scalar()))
        except BaseException as error:
            self.release()
            known = explain(engine.url, error) if isinstance(error, DBAPIError) else None
            if known is not None:
                raise known from error
            raise

    def held(self) -> bool:
        try:
            return self._conn is not None and self._conn.execute(text("SELECT 1")).scalar() == 1
        except DBAPIError:
            return False

    def release(self) -> None:
        if self._conn is not None:
            with suppress(DBAPIError):
                self._conn.invalidate()  # the session ends, and the lock with it, instead of going back to the pool
                self._conn.close()
            self._conn = None


def _refused(database: str, other: Holder | None) -> DaemonRunsError:
    who = f"process {other.pid} on {other.host}, since {other.since}" if other else "another process"
    return DaemonRunsError(f"a marsad daemon runs already on {database} ({who})",
                           f"stop it first (kill {other.pid})" if other else "stop it first")


def _named(application: str | None) -> Holder | None:
    parts = (application or "").split(" ")
    if len(parts) < 5 or parts[:2] != ["marsad", "daemon"] or not parts[2].isdigit():
        return None
    return Holder(int(parts[2]), parts[4], parts[3])


@contextmanager
def _opened(path: Path) -> Iterator[int | None]:
    try:
        number = os.open(path, os.O_RDONLY)
    except OSError:
        yield None
        return
    try:
        yield number
    finally:
        os.close(number)


def _file_holder(path: Path) -> Holder | None:
    with _opened(path) as number:
        if number is None:
            return None
        try:
            fcntl.flock(number, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return _read(path)
        return None


def _read(path: Path) -> Holder | None:
    try:
        return Holder(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
