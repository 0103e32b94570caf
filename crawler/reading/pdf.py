"""PDFs of regulators, tenders and companies, read like pages; needs the extra `marsad[pdf]` (pypdf).

pypdf gives the lines as they are printed. Lines that stand on every page (letterhead, page number) go, words cut at the
end of a line are joined, and what is left goes the way of a text file.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from importlib.util import find_spec
from typing import Any

from crawler.outcomes import Outcome
from crawler.reading.document import Document, Page, Unreadable
from crawler.reading.guards import MAX_VISIBLE
from crawler.reading.textfile import read_text
from crawler.text.folding import fold

AVAILABLE = find_spec("pypdf") is not None
# A notice or a press release has 1 to 20 pages; the front of an annual report says what it is about.
MAX_PAGES = 60
_MAGIC = b"%PDF-"
_REPEATED = 3  # on so many pages, and on more than half of them, a line is furniture
_CUT = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]\n(?=[^\W\d_])")
_DIGITS = re.compile(r"\d+")
_UNTITLED = re.compile(r"^(?:microsoft word|untitled|sans titre|document\d*|présentation|powerpoint)"
                       r"|\.(?:docx?|pptx?|indd|pdf)$", re.IGNORECASE)


def is_pdf(body: bytes) -> bool:
    """Whether this is a PDF, whatever it is called: the mark stands in the first kilobyte, and no markup before it."""
    return _MAGIC in body[:1024] and body.lstrip()[:1] != b"<"


def read_pdf(page: Page, *, now: datetime | None = None) -> Document | Unreadable:
    """The document in a PDF, or by name why there is none. Never raises."""
    if not AVAILABLE:
        return Unreadable(page.url, Outcome.REFUSED_TYPE, "a PDF; to read them: pip install 'marsad[pdf]'")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its remarks on bad files: the reason says it
    from pypdf import PdfReader  # noqa: PLC0415 - an extra
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        reader = PdfReader(io.BytesIO(page.body))
        if reader.is_encrypted and not reader.decrypt(""):
            return Unreadable(page.url, Outcome.READ_EMPTY, "the PDF is locked with a password")
        pages = [_lines(text) for text in _texts(reader)]
        title, created = _metadata(reader)
    except (PyPdfError, RecursionError, ValueError, TypeError, KeyError, IndexError, AttributeError, OSError,
            NotImplementedError, ArithmeticError, AssertionError) as error:
        return Unreadable(page.url, Outcome.READ_EMPTY,
                          f"the PDF cannot be read: {type(error).__name__}: {error}"[:300])
    text = _CUT.sub("", "\n\n".join("\n".join(lines) for lines in _without_furniture(pages) if lines))
    if not text.strip():
        return Unreadable(page.url, Outcome.READ_EMPTY, "the PDF holds pictures of text, no text")
    hints = replace(page.hints, title=page.hints.title or title, published=page.hints.published or created)
    return read_text(page.url, text, hints, now=now, method="pdf", titled=bool(hints.title))


def _texts(reader: Any) -> Iterator[str]:
    size = 0
    for number, sheet in enumerate(reader.pages):
        if number >= MAX_PAGES or size > MAX_VISIBLE:
            return
        text = sheet.extract_text() or ""
        size += len(text)
        yield text


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n")]


def _without_furniture(pages: list[list[str]]) -> list[list[str]]:
    """Letterhead and page numbers: lines that differ in digits at most and stand on most pages."""
    counts = Counter(key for lines in pages for key in {_key(line) for line in lines if line})
    least = max(_REPEATED, len(pages) // 2 + 1)
    return [[line for line in lines if not line or counts[_key(line)] < least] for lines in pages]


def _key(line: str) -> str:
    return _DIGITS.sub("0", fold(line))


def _metadata(reader: Any) -> tuple[str | None, str | None]:
    """Title and day of making, where somebody filled them in."""
    data = reader.metadata
    if data is None:
        return None, None
    title = str(data.title).strip() if data.title else ""
    created = data.creation_date
    day = created.date().isoformat() if isinstance(created, datetime) and created.date() > date(1993, 1, 1) else None
    return (title if len(title) > 8 and not _UNTITLED.search(title) else None), day
