"""The pipeline of meaning: the one place that holds the order reading → topic → claims.

`crawl`, `ingest`, `reprocess` and `explain` all call these functions, so a page is understood alike however it
came. Pure: knows neither Scrapy nor SQL.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from crawler.claims import Lexicon, extract, load_lexicon
from crawler.claims.claim import Claims
from crawler.claims.quantities import FigureKind, load_figures
from crawler.configuration.locate import ConfigFolder
from crawler.errors import ConfigError
from crawler.reading import read_page, read_record, read_text_file, without_known_lines
from crawler.reading.document import Document, Hints, Page, Unreadable
from crawler.reading.vocabulary import use_config
from crawler.topics import Topic, load_topic
from crawler.topics.match import Match


@dataclass(frozen=True, slots=True)
class TextFile:
    """A `.txt` file as it lies on disk: often the remains of a bad extraction."""

    url: str
    data: bytes
    hints: Hints = field(default_factory=Hints)


@dataclass(frozen=True, slots=True)
class Record:
    """One JSON line: `url` with `html`, or with `title` and `text` (contract.md, ingest JSON lines)."""

    url: str
    fields: dict[str, Any]
    hints: Hints = field(default_factory=Hints)


Work = Page | TextFile | Record


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything compiled that understanding needs: one topic, the vocabulary of claims, the topic's figures."""

    topic: Topic
    lexicon: Lexicon
    figures: tuple[FigureKind, ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """What one document says. `claims` is empty where the document is off topic."""

    document: Document
    match: Match
    claims: Claims


def load_rules(folder: ConfigFolder, topic: str) -> Rules:
    """Compile the topic, the lexicon and the words of reading of `folder` (ConfigError names what is wrong in them).

    Reading has one vocabulary a process: the last one loaded.
    """
    use_config(folder)
    loaded = load_topic(folder.file(f"topics/{topic}.yml"))
    known = load_figures(folder)
    for name in loaded.definition.figures:
        if name not in known:
            raise ConfigError(loaded.path, f"no figure {name!r} in lexicon/figures.yml", key="figures",
                              hint=f"known are {', '.join(known)}")
    return Rules(loaded, load_lexicon(folder, loaded.path), tuple(known[name] for name in loaded.definition.figures))


def read(work: Work) -> Document | Unreadable:
    """One document out of a page, a text file or a JSON line, or the named reason why not."""
    found = _read(work)
    return found if isinstance(found, Unreadable) else without_known_lines(found, work.hints.known_lines)


def _read(work: Work) -> Document | Unreadable:
    if isinstance(work, Page):
        return read_page(work)
    if isinstance(work, TextFile):
        return read_text_file(work.url, work.data, work.hints)
    return read_record({**work.fields, "url": work.url}, work.hints)


def understand(document: Document, rules: Rules) -> Understood:
    """Match the topic; where it matches, read the claims."""
    match = rules.topic.match(document.title, document.text, document.language)
    claims = extract(document, rules.lexicon, rules.figures) if match.matched else Claims()
    return Understood(document, match, claims)
