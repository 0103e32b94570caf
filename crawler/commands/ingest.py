"""`marsad ingest`: what is already on disk, or pasted links, through the same pipeline."""

from __future__ import annotations

from typing import Annotated

import typer

from crawler import forkserver
from crawler.commands.common import (
    DEFAULT_DATABASE,
    INTERRUPTED,
    ConfigOption,
    DatabaseOption,
    JsonOption,
    interruptible,
)
from crawler.commands.progress import PageProgress
from crawler.commands.summary import show_summary
from crawler.configuration.setup import set_up
from crawler.errors import NothingDoneError, UsageError
from storage.engine import open_database


def register(app: typer.Typer) -> None:
    app.command("ingest")(ingest)


def ingest(
    what: Annotated[list[str], typer.Argument(metavar="PATH-or-URL...", help=".html, .txt, .jsonl, folders, links.")],
    everything: Annotated[bool, typer.Option("--all", help="Store what does not match, too.")] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Read, match, deduplicate, link and store what is on disk, or pasted links (fetched politely).

    Example: marsad ingest pages/ stories.jsonl
    """
    setup = set_up(config)
    forkserver.start(setup.folder.root)
    engine = open_database(database)
    from crawler.ingesting import ingest as take_in  # the readers take a second to load

    with interruptible() as stopped, PageProgress("Ingesting") as progress:
        summary, missing = take_in(what, engine, setup, progress, stopped=stopped, everything=everything)
    show_summary(summary, as_json=as_json)
    if summary.interrupted:
        raise typer.Exit(INTERRUPTED)
    if missing:
        raise UsageError(f"no such file or folder: {', '.join(missing)}; what else was given is stored")
    if summary.problems and not summary.anything:
        raise NothingDoneError("nothing could be ingested; the messages above say why")
