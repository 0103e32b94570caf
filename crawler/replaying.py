"""A changed topic over the stored past: what would be gained and what lost, before anything changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, func, select

from crawler.outcomes import Outcome
from crawler.topics import Topic
from crawler.topics.match import Match
from storage import articles, raw
from storage.engine import reading
from storage.schema import pages, read_texts

WORDS = 4  # reasons shown for one page


@dataclass(frozen=True, slots=True)
class Change:
    """A page whose verdict would be another one. Scores are 0 to 1; `before` is None where it was never scored.

    `words` are the printed words that decide, with the feature that they stand for and its weight.
    """

    url: str
    title: str | None
    language: str
    before: float | None
    after: float
    words: tuple[tuple[str, str, float], ...]


@dataclass(slots=True)
class Replay:
    """`kept` and `left_out` count the pages that stay what they are, by language; `unseen` those that were stopped
    before they were read, so that no topic can be tried on them without asking the sites again."""

    gained: list[Change] = field(default_factory=list)
    lost: list[Change] = field(default_factory=list)
    kept: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    unseen: int = 0


def replay(engine: Engine, topic: Topic, today: Topic) -> Replay:
    """`topic` over everything stored; `today` scores what was left out as it was then. Nothing is written."""
    found = Replay()
    for stored, page in _stored(engine):
        title, text, language = page["title"], page["text"], page["language"] or "und"
        match = topic.match(title, text, language)
        if match.matched == stored:
            (found.kept if stored else found.left_out)[language] += 1
            continue
        before = page["relevance"] if stored else today.match(title, text, language).score
        (found.lost if stored else found.gained).append(
            Change(page["url"], title, language, before, match.score, _deciding(match)))
    for changes in (found.gained, found.lost):
        changes.sort(key=lambda change: (-abs(change.after - (change.before or 0.0)), change.url))
    found.unseen = _unseen(engine)
    return found


def _stored(engine: Engine) -> Iterator[tuple[bool, dict[str, Any]]]:
    with reading(engine) as conn:
        for row in articles.iterate(conn):
            yield True, row
        for row in raw.iterate_texts(conn):
            yield False, row


def _deciding(match: Match) -> tuple[tuple[str, str, float], ...]:
    """The words that speak loudest for the verdict."""
    side = 1 if match.matched else -1
    speaking = sorted((e for e in match.evidence if e.weight * side > 0 and e.words), key=lambda e: -abs(e.weight))
    return tuple((e.words, e.feature, round(e.weight, 2)) for e in speaking[:WORDS])


def _unseen(engine: Engine) -> int:
    """Pages that the prefilter stopped: off topic, and no text of them was kept."""
    kept = select(read_texts.c.url)
    with reading(engine) as conn:
        return conn.execute(select(func.count()).select_from(pages).where(
            pages.c.outcome == str(Outcome.OFF_TOPIC), pages.c.url.not_in(kept))).scalar_one()
