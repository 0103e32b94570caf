"""`marsad crawl`: one crawl now, then it ends."""

from __future__ import annotations

import difflib
from datetime import timedelta
from typing import Annotated, Optional

import typer

from crawler import forkserver
from crawler.commands.common import (
    DEFAULT_DATABASE,
    INTERRUPTED,
    ConfigOption,
    DatabaseOption,
    JsonOption,
)
from crawler.commands.progress import PageProgress
from crawler.commands.summary import show_summary
from crawler.configuration.durations import parse_duration
from crawler.configuration.setup import Setup, set_up
from crawler.configuration.sources import Source, load_sources
from crawler.errors import ConfigError, NothingDoneError, UsageError
from storage.engine import open_database


def register(app: typer.Typer) -> None:
    app.command("crawl")(crawl)


def crawl(
    source: Annotated[Optional[list[str]], typer.Argument(help="Ids of sources; all that are on by default.")] = None,  # noqa: UP045
    since: Annotated[Optional[str], typer.Option(help="Leave out pages dated earlier: 30d, 12h.")] = None,  # noqa: UP045
    limit: Annotated[Optional[int], typer.Option(min=1, help="Stop after so many matched articles.")] = None,  # noqa: UP045
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Store nothing.")] = False,
    trigger: Annotated[str, typer.Option(hidden=True)] = "crawl",
    as_json: JsonOption = False,
    config: ConfigOption = None,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Crawl the sources now and store what matches, article by article.

    Example: marsad crawl hespress-fr le360-fr --since 7d
    """
    setup = set_up(config)
    forkserver.start(setup.folder.root)
    window = _window(since or setup.settings.crawl.since)
    chosen = _chosen(setup, source or [])
    engine = open_database("sqlite://" if dry_run else database)
    from crawler.crawling import crawl_sources  # Scrapy and the readers take two seconds to load

    with PageProgress("Crawling") as progress:
        summary = crawl_sources(chosen, engine, setup, progress, trigger, window=window, limit=limit)
    show_summary(summary, as_json=as_json)
    if summary.interrupted:
        raise typer.Exit(INTERRUPTED)
    if summary.problems and not summary.anything:
        raise NothingDoneError("no source could be reached; the messages above say why")


def _window(text: str) -> timedelta:
    try:
        return parse_duration(text)
    except ValueError as error:
        raise UsageError(f"--since: {error}") from None


def _chosen(setup: Setup, ids: list[str]) -> list[Source]:
    sources = load_sources(setup.folder)
    known = {source.id: source for source in sources}
    if not known:
        raise ConfigError(setup.folder.root / "sources", "holds no source", hint="see docs/configuration.md")
    for name in ids:
        if name not in known:
            close = difflib.get_close_matches(name, known, n=1)
            raise UsageError(f"no source {name!r}" + (f"; did you mean {close[0]!r}?" if close else
                                                      "; `marsad sources list` shows them"))
    chosen = [known[name] for name in ids] if ids else [source for source in sources if source.enabled]
    if not chosen:
        raise ConfigError(setup.folder.root / "sources", "every source is switched off", hint="set `enabled: true`")
    return chosen
