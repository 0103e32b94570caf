"""`marsad reprocess`: the stored pages again under today's rules, without the network."""

from __future__ import annotations

from collections.abc import Iterator

import typer
from sqlalchemy import Engine

from crawler.commands.common import (
    DEFAULT_DATABASE,
    INTERRUPTED,
    ConfigOption,
    DatabaseOption,
    Interrupted,
    JsonOption,
    interruptible,
    set_up,
)
from crawler.commands.progress import PageProgress
from crawler.commands.summary import show_summary
from crawler.inputs import Item
from crawler.outcomes import Outcome
from crawler.records import record_of, work_of
from crawler.run import running
from crawler.worker import understanders
from storage import articles, raw
from storage.engine import open_database, reading


def register(app: typer.Typer) -> None:
    app.command("reprocess")(reprocess)


def reprocess(as_json: JsonOption = False, config: ConfigOption = None,
              database: DatabaseOption = DEFAULT_DATABASE) -> None:
    """Read, match, claim and link all that is stored again by today's rules; nothing is fetched.

    Articles that no longer match are taken out; texts that were read and did not match may come in.
    """
    setup = set_up(config)
    engine = open_database(database)
    limits = setup.settings.limits
    pool = understanders(setup.folder, setup.settings.topic, count=limits.readers, seconds=limits.read_seconds)
    with interruptible() as stopped, running(engine, setup.folder, setup.settings, "reprocess") as run:
        run.settle_all = True
        try:
            with pool as workers, PageProgress("Reprocessing") as progress:
                for item, answer in workers.in_order(_stored(engine)):
                    assert item.work is not None
                    assert answer is not None
                    kept = run.keeper.keep_again(item.work, answer)
                    run.count(kept)
                    progress.page(None, kept.outcome)
                    if kept.outcome not in {Outcome.MATCHED, Outcome.OFF_TOPIC, Outcome.DUPLICATE_URL}:
                        run.summary.problems.append(f"{item.where}: {kept.outcome}: {kept.reason}")
                    if stopped():
                        run.summary.interrupted = True
                        break
        except Interrupted:
            run.summary.interrupted = True
    show_summary(run.summary, as_json=as_json)
    if run.summary.interrupted:
        raise typer.Exit(INTERRUPTED)


def _stored(engine: Engine) -> Iterator[Item]:
    """Everything that is stored as work: raw pages, articles without one, texts that did not match."""
    with reading(engine) as conn:
        pages = raw.urls(conn)
        plain = [url for url in articles.urls(conn) if url not in pages]
        texts = raw.text_urls(conn)
    for url in sorted(pages):
        with reading(engine) as conn:
            page = raw.load(conn, url)
        if page is not None:
            yield Item(url, url, work_of(page.url, page.body, page.content_type, page.hints))
    for url in plain:
        with reading(engine) as conn:
            row = articles.find(conn, url)
        if row is not None:
            yield Item(url, url, record_of(row))
    for url in sorted(texts):
        with reading(engine) as conn:
            text = raw.load_text(conn, url)
        if text is not None:
            yield Item(url, url, record_of(text))
