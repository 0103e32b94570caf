"""The command line: one file a command; each only reads its options and starts something below it."""

from __future__ import annotations

import sys

import typer

from crawler import __version__
from crawler.commands import (
    alerts,
    audit,
    backup,
    crawl,
    curate,
    daemon,
    demo,
    explain,
    export,
    ingest,
    projects,
    read,
    reprocess,
    review,
    search,
    sources,
    sql,
    status,
    topics,
)
from crawler.errors import MarsadError
from storage.errors import StorageError

app = typer.Typer(
    name="marsad",
    help="An observatory of data-center projects: who builds what, where, how big, for how much, and who says so.",
    epilog="Start with: marsad demo. Results go to stdout, progress and messages to stderr.",
    no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
)

for _module in (crawl, ingest, daemon, sql, projects, curate, review, audit, search, explain, read, reprocess,
                sources, topics, demo, alerts, export, status, backup):
    _module.register(app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"marsad {__version__}")
        raise typer.Exit


@app.callback()
def _top(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Show the version."),
) -> None:
    """The options of marsad itself."""


def main() -> None:
    """Entry point of the `marsad` command: known errors become one sentence and the contract's exit code."""
    try:
        app()
    except MarsadError as error:
        typer.echo(f"marsad: {error}", err=True)
        sys.exit(error.exit_code)
    except StorageError as error:
        typer.echo(f"marsad: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        # `marsad sql ... | head` is no error
        sys.stderr.close()
        sys.exit(0)
