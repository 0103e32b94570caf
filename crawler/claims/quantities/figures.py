"""Other figures of a project: jobs, racks, tier, PUE, water, tonnes a year. Every kind is data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from crawler.claims.claim import Claim
from crawler.claims.quantities.found import MOST_MENTIONS, Found, Place, modality, place, quoted
from crawler.claims.quantities.numbers import Number, numbers_in
from crawler.claims.quantities.tokens import Phrases, Token, tokens_of
from crawler.claims.quantities.vocabulary import Quantities, checked_one_of
from crawler.configuration.checked import Lines, check, load_yaml
from crawler.configuration.locate import ConfigFolder
from crawler.errors import ConfigError
from crawler.text.folding import fold
from crawler.text.sentences import Prose

_SKIPPED = 5  # words between a number and its unit, or a label and its number
_PER = 45     # letters behind the unit in which "a year" is looked for
_SORT = 60    # letters to either side in which the sort is
_DIGIT = re.compile(r"\d")


class _Kind(BaseModel):
    model_config = ConfigDict(extra="forbid")

    unit: str | None = None
    units: dict[float, list[str]] = Field(default_factory=dict)
    labels: list[str] = Field(default_factory=list)
    words: dict[str, list[str]] = Field(default_factory=dict)
    least: float = 0.0
    most: float = float("inf")
    skip: list[str] = Field(default_factory=list)
    near: list[str] = Field(default_factory=list)
    not_near: list[str] = Field(default_factory=list)
    per: list[str] = Field(default_factory=list)
    sorts: dict[str, list[str]] = Field(default_factory=dict)


@dataclass(frozen=True, eq=False, slots=True)
class FigureKind:
    """One kind of claim, compiled. Patterns run over folded text; None: nothing is asked."""

    name: str
    unit: str | None
    units: Phrases[float] | None
    labels: Phrases[bool] | None
    words: Phrases[str] | None
    least: float
    most: float
    skip: frozenset[str]
    near: re.Pattern[str] | None
    not_near: re.Pattern[str] | None
    per: re.Pattern[str] | None
    sorts: tuple[tuple[str, re.Pattern[str]], ...]


def load_figures(folder: ConfigFolder) -> dict[str, FigureKind]:
    """The kinds of a configuration folder by name, compiled once. Raises ConfigError with file, line and key."""
    path = folder.file("lexicon/figures.yml")
    return _load(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _load(path: Path, _changed: int) -> dict[str, FigureKind]:
    data, lines = load_yaml(path)
    if not isinstance(data, dict):
        raise ConfigError(path, "expected kinds of figures", line=1, hint="each is a name with units, labels or words")
    kinds: dict[str, FigureKind] = {}
    for name, given in data.items():
        raw = check(_Kind, given, path, lines, (name,))
        if sum(map(bool, (raw.units, raw.labels, raw.words))) != 1:
            raise ConfigError(path, "needs one of units, labels and words", line=lines.of((name,)), key=str(name))
        kinds[str(name)] = _compile(str(name), raw, path, lines)
    return kinds


def _compile(name: str, raw: _Kind, path: Path, lines: Lines) -> FigureKind:
    def pattern(fragments: list[str], *where: str) -> re.Pattern[str] | None:
        return checked_one_of(fragments, path, lines, (name, *where)) if fragments else None

    return FigureKind(
        name, raw.unit,
        Phrases((word, factor) for factor, words in raw.units.items() for word in words) if raw.units else None,
        Phrases((word, True) for word in raw.labels) if raw.labels else None,
        Phrases((word, value) for value, words in raw.words.items() for word in words) if raw.words else None,
        raw.least, raw.most,
        frozenset(map(fold, raw.skip)), pattern(raw.near, "near"), pattern(raw.not_near, "not_near"),
        pattern(raw.per, "per"),
        tuple((sort, found) for sort, words in raw.sorts.items() if (found := pattern(words, "sorts", sort))))


@dataclass(frozen=True, slots=True)
class _Read:
    """folded[start:end] prints a value: a number, or a text."""

    start: int
    end: int
    number: float | None = None
    text: str | None = None


def figures(prose: Prose, q: Quantities, kinds: Sequence[FigureKind]) -> list[Found]:
    """What `prose` gives of `kinds`, one entry a kind and value, the first mention."""
    text = prose.folded.text
    tokens = tokens_of(text)
    numbers = numbers_in(text, q.numbers)
    found: list[Found] = []
    for kind in kinds:
        seen: set[tuple[float | None, str | None]] = set()
        for read in list(_reads(kind, text, tokens, numbers))[:MOST_MENTIONS]:
            at = place(prose, read.start, read.end)
            if not _fits(kind, read, at):
                continue
            sort = read.text or _sort(kind, at)
            if (read.number, sort) in seen:
                continue
            seen.add((read.number, sort))
            start, end = prose.folded.span(read.start, read.end)
            left, right = quoted(prose, start, end)
            claim = Claim(kind.name, prose.text[left:right], left, right, value_number=read.number, value_text=sort,
                          value_printed=prose.text[start:end], unit=kind.unit,
                          modality=modality(at, q.cues["modality"]))
            found.append(Found(claim, start, end, 0.7))
    return found


def _reads(kind: FigureKind, text: str, tokens: Sequence[Token], numbers: Sequence[Number]) -> Iterator[_Read]:
    if kind.words:
        for index, token in enumerate(tokens):
            if (word := kind.words.at(text, tokens, index)) is not None:
                yield _Read(token.start, tokens[word[1] - 1].end, text=word[0])
        return
    if kind.units:
        for number in numbers:
            if number.bare or (number.words and number.value < 2):
                continue
            unit = _past(kind, text, tokens, number.after, kind.units)
            if unit is not None:
                yield _Read(number.start, tokens[unit[1] - 1].end, _rounded(_value(number, unit[0], kind)))
        return
    by_token = {number.first: number for number in numbers}
    for index, token in enumerate(tokens):
        hit = kind.labels.at(text, tokens, index) if kind.labels else None
        if hit is None:
            continue
        for step in range(hit[1], min(hit[1] + _SKIPPED + 1, len(tokens))):
            if step in by_token:
                yield _Read(token.start, by_token[step].end, by_token[step].value)
                break
            if tokens[step].text not in kind.skip:
                break


def _past(kind: FigureKind, text: str, tokens: Sequence[Token], index: int,
          units: Phrases[float]) -> tuple[float, int] | None:
    """The unit at `index`, or behind words that may stand between."""
    for step in range(index, min(index + _SKIPPED, len(tokens))):
        hit = units.at(text, tokens, step)
        if hit is not None:
            return hit
        if tokens[step].text not in kind.skip:
            return None
    return None


def _value(number: Number, factor: float, kind: FigureKind) -> float:
    value = number.value * factor
    if number.other is not None and value > kind.most:
        value = number.other * factor
    return value


def _rounded(value: float) -> float:
    return float(f"{value:.6g}") if value < 1e6 else round(value)


def _fits(kind: FigureKind, read: _Read, at: Place) -> bool:
    if read.number is not None and not kind.least <= read.number <= kind.most:
        return False
    if kind.per is not None and not kind.per.search(at.text[at.start:at.end] + at.after(_PER)) \
            and not kind.per.search(at.before(_PER)):
        return False
    sentence = at.sentence
    return (kind.near is None or kind.near.search(sentence) is not None) \
        and (kind.not_near is None or kind.not_near.search(sentence) is None)


def _sort(kind: FigureKind, at: Place) -> str | None:
    """Which sort it is: by the words right behind it, then by those before."""
    behind = _DIGIT.split(at.clause_after(_SORT), maxsplit=1)[0]  # what follows belongs to the next figure
    for words in (at.text[at.start:at.end] + behind, at.clause_before(_SORT)):
        for sort, pattern in kind.sorts:
            if pattern.search(words):
                return sort
    return None
