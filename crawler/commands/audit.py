"""`marsad audit`: everything rebuilt from stored pages, and compared row for row with what stands here."""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer
from rich.console import Console

from crawler import forkserver
from crawler.commands.common import (
    DEFAULT_DATABASE,
    INTERRUPTED,
    ConfigOption,
    DatabaseOption,
    JsonOption,
    emit_json,
    interruptible,
    out,
    table,
)
from crawler.commands.progress import PageProgress
from crawler.configuration.setup import set_up
from crawler.errors import UsageError
from storage.engine import open_database

if TYPE_CHECKING:
    from crawler.auditing import Audit

DIFFERS = 1
_MOST_SHOWN = 60


def register(app: typer.Typer) -> None:
    app.command("audit")(audit)


def audit(
    keep: Annotated[Optional[Path], typer.Option("--keep", help="Keep the rebuilt database in this file.")] = None,  # noqa: UP045
    as_json: JsonOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Rebuild all from the stored pages in a second database, apply the decisions, and compare row for row.

    Ends with 0 where both say the same, with 1 where they differ; the differences are printed. Nothing is changed.
    """
    setup = set_up(config)
    if keep is not None and keep.exists():
        raise UsageError(f"--keep {keep} is there already; give a file that is not")
    engine = open_database(database, read_only=True)
    forkserver.start(setup.folder.root)
    from crawler.auditing import audit as rebuild  # the readers take a second to load

    with tempfile.TemporaryDirectory(prefix="marsad-audit-") as folder:
        file = keep if keep is not None else Path(folder) / "rebuilt.db"
        with interruptible() as stopped, PageProgress("Rebuilding") as progress:
            found = rebuild(engine, setup, f"sqlite:///{file.absolute()}", progress, stopped=stopped)
    if found.interrupted:
        raise typer.Exit(INTERRUPTED)
    if as_json:
        emit_json({**asdict(found), "equal": found.equal})
    else:
        _show(out(), found)
    if not found.equal:
        raise typer.Exit(DIFFERS)


def _show(console: Console, found: Audit) -> None:
    rows = ", ".join(f"{number} {name}" for name, number in found.rows.items())
    console.print(f"rebuilt from {found.pages} stored pages and {found.from_text} stored texts; compared {rows}",
                  markup=False)
    if found.equal:
        console.print("no difference")
        return
    console.print(table(("table", "row", "column", "here", "rebuilt"), [
        (d.table, " ".join(d.key), d.column, _short(d.before), _short(d.after))
        for d in found.differences[:_MOST_SHOWN]]))
    number = len(found.differences)
    console.print(f"{number} difference{'s' * (number != 1)}" + (
        f", the first {_MOST_SHOWN} shown; --json prints all" if number > _MOST_SHOWN else ""))


def _short(value: Any) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= 120 else f"{text[:117]}..."
