"""`marsad read`: show how a page is read; store nothing, filter nothing."""

from __future__ import annotations

import json
import sys
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from crawler import forkserver
from crawler.commands.common import DEFAULT_DATABASE, ConfigOption, DatabaseOption, JsonOption, err, out
from crawler.configuration.setup import set_up
from crawler.errors import NothingDoneError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.inputs import Item
    from crawler.reading.document import Document


def register(app: typer.Typer) -> None:
    app.command("read")(read)


def read(
    what: Annotated[list[str], typer.Argument(metavar="PATH-or-URL...", help="Files, folders or web addresses.")],
    config: ConfigOption = None,
    as_json: JsonOption = False,
    database: DatabaseOption = DEFAULT_DATABASE,
) -> None:
    """Show how each page is read: title, date, authors, outlet, language, text. Nothing is stored.

    Of a .jsonl file it prints one JSON object a line: id, url, title, published, authors, outlet, language, text.
    """
    setup = set_up(config)
    forkserver.start(setup.folder.root)
    from crawler.inputs import LINES, gather, is_web_address  # the readers take a second to load
    from crawler.reading.document import Document
    from crawler.worker import readers

    limits = setup.settings.limits
    as_lines = as_json or all(Path(name).suffix.lower() in LINES for name in what)
    items: Iterable[Item] = gather([name for name in what if not is_web_address(name)], largest=limits.max_bytes)
    links = [name for name in what if is_web_address(name)]
    if links:
        from crawler.crawl.fetch import fetch_pages
        from crawler.manners import turns_at

        items = chain(items, fetch_pages(links, setup.settings, turns_at(database)))
    shown = problems = missing = 0
    with readers(setup.folder, count=limits.readers, seconds=limits.read_seconds) as workers:
        for item, answer in workers.in_order(items):
            if isinstance(answer, Document):
                shown += 1
                _line(item, answer) if as_lines else _show(item, answer)
                continue
            problems += 1
            missing += item.missing
            reason = f"{answer.outcome}: {answer.reason}" if answer else item.problem
            err().print(f"{item.where}: {reason}", markup=False)
            if as_lines and item.key is not None:
                _line(item, None)
    if missing:
        raise UsageError(f"{missing} of the paths given do not exist")
    if problems and not shown:
        raise NothingDoneError("nothing could be read; the messages above say why")


def _line(item: Item, document: Document | None) -> None:
    row = {"id": item.key, "url": item.url, "title": document.title if document else None,
           "published": document.published if document else None,
           "authors": list(document.authors) if document else None, "outlet": document.outlet if document else None,
           "language": document.language if document else None, "text": document.text if document else None}
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


def _show(item: Item, document: Document) -> None:
    console = out()
    console.rule(document.title or "(no title)", align="left")
    for name, value in (("from", item.where), ("canonical", document.canonical_url), ("published", document.published),
                        ("authors", ", ".join(document.authors)), ("outlet", document.outlet),
                        ("first published at", document.origin_url),
                        ("language", f"{document.language} ({document.language_confidence:.2f})"),
                        ("read by", document.method)):
        if value:
            console.print(f"{name:>18}: {value}", markup=False)
    console.print()
    console.print(document.text, markup=False)
    console.print()
