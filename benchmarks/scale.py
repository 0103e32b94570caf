"""`python -m benchmarks.scale [1000 10000 100000] [--keep FOLDER]`: what one more article costs in databases of these
sizes (SQLite). `--keep`: filled databases are kept in a folder and copied from there the next time, as long
as the classes of claims and documents stay as they are.

Twenty articles a project. Milliseconds of CPU; beside them the multiple of the yardstick (decode, strip, unescape and
fold a page of 97 kB), measured in the same minute, because machines are noisy. "joining": signature, candidates, story,
projects, claims, row; "keeping": that and all else that storing an article takes; "settling": the end of a run.
"""

from __future__ import annotations

import argparse
import gc
import pickle
import shutil
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
from crawler.joining import Joiner
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
    for _ in range(3):
        timed(yardstick, spent)(page)
    return statistics.median(spent) * 1000


def filled_database(size: int, joiner: Joiner, keep: Path) -> tuple[Path, Path]:
    """A database of that size and its press (pickled), made where they are not in `keep`."""
    path, made = keep / f"scale-{size}.db", keep / f"press-{size}.pkl"
    if not made.exists():
        path.unlink(missing_ok=True)
        engine, press = open_database(f"sqlite:///{path}"), Press(max(size // _PROJECT, 20))
        fill(engine, press, size, joiner)
        engine.dispose()
        made.write_bytes(pickle.dumps(press))
    return path, made


def measure(size: int, keep: Path) -> str:
    joiner = make_joiner(ConfigFolder(PACKAGED), date(2026, 11, 22))
    began = time.monotonic()
    full, made_by = filled_database(size, joiner, keep)
    filled = time.monotonic() - began
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "scale.db"
        shutil.copyfile(full, path)
        engine = open_database(f"sqlite:///{path}")
        press: Press = pickle.loads(made_by.read_bytes())
        gc.collect()
        gc.freeze()  # the press is no part of marsad, and no garbage
        keeper, spent, kept = Keeper(engine, joiner), [], []
        crawler.keeping.place_in_story = timed(crawler.joining.place_in_story, spent)  # type: ignore[attr-defined]
        crawler.keeping.link_subjects = timed(crawler.joining.link_subjects, spent)  # type: ignore[attr-defined]
        new = []
        yards: list[float] = []
        for number in range(_MORE + 20):
            if number % 20 == 0:
                yards.append(unit())
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
        yard = statistics.median(yards)
        joining, keeping = statistics.mean(each), statistics.mean(kept) * 1000
        return (f"| {size:,} | {len(press.projects):,} | {joining:.1f} ({sorted(each)[int(0.95 * len(each))]:.1f}) | "
                f"{joining / yard:.2f} | {keeping:.1f} | {settling[0] * 1000 / len(new):.1f} | {settled.articles:,} | "
                f"{path.stat().st_size / 1e6:.0f} | {filled:.0f} |\n")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    sys.stdout.write("| articles | projects | joining, ms (95 %) | x yardstick | keeping, ms | settling, ms an "
                     "article of the run | articles looked at | MB | filled in s |\n"
                     "| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n")
    with tempfile.TemporaryDirectory() as away:
        for size in given.sizes or [1000, 10_000, 100_000]:
            sys.stdout.write(measure(size, given.keep or Path(away)))
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
