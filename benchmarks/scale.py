"""`python -m benchmarks.scale [1000 10000 100000]`: what one more article costs in databases of these sizes (SQLite).

Twenty articles a project. Milliseconds of CPU; beside them the multiple of the yardstick (decode, strip, unescape and
fold a page of 97 kB), measured in the same minute, because machines are noisy. "joining": signature, candidates, story,
projects, claims, row; "keeping": that and all else that storing an article takes; "settling": the end of a run.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import crawler.keeping
from benchmarks.__main__ import yardstick
from benchmarks.bulk import fill
from benchmarks.made import Press
from crawler.configuration.locate import PACKAGED, ConfigFolder
from crawler.keeping import Keeper
from crawler.pipeline import Record
from crawler.reading.document import Page
from crawler.run import make_joiner
from crawler.settling import settle
from storage.engine import open_database

_MORE = 200
_PROJECT = 20


def timed(call: Callable[..., Any], spent: list[float]) -> Callable[..., Any]:
    """`call`, its CPU seconds noted."""
    def measured(*given: Any, **named: Any) -> Any:
        began = time.process_time()
        try:
            return call(*given, **named)
        finally:
            spent.append(time.process_time() - began)

    return measured


def unit() -> float:
    """Milliseconds of the yardstick, now."""
    page = Page("https://yard.test/", ("<p>Un centre de données de 48&nbsp;MW à Kerouane, dit l'opérateur.</p>\n"
                                       "<script>window.dataLayer=window.dataLayer||[];</script>\n" * 800).encode())
    spent: list[float] = []
    for _ in range(7):
        timed(yardstick, spent)(page)
    return statistics.median(spent) * 1000


def measure(size: int) -> str:
    joiner = make_joiner(ConfigFolder(PACKAGED), date(2026, 11, 22))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scale.db"
        engine = open_database(f"sqlite:///{path}")
        press = Press(max(size // _PROJECT, 20))
        began = time.monotonic()
        fill(engine, press, size, joiner)
        filled = time.monotonic() - began
        keeper, spent, kept = Keeper(engine, joiner), [], []
        crawler.keeping.place_in_story = timed(crawler.joining.place_in_story, spent)  # type: ignore[attr-defined]
        crawler.keeping.link_subjects = timed(crawler.joining.link_subjects, spent)  # type: ignore[attr-defined]
        new = []
        yard = unit()
        for number in range(_MORE + 20):
            made = press.article()
            if number == 20:
                spent.clear()
                kept.clear()
            work = Record(made.answer.document.url, {"text": made.answer.document.text})
            found = timed(keeper.keep, kept)(work, made.answer, source_id=made.source_id)
            new.append(found.article_id)
        each = [(a + b) * 1000 for a, b in zip(spent[::2], spent[1::2], strict=True)]
        settling: list[float] = []
        settled = timed(settle, settling)(engine, joiner, new)
        engine.dispose()
        joining, keeping = statistics.mean(each), statistics.mean(kept) * 1000
        return (f"| {size:,} | {len(press.projects):,} | {joining:.1f} ({sorted(each)[int(0.95 * len(each))]:.1f}) | "
                f"{joining / yard:.2f} | {keeping:.1f} | {settling[0] * 1000 / len(new):.1f} | {settled.articles:,} | "
                f"{path.stat().st_size / 1e6:.0f} | {filled:.0f} |\n")


def main() -> int:
    sizes = [int(one) for one in sys.argv[1:]] or [1000, 10_000, 100_000]
    sys.stdout.write("| articles | projects | joining, ms (95 %) | x yardstick | keeping, ms | settling, ms an "
                     "article of the run | articles looked at | MB | filled in s |\n"
                     "| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n")
    for size in sizes:
        sys.stdout.write(measure(size))
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
