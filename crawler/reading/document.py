"""What reading takes and gives: bytes and what is known beforehand in, one clean document out."""

from __future__ import annotations

from dataclasses import dataclass, field

from crawler.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Hints:
    """What was known before reading (feed entry, source registry, JSON line). Weighed, never trusted blindly.

    `published` is ISO 8601 (a day, a month, or a UTC time); `languages` are ISO 639-1 codes of the source;
    `known_lines` those lines of this page that its source was known to print everywhere;
    `prune` CSS selectors of blocks that are no part of the source's articles.
    """

    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    source_id: str | None = None
    aggregator: bool = False
    summary: str | None = None
    known_lines: tuple[str, ...] = ()
    prune: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One HTTP exchange or one file: the bytes exactly as they came (content encoding undone).

    `archive`: whether its owner lets a copy be kept (docs/rights.md).
    """

    url: str
    body: bytes
    content_type: str = ""
    hints: Hints = field(default_factory=Hints)
    archive: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """A page, cleaned.

    `text` is the body without the title, paragraphs divided by one blank line, NFC, no control characters.
    `published` and `modified` are ISO 8601: `2024-05`, `2024-05-07` or `2024-05-07T08:30:00Z`.
    `outlet` is who published it first where the page says so, else the site's own name; `origin_url` is the
    link to that first publication. `method` names the reader that found the body.
    """

    url: str
    canonical_url: str
    title: str | None
    text: str
    language: str
    language_confidence: float = 0.0
    published: str | None = None
    modified: str | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    site: str | None = None
    origin_url: str | None = None
    image: str | None = None
    method: str = ""
    section: str | None = None
    tags: tuple[str, ...] = ()
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why no document came out: one outcome of the closed list and a sentence for people."""

    url: str
    outcome: Outcome
    reason: str
