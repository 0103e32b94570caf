"""`marsad sources list`: the registry with what the database knows of each source."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Any, Optional, get_args

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
from crawler.configuration.sources import Kind, Source, load_sources
from storage.engine import database_exists, open_database, reading
from storage.sources import listed

STATES = ("unvisited", "ok", "quiet", "failing", "blocked", "moved", "dead", "lying", "off")
_HEALTH = ("state_since", "last_visit_at", "last_success_at", "last_article_at", "consecutive_failures",
           "last_error", "expected_weekly", "moved_to")
_COLUMNS = ("id", "name", "country", "languages", "kind", "ways", "state", "since", "last success", "last article",
            "a week", "why")

Many = Optional[list[str]]  # noqa: UP045 - Typer on Python 3.10 reads the annotation at run time


def register(group: typer.Typer) -> None:
    group.command("list")(list_sources)


def list_sources(
    as_json: JsonOption = False,
    country: Annotated[Many, typer.Option("--country", help="Only these (MA); may be repeated.")] = None,
    language: Annotated[Many, typer.Option("--language", help="Only what publishes in these (ar).")] = None,
    kind: Annotated[Many, typer.Option("--kind", help=f"Only these: {', '.join(get_args(Kind))}.")] = None,
    state: Annotated[Many, typer.Option("--state", help=f"Only these: {', '.join(STATES)}.")] = None,
    config: ConfigOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """All sources of the registry with what the database knows of their visits."""
    kinds, states = _known(kind, get_args(Kind), "--kind"), _known(state, STATES, "--state")
    countries = {code.upper() for code in country or ()}
    languages = {code.lower() for code in language or ()}
    learnt = health(database)
    rows = [row_of(source, learnt.get(source.id, {})) for source in load_sources(set_up(config).folder)]
    rows = [row for row in rows if (not countries or row["country"] in countries)
            and (not languages or languages & set(row["languages"]))
            and (not kinds or row["kind"] in kinds) and (not states or row["state"] in states)]
    if as_json:
        emit_json(rows)
        return
    out().print(table(_COLUMNS, [_cells(row) for row in rows]))
    counted = Counter(row["state"] for row in rows)
    out().print(f"{len(rows)} sources" + "".join(f", {counted[name]} {name}" for name in STATES if counted[name]))


def health(database: str) -> dict[str, dict[str, Any]]:
    """What the database knows of each source, by id; nothing where there is no database."""
    if not database_exists(database):
        return {}
    engine = open_database(database, read_only=True)
    try:
        with reading(engine) as conn:
            return {row["id"]: row for row in listed(conn)}
    finally:
        engine.dispose()


def row_of(source: Source, learnt: dict[str, Any]) -> dict[str, Any]:
    """One source with its health: `learnt` is its row of `sources`, empty where there is none."""
    return {"id": source.id, "name": source.name, "home": source.home, "country": source.country,
            "languages": list(source.languages), "kind": source.kind,
            "ways": [{"kind": way.kind, "url": way.url} for way in source.discover],
            "every_seconds": int(source.every.total_seconds()), "enabled": source.enabled,
            "state": _state(source, learnt),
            "reason": source.reason if not source.enabled else learnt.get("state_reason") or learnt.get("last_error"),
            **{key: learnt.get(key) for key in _HEALTH}}


def _state(source: Source, learnt: dict[str, Any]) -> str:
    if not source.enabled:
        return "off"
    if learnt.get("state") not in {None, "unvisited"}:
        return str(learnt["state"])
    if not learnt.get("last_visit_at"):
        return "unvisited"
    # Visited by a release that did not judge health.
    return "failing" if learnt.get("consecutive_failures") else "ok"


def _cells(row: dict[str, Any]) -> list[Any]:
    ways = Counter(way["kind"] for way in row["ways"])
    expected = row["expected_weekly"]
    return [row["id"], row["name"], row["country"], " ".join(row["languages"]), row["kind"],
            ", ".join(name if count == 1 else f"{count} {name}s" for name, count in ways.items()), row["state"],
            _minute(row["state_since"]), _minute(row["last_success_at"]), _minute(row["last_article_at"]),
            None if expected is None else f"{expected:.0f}" if expected >= 1 else "<1",
            f"{row['reason'] or ''}{' → ' + row['moved_to'] if row['moved_to'] else ''}"]


def _minute(moment: str | None) -> str | None:
    return moment[:16].replace("T", " ") if moment else None


def _known(given: list[str] | None, choices: tuple[str, ...], option: str) -> set[str]:
    """What was asked for, each one of the choices."""
    wanted = {name.lower() for name in given or ()}
    for name in sorted(wanted - set(choices)):
        raise typer.BadParameter(f"{name!r} is none of {', '.join(choices)}", param_hint=option)
    return wanted
