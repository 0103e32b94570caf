"""XLSX: a sheet of records, one of claims, one about the export. Texts are texts: a formula never runs."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from crawler.exports.about import About
from crawler.exports.flat import COLUMNS, claim_rows, flat
from crawler.exports.safe import plain

# Excel's own limits.
_CELL, _ROWS = 32_767, 1_048_575


def to_xlsx(what: str, records: Iterable[Mapping[str, Any]], note: About) -> Iterator[bytes]:
    """The workbook, whole."""
    from openpyxl import Workbook  # noqa: PLC0415 - only this format needs it
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415

    book = Workbook(write_only=True)
    main, claims, about = (book.create_sheet(name) for name in (what, "claims", "about"))

    def cells(sheet: Any, values: Iterable[Any]) -> list[Any]:
        made = []
        for value in values:
            one = WriteOnlyCell(sheet)
            if isinstance(value, str):
                one.value = plain(value)[:_CELL]
                one.data_type = "s"  # whatever it begins with
                one.quotePrefix = True  # and it stays a text when somebody edits the cell
            else:
                one.value = value
            made.append(one)
        return made

    main.append(cells(main, COLUMNS[what]))
    claims.append(cells(claims, COLUMNS["claims"]))
    rows = said = 0
    for record in records:
        if rows < _ROWS:
            main.append(cells(main, flat(what, record)))
        rows += 1
        for row in claim_rows(what, record):
            if said < _ROWS:
                claims.append(cells(claims, row))
            said += 1
    notes = note.as_dict()
    cut = [f"Excel holds {_ROWS} rows; the rest is left out"] if max(rows, said) > _ROWS else []
    for name in ("export", "by", "generated", "note"):
        about.append(cells(about, [name, notes[name]]))
    about.append(cells(about, ["filters", ", ".join(f"{k} = {v}" for k, v in notes["filters"].items()) or "none"]))
    for line in [*notes["coverage"], *cut]:
        about.append(cells(about, ["coverage", line]))
    buffer = io.BytesIO()
    book.save(buffer)
    yield buffer.getvalue()
