"""Rows of whole tables from one database into another of the same schema."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from storage.rows import as_dict, chunks
from storage.schema import metadata

# What a rebuild cannot make again: the registry, what was asked when, what people decided.
MEMORY = ("sources", "pages", "decisions")


def copy_rows(source: Connection, target: Connection, tables: Iterable[str]) -> None:
    """Make the rows of `tables` in `target` those of `source`."""
    for name in tables:
        table = metadata.tables[name]
        target.execute(delete(table))
        for batch in chunks(map(as_dict, source.execute(select(table)))):
            target.execute(insert(table), batch)
