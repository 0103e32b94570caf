"""When two printed names are one: words that tell apart, look-alike letters, two scripts, serial numbers."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale
from rapidfuzz.distance import Levenshtein

from crawler.linking.letters import bare, script_of, shape, shape_of, sounds_alike, words
from crawler.linking.rules import LinkRules

_LOCALES = ("ar", "en", "es", "fr")  # the rest spell countries nearly as one of these
_DIGIT = re.compile(r"\d")
_SERIES = re.compile(r"^([a-z]*)(\d+)$")


@lru_cache(maxsize=16384)
def distinctive(name: str, kind: str, rules: LinkRules) -> tuple[str, ...]:
    """The words of a folded name that tell it from others. `kind`: name, org or city (all words)."""
    if kind == "city":
        return tuple(name.split())
    common = rules.generic_words if kind == "name" else rules.company_words
    return tuple(word for word in name.split() if word not in common and bare(word) not in common)


@lru_cache(maxsize=16384)
def shape_key(name: str, kind: str, rules: LinkRules) -> str:
    """The spelling key of a name: its own words only, or all where it has none of its own."""
    return shape_of(" ".join(distinctive(name, kind, rules)) or name)


@lru_cache(maxsize=65536)
def same_name(a: str, b: str, kind: str, rules: LinkRules) -> float:
    """How sure two folded names are one: 1 the same, 0.8 nearly (part, misspelt, another script), 0 not."""
    if shape_of(a) == shape_of(b):
        return 1.0
    left, right = distinctive(a, kind, rules), distinctive(b, kind, rules)
    if not left or not right or (kind == "name" and differ_in_series(a, b, rules)):
        return 0.0
    if script_of(a) != script_of(b):
        return 0.8 if _alike_over_scripts(left, right) else 0.0
    plain, other = _shapes(left), _shapes(right)
    if plain == other:
        return 1.0
    short, long = sorted((plain, other), key=len)
    if kind == "city":
        # "Talavera" is "Talavera de la Reina"; but San Juan is not San José
        return 0.8 if long[:len(short)] == short and len("".join(short)) >= 5 else _misspelt(plain, other)
    told = [word for word in (left if len(left) <= len(right) else right) if bare(word) not in _place_words()]
    if told and {_stem(w) for w in short} <= {_stem(w) for w in long} and len("".join(short)) >= 3:
        return 0.8
    return _misspelt(plain, other)


def differ_in_series(a: str, b: str, rules: LinkRules) -> bool:
    """Two of one series: MRS4 and MRS5, Colossus 1 and Colossus 2. Phases of one campus are no series."""
    left, right = _series(a, rules), _series(b, rules)
    return any(left.get(stem, number) != number for stem, number in right.items())


def _series(name: str, rules: LinkRules) -> dict[str, str]:
    found: dict[str, str] = {}
    before = ""
    for word in name.split():
        match = _SERIES.match(word)
        if match and len(match[2]) <= 3 and (match[1] or before) not in rules.phase_words:
            found[match[1] or before] = match[2].lstrip("0")
        before = word
    return found


def _alike_over_scripts(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    if sounds_alike(" ".join(left), " ".join(right)):
        return True
    short, long = sorted((left, right), key=len)
    return all(len(word) >= 4 and any(sounds_alike(word, other) for other in long) for word in short)


@lru_cache(maxsize=16384)
def _shapes(told: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(shape(bare(word)) for word in told)


def _misspelt(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    a, b = " ".join(left), " ".join(right)
    # one letter in six, two in twelve; a first letter is seldom wrong
    if a[0] != b[0] or min(len(a), len(b)) < 5 or _DIGIT.search(a) or _DIGIT.search(b):
        return 0.0
    return 0.8 if Levenshtein.distance(a, b) * 6 <= min(len(a), len(b)) else 0.0


@lru_cache(maxsize=1)
def _place_words() -> frozenset[str]:
    """Words of countries and continents: "Africa Telecom" is not a part of "Africa Data Centres"."""
    names = (name for code in _LOCALES for name in Locale(code).territories.values())
    return frozenset(bare(word) for name in names for word in words(str(name)) if len(word) > 2)


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") else word
