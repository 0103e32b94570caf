"""What a source prints on page after page, and documents without it: the memory of lines at work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urldefrag, urlsplit

from sqlalchemy import Connection

from crawler.linking import line_hash
from crawler.pipeline import Understood, Work
from crawler.placing import FURNITURE_FROM
from crawler.reading import without_known_lines
from crawler.reading.document import Document
from storage import lines

Again = Callable[[Document], Understood]
# A printed sentence of this length that states a claim is a paragraph of the story, however often it was printed.
_SENTENCE = 60
_ENDS = (".", "!", "?", "…", "؟", "»", "”", '"')


@dataclass(frozen=True, slots=True)
class Remembered:
    """One answer without the lines that its source prints everywhere; `work` names these, so that it is read alike
    whenever it is read again."""

    work: Work
    answer: Understood


def memory_of(source_id: str | None, url: str) -> str:
    """Whose memory a page belongs to: its source's, else that of its host, its folder, or its file of JSON lines."""
    if source_id:
        return source_id
    parts = urlsplit(url)
    if parts.scheme in {"http", "https"}:
        return f"host:{(parts.hostname or '').removeprefix('www.')}"
    whole, line = urldefrag(url)
    return whole if line else whole.rpartition("/")[0]


def count_lines(conn: Connection, memory: str, document: Document, before: dict[str, Any] | None, at: str) -> None:
    """One more page of `memory` has the document's lines. An article that is read again does not count its own twice,
    nor those that were taken out of it."""
    counted = set(before["text"].splitlines()) if before is not None else set()
    fresh = {line_hash(line) for line in document.text.splitlines() if line.strip() and line not in counted}
    lines.bump(conn, memory, fresh, at=at)


def without_memory(conn: Connection, memory: str, work: Work, answer: Understood, again: Again) -> Remembered:
    """The answer without the lines that stood on three other pages, understood anew where any did."""
    document = answer.document
    printed = {line_hash(line): line for line in document.text.splitlines() if line.strip()}
    known = {printed[number] for number in lines.known_among(conn, memory, printed, FURNITURE_FROM)}
    known = {line for line in known if not _is_told(line, answer)}
    shorter = without_known_lines(document, known)
    if shorter is document:
        return Remembered(work, answer)
    hints = replace(work.hints, known_lines=tuple(sorted({*work.hints.known_lines, *known})))
    return Remembered(replace(work, hints=hints), again(shorter))


def _is_told(line: str, answer: Understood) -> bool:
    """Whether a line is a sentence that claims were read from."""
    if len(line) < _SENTENCE or not line.endswith(_ENDS):
        return False
    text = answer.document.text
    start = text.find(line)
    return any(claim.quote_start < start + len(line) and claim.quote_end > start for claim in answer.claims.claims)
