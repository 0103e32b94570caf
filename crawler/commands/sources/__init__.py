"""`marsad sources`: the registry of outlets, one file a subcommand; each brings a `register(group)`."""

from __future__ import annotations

import typer

from crawler.commands.sources import add, check, discover, exporting, importing
from crawler.commands.sources import list as listing

group = typer.Typer(help="The registry of outlets.", no_args_is_help=True)

for _module in (listing, add, check, importing, exporting, discover):
    _module.register(group)


def register(app: typer.Typer) -> None:
    app.add_typer(group, name="sources")
