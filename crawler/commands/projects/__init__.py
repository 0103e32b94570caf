"""`marsad projects`: the projects as a table, or one project's dossier."""

from __future__ import annotations

import difflib
from typing import Annotated, Optional

import typer

from crawler.commands.common import (
    DEFAULT_DATABASE,
    ConfigOption,
    DatabaseOption,
    JsonOption,
    emit_json,
    err,
    out,
)
from crawler.commands.projects.dossier import show_dossier
from crawler.commands.projects.table import show_projects
from crawler.errors import UsageError
from storage.dossier import Dossier, dossier, project_list, slugs
from storage.engine import open_database, reading

__all__ = ["projects", "register", "show_dossier", "show_projects"]


def register(app: typer.Typer) -> None:
    app.command("projects")(projects)


def projects(
    slug: Annotated[Optional[str], typer.Argument(help="One project: show its dossier.")] = None,  # noqa: UP045
    country: Annotated[Optional[str], typer.Option(help="Only this country, ISO alpha-2.")] = None,  # noqa: UP045
    status: Annotated[Optional[str], typer.Option(help="Only this status.")] = None,  # noqa: UP045
    min_mw: Annotated[Optional[float], typer.Option("--min-mw", help="At least this many megawatts.")] = None,  # noqa: UP045
    mentioned: Annotated[bool, typer.Option("--mentioned", help="Also projects that are only mentioned.")] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """The projects as a table; with a slug one dossier: why each value is shown, contradictions, changes of value,
    timeline, who was first, corrections, gaps of the sources, claims with their quotes."""
    del config  # every command takes it
    engine = open_database(database, read_only=True)
    with reading(engine) as conn:
        if slug is not None:
            found = dossier(conn, slug)
            if found is None:
                close = difflib.get_close_matches(slug, slugs(conn), n=1, cutoff=0.4)
                hint = f"did you mean {close[0]!r}?" if close else "see `marsad projects`"
                raise UsageError(f"no project {slug!r}; {hint}")
            if found.project["slug"] != slug:
                err().print(f"{slug} is part of {found.project['slug']} now", markup=False)
            if as_json:
                emit_json({name: getattr(found, name) for name in Dossier.__slots__})
            else:
                show_dossier(out(), found)
            return
        rows = project_list(conn, country=country.upper() if country else None, status=status, min_mw=min_mw,
                            mentioned=mentioned)
    if as_json:
        emit_json(rows)
    else:
        show_projects(out(), rows)
