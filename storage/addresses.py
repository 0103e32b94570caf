"""Database URLs: read, completed, and printed without their password."""

from __future__ import annotations

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from storage.errors import DatabaseUrlError

HINT = "write sqlite:///marsad.db, sqlite:////full/path/marsad.db or postgresql+psycopg://user:password@host/database"
_DRIVERS = {"sqlite": "sqlite", "sqlite+pysqlite": "sqlite", "postgresql": "postgresql+psycopg",
            "postgres": "postgresql+psycopg", "postgresql+psycopg": "postgresql+psycopg"}


def parse(url: str) -> URL:
    """The URL with its driver spelled out. Raises DatabaseUrlError for anything but SQLite and PostgreSQL."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # the text itself may hold a password: it is not printed
        raise DatabaseUrlError("the database URL cannot be read", HINT) from None
    driver = _DRIVERS.get(parsed.drivername)
    if driver is None:
        raise DatabaseUrlError(f"{printed(parsed)} is no database that marsad speaks", HINT)
    parsed = parsed.set(drivername=driver)
    if driver == "sqlite" and (parsed.host or parsed.username or parsed.query):
        raise DatabaseUrlError(f"{printed(parsed)} is not how a SQLite file is named", HINT)
    if driver != "sqlite" and not parsed.database:
        raise DatabaseUrlError(f"{printed(parsed)} names no database", HINT)
    return parsed


def printed(url: URL) -> str:
    """For messages: the password, also one given as a parameter, is hidden."""
    secret = {name: "***" for name in url.query if "password" in name.lower()}
    return url.update_query_dict(secret).render_as_string(hide_password=True)


def is_memory(url: URL) -> bool:
    """True for a SQLite database that lives in this process alone."""
    return url.drivername == "sqlite" and url.database in (None, "", ":memory:")
