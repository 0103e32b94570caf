"""Databases for tests. In a conftest: `from tests.databases import database, database_url, postgres  # noqa: F401`.

`database_url` gives a test the URL of an empty database of its own, once SQLite and once PostgreSQL;
`database` an open engine on it. PostgreSQL needs a server:

    MARSAD_TEST_POSTGRES=postgresql+psycopg://user:password@127.0.0.1:5432/postgres pytest tests/storage

Where none is named or reachable these tests are skipped and say so. Each run makes a database of its own
there (or, without the right to, a schema in the named one) and drops it.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from storage.engine import open_database

VARIABLE = "MARSAD_TEST_POSTGRES"
HOW = f"start one and set {VARIABLE}=postgresql+psycopg://user:password@host:port/database"
UTF8 = "ENCODING 'UTF8' TEMPLATE template0"


def run_sql(url: URL, *statements: str) -> None:
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 5})
    with engine.connect() as conn:
        for statement in statements:
            conn.execute(text(statement))


@pytest.fixture(scope="session")
def postgres() -> Iterator[URL]:
    """A PostgreSQL database of this test run's own."""
    named = os.environ.get(VARIABLE)
    if not named:
        pytest.skip(f"PostgreSQL left out: no server is named; {HOW}")
    server, name = make_url(named), f"marsad_test_{secrets.token_hex(6)}"
    try:
        run_sql(server, f"CREATE DATABASE {name} {UTF8}")
    except DBAPIError as error:
        if "permission denied" in str(error.orig):
            yield server
            return
        pytest.skip(f"PostgreSQL left out: the server of {VARIABLE} does not answer; {HOW}")
    yield server.set(database=name)
    run_sql(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database that holds nothing yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'marsad.db'}"
        return
    base: URL = request.getfixturevalue("postgres")
    schema = f"test_{secrets.token_hex(6)}"
    run_sql(base, f"CREATE SCHEMA {schema}")
    yield base.update_query_dict({"options": f"-csearch_path={schema}"}).render_as_string(hide_password=False)
    run_sql(base, f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    """An engine on a database of today's schema, without rows."""
    engine = open_database(database_url)
    yield engine
    engine.dispose()
