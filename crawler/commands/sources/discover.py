"""`marsad sources discover`: outlets that searches led to and the registry lacks."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Optional

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
from crawler.configuration.sources import load_sources


def register(group: typer.Typer) -> None:
    group.command("discover")(discover)


def discover(
    topic: Annotated[Optional[str], typer.Argument(help="Match kept texts against this topic, instead of what the crawl found.")] = None,  # noqa: E501, UP045
    limit: Annotated[int, typer.Option(min=1, help="At most so many outlets.")] = 50,
    matched: Annotated[bool, typer.Option("--matched", help="Only those with a page on the topic.")] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Outlets met in search results, aggregators and origin links that are not in the registry, most matches first."""
    from crawler.newcomers import find_newcomers
    from crawler.topics import load_topic
    from storage.engine import open_database, reading

    folder = set_up(config).folder
    registry = load_sources(folder)
    chosen = load_topic(folder.file(f"topics/{topic}.yml")) if topic else None
    engine = open_database(database, read_only=True)
    try:
        with reading(engine) as conn:
            found = find_newcomers(conn, registry, chosen)
    finally:
        engine.dispose()
    found = [one for one in found if one.matched or not matched]
    shown = found[:limit]
    if as_json:
        emit_json([asdict(one) for one in shown])
        return
    columns = ("host", "name", "seen", "matched", "newest", "languages", "via", "example")
    out().print(table(columns, [(one.host, one.name, one.seen, one.matched, one.newest, " ".join(one.languages),
                                 " ".join(one.via), one.example) for one in shown]))
    rest = f", {len(found) - limit} more with --limit {len(found)}" if len(found) > limit else ""
    out().print(f"{len(shown)} outlets{rest}; `marsad sources add https://HOST/` takes one in", soft_wrap=True)
