"""Scores of what was read: bodies by runs of four words, passages by whether they stand there, the rest by equality."""

from __future__ import annotations

import re
import statistics
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benchmarks.reading.labelled import Labelled

# without spaces between words each character counts as one
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")
_RUN = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What a reader says of one page."""

    text: str = ""
    title: str | None = None
    day: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares between 0 and 1; None where the collection has no label for it. `empty` counts pages without text."""

    pages: int
    f1: float
    precision: float
    recall: float
    title: float | None
    day: float | None
    authors: float | None
    empty: int


def score(pairs: Sequence[tuple[Labelled, Answer]]) -> Scores:
    """All figures of one reader over one collection."""
    bodies = [_overlap(page.body, answer.text) for page, answer in pairs if page.body]
    precision, recall = (_mean(row[place] for row in bodies) for place in (0, 1)) if bodies else _passages(pairs)
    return Scores(
        pages=len(pairs), f1=_f1(precision, recall), precision=precision, recall=recall,
        title=_share(_key(page.title) == _key(answer.title) for page, answer in pairs if page.title),
        day=_share(page.day == answer.day for page, answer in pairs if page.day),
        authors=_share(_names(page.authors) == _names(answer.authors) for page, answer in pairs if page.authors),
        empty=sum(not answer.text for _, answer in pairs))


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return Counter(tuple(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))) if words else Counter()


def _overlap(wanted: str, got: str) -> tuple[float | None, float | None]:
    """Precision (None where nothing was read) and recall of the runs, counted as often as they stand there."""
    want, have = _runs(wanted), _runs(got)
    both, wants, haves = (sum(counts.values()) for counts in (want & have, want, have))
    return both / haves if haves else None, both / wants if wants else None


def _passages(pairs: Sequence[tuple[Labelled, Answer]]) -> tuple[float, float]:
    right = wrong = missed = 0
    for page, answer in pairs:
        text = " ".join(answer.text.split())
        found = sum(" ".join(passage.split()) in text for passage in page.wanted)
        right, missed = right + found, missed + len(page.wanted) - found
        wrong += sum(" ".join(passage.split()) in text for passage in page.unwanted)
    return right / (right + wrong) if right + wrong else 0.0, right / (right + missed) if right + missed else 0.0


def _mean(values: Iterable[float | None]) -> float:
    known = [value for value in values if value is not None]
    return statistics.mean(known) if known else 0.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision and recall else 0.0


def _share(hits: Iterable[bool]) -> float | None:
    every = list(hits)
    return sum(every) / len(every) if every else None


def _names(authors: Iterable[str]) -> set[str]:
    return {_key(name) for name in authors}


def _key(text: str | None) -> str:
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text or "").casefold()))
