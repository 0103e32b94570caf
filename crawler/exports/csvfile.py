"""CSV: one line of comment, one of names, then a row a record. Formulas are neutralised (safe.cell)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from crawler.exports.about import About
from crawler.exports.flat import COLUMNS, flat
from crawler.exports.safe import cell, one_line


def to_csv(what: str, records: Iterable[Mapping[str, Any]], note: About) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, without which spreadsheets garble Arabic. The first line is the note."""
    said = note.as_dict()
    header = " | ".join([f"marsad export of {what}, {said['generated']}", said["note"], *said["coverage"]])
    yield b"\xef\xbb\xbf" + _line([f"# {one_line(header)}"])
    yield _line(COLUMNS[what])
    for record in records:
        yield _line([cell(value) for value in flat(what, record)])


def _line(cells: Iterable[Any]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(["" if value is None else value for value in cells])
    return buffer.getvalue().encode()
