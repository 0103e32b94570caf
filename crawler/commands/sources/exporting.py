"""`marsad sources export`: the registry for other feed readers, or as one YAML file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from crawler.commands.common import ConfigOption, err
from crawler.configuration.setup import set_up
from crawler.configuration.sources import load_sources
from crawler.errors import UsageError


def register(group: typer.Typer) -> None:
    group.command("export")(export)


def export(
    opml: Annotated[bool, typer.Option("--opml/--yaml", help="OPML 2.0, or the registry's own form.")] = True,
    output: Annotated[Optional[Path], typer.Option("--output", "-o", help="A file (default: stdout).")] = None,  # noqa: UP045
    config: ConfigOption = None,
) -> None:
    """The whole registry in one file. `sources import` takes OPML back without loss."""
    from crawler.configuration.written import replace_file, source_yaml
    from crawler.opml.write import to_opml

    sources = load_sources(set_up(config).folder)
    text = to_opml(sources).decode() if opml else "\n".join(source_yaml(source) for source in sources)
    if output is None:
        sys.stdout.reconfigure(encoding="utf-8") if hasattr(sys.stdout, "reconfigure") else None
        sys.stdout.write(text)
        return
    try:
        replace_file(output, text)
    except OSError as error:
        raise UsageError(f"{output}: cannot be written: {error.strerror}") from None
    err().print(f"{len(sources)} sources in {output}", soft_wrap=True)
