"""Alembic runs this file: on the connection, and inside the transaction, that `run.py` hands over."""

from __future__ import annotations

from alembic import context

from storage.migrations import VERSION_TABLE
from storage.migrations.run import is_ours
from storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    include_object=is_ours,
    render_as_batch=True,
    transactional_ddl=True,  # true of SQLite too, as our engine begins its transactions itself
)
with context.begin_transaction():
    context.run_migrations()
