"""`marsad sources list`: the registry with what the database knows of each source."""

from __future__ import annotations

from typing import Any

import typer

from crawler.commands.common import (
    DEFAULT_DATABASE,
    ConfigOption,
    DatabaseOption,
    JsonOption,
    emit_json,
    out,
    table,
)
from crawler.configuration.setup import set_up
from crawler.configuration.sources import Source, load_sources
from storage.engine import database_exists, open_database, reading
from storage.sources import listed


def register(group: typer.Typer) -> None:
    group.command("list")(list_sources)


def list_sources(as_json: JsonOption = False, config: ConfigOption = None,
                 database: DatabaseOption = DEFAULT_DATABASE) -> None:
    """All sources of the registry with what the database knows of their visits."""
    known: dict[str, dict[str, Any]] = {}
    if database_exists(database):
        with reading(open_database(database, read_only=True)) as conn:
            known = {row["id"]: row for row in listed(conn)}
    rows = [_row(source, known.get(source.id, {})) for source in load_sources(set_up(config).folder)]
    if as_json:
        emit_json(rows)
        return
    columns = ("id", "name", "country", "languages", "kind", "ways", "state", "last_success_at", "last_error")
    out().print(table(columns, [[row[column] for column in columns] for row in rows]))
    out().print(f"{len(rows)} sources, {sum(row['state'] != 'off' for row in rows)} switched on")


def _row(source: Source, state: dict[str, Any]) -> dict[str, Any]:
    return {"id": source.id, "name": source.name, "country": source.country, "languages": " ".join(source.languages),
            "kind": source.kind, "ways": ", ".join(way.kind for way in source.discover), "state": _state(source, state),
            "last_success_at": state.get("last_success_at"), "last_error": state.get("last_error") or source.reason}


def _state(source: Source, state: dict[str, Any]) -> str:
    if not source.enabled:
        return "off"
    if not state.get("last_visit_at"):
        return "never visited"
    return "failing" if state.get("consecutive_failures") else "ok"
