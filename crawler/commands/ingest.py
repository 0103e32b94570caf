"""`marsad ingest`: what is already on disk, or pasted links, through the same pipeline."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain, takewhile
from typing import Annotated

import typer

from crawler.commands.common import (
    DEFAULT_DATABASE,
    INTERRUPTED,
    ConfigOption,
    DatabaseOption,
    Interrupted,
    JsonOption,
    Setup,
    interruptible,
    set_up,
)
from crawler.commands.progress import PageProgress
from crawler.commands.summary import show_summary
from crawler.errors import NothingDoneError, UsageError
from crawler.inputs import Item, gather, is_web_address
from crawler.keeping import Kept
from crawler.outcomes import Outcome
from crawler.run import Run, running
from crawler.worker import understanders
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
    engine = open_database(database)
    missing = 0
    with interruptible() as stopped, running(engine, setup.folder, setup.settings, "ingest",
                                             everything=everything) as run:
        try:
            missing = _ingest(what, setup, run, stopped)
        except Interrupted:
            run.summary.interrupted = True
    show_summary(run.summary, as_json=as_json)
    if run.summary.interrupted:
        raise typer.Exit(INTERRUPTED)
    if missing:
        raise UsageError(f"{missing} of the paths given do not exist: {', '.join(n for n in what if _absent(n, run))}")
    if run.summary.problems and not run.summary.asked:
        raise NothingDoneError("nothing could be ingested; the messages above say why")


def _absent(name: str, run: Run) -> bool:
    return any(problem.startswith(f"{name}: no such file") for problem in run.summary.problems)


def _ingest(what: list[str], setup: Setup, run: Run, stopped: Callable[[], bool]) -> int:
    limits, missing = setup.settings.limits, 0
    items: Iterable[Item] = gather([name for name in what if not is_web_address(name)], largest=limits.max_bytes)
    links = [name for name in what if is_web_address(name)]
    if links:
        from crawler.crawl.fetch import fetch_pages  # noqa: PLC0415 - Scrapy takes a second to load

        items = chain(items, fetch_pages(links, setup.settings))
    pool = understanders(setup.folder, setup.settings.topic, count=limits.readers, seconds=limits.read_seconds)
    with pool as workers, PageProgress("Ingesting") as progress:
        for item, answer in workers.in_order(takewhile(lambda _: not stopped(), items)):
            if item.work is None or answer is None:
                missing += item.missing
                run.summary.problems.append(f"{item.where}: {item.problem}")
                if item.outcome is not None:
                    run.count(Kept(item.outcome, item.problem))
                continue
            kept = run.keeper.keep(item.work, answer)
            run.count(kept)
            progress.page(None, kept.outcome)
            if kept.outcome not in {Outcome.MATCHED, Outcome.OFF_TOPIC, Outcome.DUPLICATE_URL}:
                run.summary.problems.append(f"{item.where}: {kept.outcome}: {kept.reason}")
    run.summary.interrupted = stopped()
    return missing
