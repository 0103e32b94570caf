"""Migrations up and down on an open connection; they and their record are one transaction."""

from __future__ import annotations

from threading import Lock
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.migrations import HEAD
from storage.views import create_views, drop_views

_ONE_AT_A_TIME = Lock()  # Alembic keeps its context in module globals


def upgrade(conn: Connection, revision: str = HEAD) -> None:
    """Bring the schema up to `revision`, and the views to today's. The caller commits."""
    drop_views(conn)
    with _ONE_AT_A_TIME:
        command.upgrade(_config(conn), revision)
    if revision == HEAD:
        create_views(conn)


def downgrade(conn: Connection, revision: str) -> None:
    """Bring the schema down to `revision` (`base`: to nothing). The caller commits."""
    drop_views(conn)
    with _ONE_AT_A_TIME:
        command.downgrade(_config(conn), revision)


def is_known(revision: str) -> bool:
    """True for a revision that this marsad can start from."""
    return revision in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def is_ours(_object: object, name: str | None, type_: str, _reflected: bool, _compare_to: object) -> bool:
    """What Alembic compares with the metadata: not the full-text table, which SQLite keeps in six parts."""
    return not (type_ == "table" and (name or "").startswith("articles_search"))


def _config(conn: Connection | None = None) -> Config:
    attributes: dict[str, Any] = {} if conn is None else {"connection": conn}
    config = Config(attributes=attributes)
    config.set_main_option("script_location", "storage:migrations")
    return config
