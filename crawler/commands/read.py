"""`marsad read`: show how a page is read; store nothing, filter nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from crawler.commands.common import ConfigOption, JsonOption, Setup, err, out, set_up
from crawler.errors import NothingDoneError, UsageError
from crawler.inputs import LINES, Item, gather, is_web_address
from crawler.reading.document import Document, Unreadable


def register(app: typer.Typer) -> None:
    app.command("read", help=__doc__)(read)


def read(
    what: Annotated[list[str], typer.Argument(metavar="PATH-or-URL...", help="Files, folders or web addresses.")],
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show how each page is read: title, date, authors, outlet, language, text.

    Of a .jsonl file it prints one JSON object a line: id, url, title, published, authors, outlet, language, text.
    """
    setup = set_up(config)
    lines = as_json or all(Path(name).suffix.lower() in LINES for name in what)
    paths = [name for name in what if not is_web_address(name)]
    links = [name for name in what if is_web_address(name)]
    shown = problems = missing = 0
    for item, document in _documents(paths, links, setup):
        if isinstance(document, Document):
            shown += 1
            _show(item, document, lines)
            continue
        problems += 1
        missing += item.missing
        reason = f"{document.outcome}: {document.reason}" if document else item.problem
        err().print(f"{item.where}: {reason}", markup=False)
        if lines and item.key is not None:
            _line(item, None)
    if missing:
        raise UsageError(f"{missing} of the paths given do not exist")
    if problems and not shown:
        raise NothingDoneError("nothing could be read")


def _documents(paths: list[str], links: list[str], setup: Setup) -> Iterator[tuple[Item, Document | Unreadable | None]]:
    from crawler.worker import readers  # noqa: PLC0415 - trafilatura takes a second to load

    limits = setup.settings.limits
    items: Iterable[Item] = gather(paths, largest=limits.max_bytes)
    if links:
        from crawler.crawl.fetch import fetch_pages  # noqa: PLC0415 - so does Scrapy

        items = chain(items, fetch_pages(links, setup.settings))
    with readers(count=limits.readers, seconds=limits.read_seconds) as workers:
        yield from workers.in_order(items)


def _line(item: Item, document: Document | None) -> None:
    row = {"id": item.key, "url": item.url, "title": document.title if document else None,
           "published": document.published if document else None,
           "authors": list(document.authors) if document else None, "outlet": document.outlet if document else None,
           "language": document.language if document else None, "text": document.text if document else None}
    sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")


def _show(item: Item, document: Document, as_line: bool) -> None:
    if as_line:
        _line(item, document)
        return
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
