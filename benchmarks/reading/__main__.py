"""`python -m benchmarks.reading FOLDER...`: marsad beside plain trafilatura on labelled pages of public collections.

`python -m benchmarks.reading memory`: resident memory of one worker over 5,000 pages.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import trafilatura

from benchmarks.reading.labelled import Labelled, labelled_pages
from benchmarks.reading.memory import measure
from benchmarks.reading.scoring import Answer, Scores, score
from crawler.errors import UsageError
from crawler.reading import Document, Page, read_page


def ours(page: Labelled) -> Answer:
    found = read_page(Page(page.url, page.html, "text/html"))
    if not isinstance(found, Document):
        return Answer()
    return Answer(found.text, found.title, (found.published or "")[:10] or None, found.authors)


def plain(page: Labelled) -> Answer:
    """trafilatura with its defaults, comments off."""
    try:
        found: Any = trafilatura.bare_extraction(page.html, url=page.url, with_metadata=True, include_comments=False)
    except Exception:  # whatever it raises, it read nothing
        found = None
    if found is None:
        return Answer()
    authors = tuple(found.author.split("; ")) if found.author else ()
    return Answer(found.text or "", found.title, (found.date or "")[:10] or None, authors)


READERS: dict[str, Callable[[Labelled], Answer]] = {"marsad": ours, "plain trafilatura": plain}


_HEAD = ("| pages | reader | body F1 | precision | recall | title | day | authors | empty |\n" + "| --- " * 9 + "|\n")


def main(arguments: list[str]) -> int:
    if arguments == ["memory"]:
        for number, megabytes in measure():
            sys.stdout.write(f"| {number} | {megabytes:.0f} |\n")
        return 0
    if not arguments or arguments[0].startswith("-"):
        sys.stderr.write(__doc__ or "")
        return 2
    sys.stdout.write(_HEAD)
    for name in arguments:
        try:
            pages = list(labelled_pages(Path(name)))
        except (UsageError, OSError, ValueError, KeyError) as error:
            sys.stderr.write(f"{name}: {error}\n")
            return 2
        for reader, read in READERS.items():
            found = score([(page, read(page)) for page in pages])
            sys.stdout.write(_row(f"{Path(name).resolve().name} ({found.pages})", reader, found))
    return 0


def _row(name: str, reader: str, found: Scores) -> str:
    meta = ("-" if value is None else f"{value:.3f}" for value in (found.title, found.day, found.authors))
    cells = [name, reader, f"{found.f1:.4f}", f"{found.precision:.3f}", f"{found.recall:.3f}", *meta, str(found.empty)]
    return f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
