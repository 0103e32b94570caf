"""What a headline speaks of, found again in the text: a headline often names the company and the town, and leaves the
thing itself to the first sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawler.text.folding import fold

_WORD = re.compile(r"[^\W\d_]{4,}")
_PRINTED = re.compile(r"[^\W\d_]+")
_NAME = re.compile(r"(?<=[\s(«\"“'’-])[A-ZÀ-Þ][\w'’&-]+")
_CLITICS = ("وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ل")
STEM = 6  # letters: what is the same so far is the same word, with another ending


def stems(text: str) -> set[str]:
    """The words of four letters and more, folded, without Arabic clitics, cut to their beginning."""
    return {_stem(word) for word in _WORD.findall(fold(text))}


def _stem(word: str) -> str:
    if "\u0600" <= word[0] <= "\u06ff":
        bare = next((word[len(clitic):] for clitic in _CLITICS if word.startswith(clitic)), word)
        word = bare if len(bare) >= 3 else word
    return word[:STEM]


def sought(title: str, terms: Iterable[str]) -> set[str]:
    """The stems of a headline, without those of the thing's own names (`terms`)."""
    return stems(title).difference(*(stems(term) for term in terms))


def shared(wanted: set[str], sentence: str) -> list[tuple[int, int]]:
    """Where `sentence` has words of these stems, once each."""
    found: dict[str, tuple[int, int]] = {}
    for match in _PRINTED.finditer(sentence):
        for stem in stems(match.group()) & wanted:
            found.setdefault(stem, match.span())
    return sorted(found.values())


def names(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the words printed with a capital stand in text[start:end], not at its beginning; none in scripts without
    capitals."""
    return [match.span() for match in _NAME.finditer(text, start + 1, end)]
