"""What several commands share: the two options of every command, and how results are shown."""

from __future__ import annotations

import csv
import io
import json
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Optional

import typer
from rich.console import Console
from rich.table import Table

from crawler.errors import Interrupted

INTERRUPTED = 130

ConfigOption = Annotated[
    Optional[Path],  # noqa: UP045 - Typer on Python 3.10 reads the annotation at run time
    typer.Option("--config", envvar="MARSAD_CONFIG", show_default=False,
                 help="Configuration folder (default: config/, or the packaged copy)."),
]
DatabaseOption = Annotated[
    str, typer.Option("--database", envvar="MARSAD_DATABASE", help="Database, as a SQLAlchemy URL."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout.")]
DEFAULT_DATABASE = "sqlite:///marsad.db"


def out() -> Console:
    """Results. Wide where stdout is no terminal, so that a pipe gets whole lines."""
    return Console(width=None if sys.stdout.isatty() else 200, highlight=False, soft_wrap=False)


def err() -> Console:
    """Progress and messages."""
    return Console(stderr=True, highlight=False)


def emit_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def clean(value: Any) -> str:
    """A cell for a terminal: no control characters, so that a title cannot repaint the screen."""
    text = "" if value is None else str(value)
    return "".join(" " if c in "\r\n\t" else c for c in text if c in "\r\n\t" or c.isprintable() or c == "\u200f")


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str | None = None) -> Table:
    shown = Table(*columns, title=title, header_style="bold", title_justify="left")
    for row in rows:
        shown.add_row(*(clean(cell) for cell in row))
    return shown


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """CSV rows; a text cell that a spreadsheet would run as a formula gets an apostrophe in front."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
        yield _taken(buffer)
    rest = _taken(buffer)
    if rest:
        yield rest


def _harmless(cell: Any) -> Any:
    return "'" + cell if isinstance(cell, str) and cell[:1] in "=+-@\t\r\0＝＋－＠" and cell else cell


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


@contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """Within it the first SIGINT or SIGTERM only sets a flag (asked by the yielded call), the second raises."""
    stopped = False

    def stop(number: int, frame: object) -> None:
        nonlocal stopped
        if stopped:
            raise Interrupted
        stopped = True

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
