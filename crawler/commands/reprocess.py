"""`marsad reprocess`: the stored pages again under today's rules, without the network."""

from __future__ import annotations

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
from storage.engine import open_database


def register(app: typer.Typer) -> None:
    app.command("reprocess")(reprocess)


def reprocess(as_json: JsonOption = False, config: ConfigOption = None,
              database: DatabaseOption = DEFAULT_DATABASE) -> None:
    """Read, match, claim and link all that is stored again by today's rules; nothing is fetched.

    Articles that no longer match are taken out; texts that were read and did not match may come in.
    """
    setup = set_up(config)
    forkserver.start(setup.folder.root)
    engine = open_database(database)
    from crawler.reprocessing import reprocess as do_again  # the readers take a second to load

    with interruptible() as stopped, PageProgress("Reprocessing") as progress:
        summary = do_again(engine, setup, progress, stopped=stopped)
    show_summary(summary, as_json=as_json)
    if summary.interrupted:
        raise typer.Exit(INTERRUPTED)
