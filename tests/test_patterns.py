"""Every regular expression of the program, as it is used, on text that was written to be slow.

On 10 KB it may take 50 ms. A pattern that goes back and forth needs four times as long on twice the text, so most show
on a shorter one that they are quick. A pattern that is only asked at one place (`match`, `fullmatch`) is asked there."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import crawler
import storage
from crawler.configuration.locate import find_config
from crawler.reading.vocabulary import load_vocabulary
from tests.effort import within

SIZE = 10_000
LIMIT = 0.05  # seconds of CPU
SHORT = 5  # times shorter
PIECES = (
    "_", "__A", "{", "} ", "{}", '"', "\\", '"\\', "a", "A", "é", "Ab ", "a ", " ", "\n", "\t", " \n", "\xa0", "<p", "<", "[",
    "' ", "l'A", "=", "0:", "1", "1 ", "1,", "1.1 ", "12 MW ", "$1 ", "million ", "(", "«A ", "ا", "ال", "شركة ", "و", "a-", "--",
    "–", "  : ", ".", " .", "A. ", "//", "http://a", "@", "a@", "&", "A & ", "de la ", "2026 ", "1-", "%3A", "?", "a=b&", "١", "Aa",
    "A1", "photo ",
)
# What is asked of them ends with what they look for, so that no search goes to the end in vain.
GUARDED = {"crawler.topics.squeeze._QUICK_TAG"}
FOR_ALL = ("search", "finditer", "findall", "sub", "subn", "split")


def modules() -> Iterator[ModuleType]:
    for package in (crawler, storage):
        for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            if not found.name.endswith("__main__") and ".migrations" not in found.name:
                yield importlib.import_module(found.name)


def uses(source: str, name: str) -> set[str]:
    """The methods that are called on a pattern; all of a text where it is handed on."""
    called = set(re.findall(rf"\b{name}\.(\w+)\b", source))
    handed = len(re.findall(rf"\b{name}\b(?!\.)", source)) > 1  # its assignment is one
    return called | {"search"} if handed or not called else called


def patterns() -> Iterator[tuple[str, re.Pattern[Any], set[str]]]:
    for module in modules():
        if module.__file__ is None:
            continue
        source = Path(module.__file__).read_text(encoding="utf-8")
        for name, value in vars(module).items():
            full = f"{module.__name__}.{name}"
            if isinstance(value, re.Pattern) and full not in GUARDED and re.search(rf"^{name}\b", source, re.MULTILINE):
                yield full, value, uses(source, name)


def ways(pattern: re.Pattern[Any], called: set[str]) -> list[Callable[[Any], object]]:
    found: list[Callable[[Any], object]] = []
    if called.intersection(FOR_ALL):
        found.append(pattern.findall)
    found += [getattr(pattern, name) for name in ("match", "fullmatch") if name in called]
    return found


def slow(pattern: re.Pattern[Any], called: set[str], size: int = SIZE) -> list[str]:
    """The pieces whose repetition takes too long."""
    def takes(way: Callable[[Any], object], piece: str, length: int, limit: float) -> bool:
        text = (piece * length)[: length - 1] + "!"
        return not within(limit, lambda: way(text.encode() if isinstance(pattern.pattern, bytes) else text))

    return [f"{way.__name__} {piece!r}" for piece in PIECES for way in ways(pattern, called)
            if takes(way, piece, size // SHORT, LIMIT / SHORT ** 2) and takes(way, piece, size, LIMIT)]


def test_no_pattern_is_slow_on_hostile_text() -> None:
    seen = list(patterns())
    assert len(seen) > 150
    found = {name: bad for name, pattern, called in seen if (bad := slow(pattern, called))}
    assert found == {}


def test_no_pattern_of_the_reading_vocabulary_is_slow() -> None:
    vocabulary = load_vocabulary(find_config(None))
    source = "".join(path.read_text(encoding="utf-8") for path in Path(crawler.__file__).parent.glob("reading/*.py"))
    lines = [(name, value) for name in vocabulary.__slots__ if isinstance(value := getattr(vocabulary, name), re.Pattern)]
    assert len(lines) > 10
    called = {name: set(re.findall(rf"\.{name}\.(\w+)\(", source)) or {"search"} for name, _ in lines}
    assert {name: bad for name, value in lines if (bad := slow(value, called[name]))} == {}


@pytest.mark.parametrize(("pattern", "called", "bad"), [
    (r"\s+x", {"search"}, True), (r"\s+x", {"match"}, False), (r"(?<!\s)\s+x", {"search"}, False),
])
def test_a_slow_pattern_is_found(pattern: str, called: set[str], bad: bool) -> None:
    assert bool(slow(re.compile(pattern), called)) is bad
