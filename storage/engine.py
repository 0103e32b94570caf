"""The one way to a database: `open_database`, then `writing` and `reading` transactions.

SQLite: write-ahead log, foreign keys, real transactions; `writing` begins IMMEDIATE, so that two writers
wait for each other instead of failing. PostgreSQL: writers take turns by an advisory lock, so that both
databases behave the same.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, event, inspect, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from storage import postgres, sqlite
from storage.addresses import is_memory, parse, printed
from storage.errors import NewerDatabaseError, OlderDatabaseError
from storage.failures import explain
from storage.migrations import HEAD, VERSION_TABLE

_READS = "marsad_reads"  # execution option: this transaction only reads


def open_database(url: str, *, read_only: bool = False) -> Engine:
    """An engine on a database that is ours and of today's schema; a missing one is made, an older one migrated.

    `url` is a SQLAlchemy URL (SQLite, PostgreSQL). With `read_only` nothing is made or changed. Raises a
    StorageError (see storage/errors.py) whose text names the URL without password and what to do.
    """
    parsed = parse(url)
    engine: Engine | None = None
    try:
        if parsed.drivername == "sqlite" and not is_memory(parsed):
            sqlite.check_magic(parsed)
            sqlite.prepare(parsed, read_only=read_only)
        engine = _engine(parsed, read_only=read_only)
        _to_head(parsed, engine, read_only=read_only)
    except Exception as error:
        if engine is not None:
            engine.dispose()
        known = explain(parsed, error) if isinstance(error, (DBAPIError, sqlite3.Error)) else None
        if known is not None:
            raise known from error
        raise
    return engine


def database_exists(url: str) -> bool:
    """Whether there is anything to read at `url`; a server is taken to exist."""
    parsed = parse(url)
    if parsed.drivername != "sqlite" or is_memory(parsed):
        return parsed.drivername != "sqlite"
    return Path(parsed.database or "").is_file()


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that may write: committed at the end, rolled back on an exception.

    It holds the write lock from its first moment, so keep it short. Raises LockedError after 30 s of
    waiting, DiskFullError and the other StorageErrors.
    """
    with _explained(engine), engine.begin() as conn:
        yield conn


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that sees one state of the database throughout and cannot write.

    A reader that stays open keeps SQLite's log from shrinking: read, then leave.
    """
    with _explained(engine), engine.connect() as conn:
        if engine.dialect.name == "postgresql":
            conn.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        else:
            conn.execution_options(**{_READS: True})
        with conn.begin() as transaction:
            yield conn
            with suppress(DBAPIError):
                transaction.rollback()


@contextmanager
def _explained(engine: Engine) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        known = explain(engine.url, error)
        if known is None:
            raise
        raise known from error


def _engine(url: URL, *, read_only: bool) -> Engine:
    if url.drivername != "sqlite":
        engine = postgres.engine_for(url, read_only=read_only)

        @event.listens_for(engine, "begin")
        def take_turn(conn: Connection) -> None:
            if not read_only and not conn.get_execution_options().get("postgresql_readonly"):
                conn.exec_driver_sql(postgres.TURN)

        return engine

    engine = sqlite.engine_for(url, read_only=read_only)
    alone = is_memory(url)

    @event.listens_for(engine, "begin")
    def begin(conn: Connection) -> None:
        # the driver's own transactions are off (isolation_level None): they begin too late, and for DDL not at all
        reads = read_only or bool(conn.get_execution_options().get(_READS, False))
        conn.exec_driver_sql(f"PRAGMA query_only = {int(reads)}")
        conn.exec_driver_sql("BEGIN" if reads or alone else "BEGIN IMMEDIATE")

    return engine


def _to_head(url: URL, engine: Engine, *, read_only: bool) -> None:
    with reading(engine) as conn:
        if engine.dialect.name == "postgresql":
            postgres.check_owner(url, conn, read_only=read_only, version_table=VERSION_TABLE)
        revision = _revision(conn)
    if revision == HEAD:
        return
    # Alembic takes a moment to load and is only needed from here on
    from storage.migrations.run import is_known, upgrade  # noqa: PLC0415

    if revision is not None and not is_known(revision):
        raise NewerDatabaseError(f"{printed(url)} was made by a newer marsad (schema {revision}, here {HEAD})",
                                 "bring marsad up to date: pip install --upgrade marsad")
    if read_only:
        raise OlderDatabaseError(f"{printed(url)} is of an older marsad (schema {revision or 'none'}, here {HEAD})",
                                 "a command that writes, as marsad crawl does, brings it up to date")
    with writing(engine) as conn:
        if _revision(conn) == HEAD:  # another process was faster
            return
        if revision is not None:
            _keep_old(url)
        if engine.dialect.name == "sqlite":
            conn.exec_driver_sql(f"PRAGMA application_id = {sqlite.APPLICATION_ID}")
        upgrade(conn)


def _keep_old(url: URL) -> None:
    """Before a migration: a checked copy of the SQLite file beside it, made while we hold the write lock.

    A server is migrated in one transaction, and its backups are its administrator's (docs/operations.md).
    """
    if url.drivername == "sqlite" and not is_memory(url):
        from storage.backups import before_migration  # noqa: PLC0415 - rarely needed, and it imports this module

        before_migration(url)


def _revision(conn: Connection) -> str | None:
    """The revision that the database says it has, None for an empty one."""
    if not inspect(conn).has_table(VERSION_TABLE):
        return None
    return conn.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()  # noqa: S608
