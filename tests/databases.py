"""Databases for tests. In a conftest:

    from tests.databases import database, database_url, migrated, postgres, pytest_collection_modifyitems
    __all__ = [the same names]

`database_url` gives a test the URL of an empty database of its own, once SQLite and once PostgreSQL;
`database` an open engine on it. PostgreSQL needs a server:

    MARSAD_TEST_POSTGRES=postgresql+psycopg://user:password@127.0.0.1:5432/postgres pytest tests/storage

Where none is named or reachable these tests are skipped and say so. Each run makes a database of its own
there (or, without the right to, a schema in the named one) and drops it.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from storage.engine import open_database
from storage.errors import StorageError
from storage.schema import metadata

VARIABLE = "MARSAD_TEST_POSTGRES"
HOW = f"start one and set {VARIABLE}=postgresql+psycopg://user:password@host:port/database"
UTF8 = "ENCODING 'UTF8' TEMPLATE template0"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what needs a server where none is named; pytest tells it once a file."""
    if not os.environ.get(VARIABLE):
        left_out = pytest.mark.skip(reason=f"PostgreSQL left out: no server is named; {HOW}")
        for item in items:
            if item.get_closest_marker("postgres"):
                item.add_marker(left_out)


def run_sql(url: URL, *statements: str) -> None:
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 5})
    with engine.connect() as conn:
        for statement in statements:
            conn.execute(text(statement))


@pytest.fixture(scope="session")
def postgres() -> Iterator[URL]:
    """A PostgreSQL database of this test run's own."""
    server, name = make_url(os.environ[VARIABLE]), f"marsad_test_{secrets.token_hex(6)}"
    try:
        run_sql(server, f"CREATE DATABASE {name} {UTF8}")
    except DBAPIError as error:
        if "permission denied" in str(error.orig):
            yield server
            return
        pytest.skip(f"PostgreSQL left out: the server of {VARIABLE} does not answer; {HOW}")
    yield server.set(database=name)
    run_sql(server, f"DROP DATABASE {name} WITH (FORCE)")


def new_schema(server: URL) -> tuple[str, str]:
    """A schema without tables in a database: its name, and the URL that leads to it."""
    schema = f"test_{secrets.token_hex(6)}"
    run_sql(server, f"CREATE SCHEMA {schema}")
    return schema, server.update_query_dict({"options": f"-csearch_path={schema}"}).render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is migrated once and used again: a SQLite file to copy, a PostgreSQL schema to empty."""
    path = tmp_path_factory.mktemp("migrated") / "marsad.db"
    open_database(f"sqlite:///{path}").dispose()
    return {"sqlite": str(path)}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path, migrated: dict[str, str]) -> Iterator[str]:
    """The URL of a database without rows; without tables, too, unless the test also asks for `database`."""
    with_tables = "database" in request.fixturenames
    if request.param == "sqlite":
        if with_tables:
            shutil.copyfile(migrated["sqlite"], tmp_path / "marsad.db")
        yield f"sqlite:///{tmp_path / 'marsad.db'}"
        return
    server: URL = request.getfixturevalue("postgres")
    if not with_tables:
        schema, url = new_schema(server)
        yield url
        run_sql(server, f"DROP SCHEMA {schema} CASCADE")
        return
    url = migrated.pop("postgresql", None) or new_schema(server)[1]
    yield url
    with suppress(DBAPIError, StorageError):  # a test that left something odd behind: the next one gets a new schema
        engine = open_database(url, read_only=True)
        engine.dispose()
        run_sql(make_url(url), f"TRUNCATE {', '.join((*metadata.tables, 'articles_search'))} RESTART IDENTITY CASCADE")
        migrated["postgresql"] = url


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    """An engine on a database of today's schema, without rows."""
    engine = open_database(database_url)
    yield engine
    engine.dispose()
