"""`make bench`: what each station costs, in milliseconds of CPU and as a multiple of the yardstick.

The yardstick is what any reader must do at least: decode a page, strip its tags, unescape and fold it. Machines are
noisy, so compare the ratios of two runs, never the milliseconds. Pages and stories are those of the embedded newsroom.
"""

from __future__ import annotations

import re
import resource
import statistics
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import trafilatura
from w3lib.html import remove_tags

from crawler.claims import extract
from crawler.configuration.locate import PACKAGED, ConfigFolder
from crawler.configuration.settings import load_settings
from crawler.keeping import Keeper
from crawler.linking import sign
from crawler.newsroom import Newsroom
from crawler.pipeline import load_rules, understand
from crawler.reading import read_page
from crawler.reading.document import Document, Page
from crawler.run import make_joiner
from crawler.settling import settle
from crawler.text.folding import fold
from storage.engine import open_database

_ROUNDS = 3
_ANY_TAG = re.compile(r"<[^<>]*>")
_PAGE_BYTES = 97_000  # the size of a real news template (design.md)


def cpu(call: Callable[[Any], Any], things: Sequence[Any]) -> float:
    """Median over all things of the best of a few rounds, milliseconds of CPU. Each round goes over all things: what
    was read last is kept prepared, and a second reading of it at once would be cheaper than any story is."""
    rounds = [[_once(call, thing) for thing in things] for _ in range(_ROUNDS)]
    best: list[float] = [min(each) for each in zip(*rounds, strict=True)]
    return statistics.median(best) * 1000


def _once(call: Callable[[Any], Any], thing: Any) -> float:
    began = time.process_time()
    call(thing)
    return time.process_time() - began


def newsroom_pages() -> Iterator[Page]:
    """Every story page of the newsroom, as served."""
    with Newsroom(slow_seconds=0.0) as room:
        for row in room.labelled_stories():
            try:
                with urllib.request.urlopen(row["url"], timeout=10) as answer:
                    yield Page(row["url"], answer.read(), answer.headers.get("Content-Type", ""))
            except OSError:
                continue  # the newsroom's blocked and limited pages


def padded(page: Page) -> Page:
    """The page with the weight of a real template: scripts, styles, empty furniture."""
    filler = b"<script>window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments)}</script>\n"
    missing = max(_PAGE_BYTES - len(page.body), 0) // len(filler)
    return Page(page.url, page.body.replace(b"</head>", filler * missing + b"</head>", 1), page.content_type)


def yardstick(page: Page) -> str:
    return fold(unescape(remove_tags(page.body.decode("utf-8", "replace"))))


def quick_yardstick(page: Page) -> str:
    """The same with one pattern for tags instead of w3lib's careful one: the cheapest that still reads the page."""
    return fold(unescape(_ANY_TAG.sub("", page.body.decode("utf-8", "replace"))))


def main() -> int:
    folder = ConfigFolder(PACKAGED)
    rules = load_rules(folder, load_settings(folder, {}).topic)
    pages = [padded(page) for page in newsroom_pages()]
    read = [(page, document) for page in pages if isinstance(document := read_page(page), Document)]
    documents = [document for _, document in read]
    understood = [(page, understand(document, rules)) for page, document in read]
    matched = [(page, answer) for page, answer in understood if answer.match.matched]
    unit = cpu(yardstick, pages)
    rows = [
        ("yardstick: decode, strip, unescape, fold", unit, len(pages)),
        ("... with one pattern for tags", cpu(quick_yardstick, pages), len(pages)),
        ("prefilter", cpu(lambda p: rules.topic.prefilter(p.body, p.content_type), pages), len(pages)),
        ("plain trafilatura with metadata", cpu(lambda p: trafilatura.bare_extraction(
            p.body, include_comments=False, with_metadata=True), pages), len(pages)),
        ("reading (body, metadata, language)", cpu(read_page, pages), len(pages)),
        ("topic match", cpu(lambda d: rules.topic.match(d.title, d.text, d.language), documents), len(documents)),
        ("claims", cpu(lambda u: extract(u.document, rules.lexicon), [u for _, u in matched]), len(matched)),
        ("near-copy signature", cpu(lambda d: sign(d.text), documents), len(documents)),
        *_storing(folder, matched),
    ]
    sys.stdout.write("| station | ms CPU | x yardstick | over |\n| --- | --- | --- | --- |\n")
    for name, milliseconds, count in rows:
        sys.stdout.write(f"| {name} | {milliseconds:.2f} | {milliseconds / unit:.2f} | {count} |\n")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = statistics.median(len(page.body) for page in pages) / 1000
    sys.stdout.write(f"\npages of {size:.0f} kB; peak memory {peak:.0f} MB\n")
    return 0


def _storing(folder: ConfigFolder, matched: list[tuple[Page, Any]]) -> list[tuple[str, float, int]]:
    with tempfile.TemporaryDirectory() as away:
        engine = open_database(f"sqlite:///{Path(away) / 'bench.db'}")
        joiner = make_joiner(folder, date(2026, 11, 22))
        keeper = Keeper(engine, joiner)
        began = time.process_time()
        for page, answer in matched:
            keeper.keep(page, answer)
        kept = (time.process_time() - began) / max(len(matched), 1) * 1000
        began = time.process_time()
        settle(engine, joiner)
        settled = (time.process_time() - began) / max(len(matched), 1) * 1000
        engine.dispose()
    return [("storing and linking an article", kept, len(matched)), ("settling, an article", settled, len(matched))]


if __name__ == "__main__":
    sys.exit(main())
