from __future__ import annotations

import hashlib

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from storage.engine import open_database, reading, writing
from storage.migrations import HEAD, VERSION_TABLE
from storage.migrations.run import downgrade, is_ours, upgrade
from storage.schema import metadata
from storage.views import VIEWS


def test_head_is_the_newest_revision() -> None:
    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_a_changed_view_needs_a_revision() -> None:
    # views are created anew by migrations only: change a view, add a revision (it may be empty), then this line
    digest = hashlib.sha256("".join(f"{name}{select}" for name, select in VIEWS.items()).encode()).hexdigest()
    assert (HEAD, digest[:12]) == ("0002", "312778de1ec6")


def test_the_migrated_schema_is_the_one_in_code(database: Engine) -> None:
    with reading(database) as conn:
        context = MigrationContext.configure(conn, opts={
            "include_object": is_ours, "version_table": VERSION_TABLE,
            # Alembic cannot read an empty default back from SQLite
            "compare_server_default": database.dialect.name == "postgresql"})
        assert compare_metadata(context, metadata) == []


def test_down_to_nothing_and_up_again(database: Engine) -> None:
    with writing(database) as conn:
        downgrade(conn, "base")
    with reading(database) as conn:
        assert set(inspect(conn).get_table_names()) <= {VERSION_TABLE}
        assert inspect(conn).get_view_names() == []
    with writing(database) as conn:
        upgrade(conn)
    with reading(database) as conn:
        assert set(metadata.tables) | {"articles_search"} <= set(inspect(conn).get_table_names())
        assert set(inspect(conn).get_view_names()) == set(VIEWS)


def test_a_migration_that_fails_leaves_nothing(database: Engine) -> None:
    class StopError(Exception):
        pass

    try:
        with writing(database) as conn:
            downgrade(conn, "base")
            upgrade(conn)
            conn.execute(text("DROP VIEW project_timeline"))
            raise StopError
    except StopError:
        pass
    with reading(database) as conn:
        assert "project_timeline" in inspect(conn).get_view_names()
        assert conn.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalars().all() == [HEAD]


def test_opening_twice_changes_nothing(database: Engine, database_url: str) -> None:
    open_database(database_url).dispose()
    open_database(database_url, read_only=True).dispose()
    with reading(database) as conn:
        assert conn.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalars().all() == [HEAD]
