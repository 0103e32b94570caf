"""How marsad opens a PostgreSQL database: whose it is, and the settings of every connection."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL

from storage.addresses import printed
from storage.errors import DatabaseUrlError, ForeignDatabaseError, NoDatabaseError

WAIT = 30  # seconds to wait for another writer, as long as SQLite waits
CONNECT = 10  # seconds to wait for the server

# Writers take turns, as in SQLite: what is read before writing (is this story known? this project?) stays
# true until the commit. One lock per schema; readers never wait.
TURN = "SELECT pg_advisory_xact_lock(hashtext('marsad writer'), hashtext(current_schema()))"


def engine_for(url: URL, *, read_only: bool) -> Engine:
    """An engine of psycopg connections; with `read_only` the server itself refuses to write."""
    engine = create_engine(
        url, pool_pre_ping=True, execution_options={"postgresql_readonly": True} if read_only else {},
        connect_args={"connect_timeout": CONNECT, "application_name": "marsad", "client_encoding": "utf8"})

    @event.listens_for(engine, "connect")
    def set_right(connection: Any, _record: object) -> None:
        connection.autocommit = True
        connection.execute(f"SET lock_timeout = '{WAIT}s'")
        connection.autocommit = False

    return engine


def check_owner(url: URL, conn: Connection, *, read_only: bool, version_table: str) -> None:
    """See that the schema in use is ours or empty. Raises ForeignDatabaseError, NoDatabaseError."""
    encoding = conn.execute(text("SHOW server_encoding")).scalar_one()
    if encoding != "UTF8":
        raise DatabaseUrlError(f"{printed(url)} stores text as {encoding}",
                               "make the database with: createdb --encoding=UTF8 --template=template0")
    if conn.execute(text("SELECT current_schema()")).scalar_one() is None:
        raise DatabaseUrlError(f"{printed(url)}: the schema in its search_path does not exist", "create it first")
    tables = set(conn.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")).scalars())
    if version_table in tables:
        return
    if tables:
        raise ForeignDatabaseError(f"{printed(url)} holds the tables of another program",
                                   "marsad leaves it alone; make a database of its own with createdb")
    if read_only:
        raise NoDatabaseError(f"there is nothing of marsad at {printed(url)} yet",
                              "marsad crawl, ingest or demo makes it; or name another with --database")
