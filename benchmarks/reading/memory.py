"""Does a worker that reads thousands of pages grow? Made pages, no two alike, through one worker of the product."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.made import Press
from crawler import forkserver
from crawler.configuration.locate import PACKAGED, ConfigFolder
from crawler.inputs import Item
from crawler.reading.document import Document, Page
from crawler.worker import readers

_STEPS = (500, 1000, 2000, 3000, 4000, 5000)
_FILLER = "<li><a href='/rubrique/{n}'>Rubrique {n}</a></li>"
_SCRIPT = "<script>window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments)}</script>"


def pages(count: int) -> Iterator[Page]:
    """Pages of about 60 kB with a story of the made-up press each, a template of seven, its own menu and author."""
    press = Press(200)
    for number in range(count):
        document = press.article().answer.document
        story = "".join(f"<p>{line}</p>" for line in document.text.split("\n\n"))
        menu = f"<nav><ul>{''.join(_FILLER.format(n=number + place) for place in range(60))}</ul></nav>"
        body = (f"<article class='c{number % 7}'><h1>{document.title} {number}</h1>"
                f"<span class='author'>Nom {number}</span><time datetime='2026-0{1 + number % 9}-11'>x</time>"
                f"{story}</article>")
        html = (f"<html><head><title>{document.title}</title>{_SCRIPT * 500}</head><body>"
                f"{menu + body if number % 2 else body + menu}</body></html>")
        yield Page(f"https://site{number % 97}.example/{number}", html.encode(), "text/html; charset=utf-8")


def measure(steps: tuple[int, ...] = _STEPS) -> list[tuple[int, float]]:
    """Pages read and resident megabytes of the worker that read them, at each step."""
    folder = ConfigFolder(PACKAGED)
    forkserver.start(folder.root)
    found: list[tuple[int, float]] = []
    with readers(folder, count=1, seconds=60.0) as workers:
        items = (Item(page.url, page.url, page) for page in pages(steps[-1]))
        for number, (_, answer) in enumerate(workers.in_order(items), start=1):
            if not isinstance(answer, Document):
                raise SystemExit(f"page {number} was not read: {answer}")
            if number in steps:
                found.append((number, resident()))
                sys.stderr.write(f"{number} pages: {found[-1][1]:.0f} MB\n")
    return found


def resident() -> float:
    """Megabytes resident in the largest process below this one (Linux)."""
    sizes = [_kilobytes(pid) for pid in _below(Path("/proc/self").resolve().name)]
    return max(sizes, default=0) / 1024


def _below(parent: str) -> list[str]:
    found = []
    for children in Path(f"/proc/{parent}/task").glob("*/children"):
        for pid in children.read_text().split():
            found += [pid, *_below(pid)]
    return found


def _kilobytes(pid: str) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)
