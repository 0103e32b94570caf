"""Whether a document that is known says something new. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection

from crawler.linking import strip_known_lines
from crawler.text.folding import fold

_WORD = re.compile(r"\w+(?:[.,]\w+)*")  # 4.5 and 45 are two words


def says_the_same(before: tuple[str | None, str], after: tuple[str | None, str], furniture: Collection[int]) -> bool:
    """Whether two (title, text) differ in nothing but white space, punctuation, case, accents, and lines that their
    source prints everywhere (`furniture`, hashes of lines)."""
    return all(_words(old, furniture) == _words(new, furniture)
               for old, new in zip(before, after, strict=True))


def is_another_page(before: tuple[str | None, str], after: tuple[str | None, str]) -> bool:
    """Whether two pages that call themselves by one address are two: a template that gives all its pages the address
    of one. Another headline, and less than half of the words in common."""
    if _words(before[0], ()) == _words(after[0], ()):
        return False
    old, new = set(_words(before[1], ())), set(_words(after[1], ()))
    return 2 * len(old & new) < len(old | new)


def _words(text: str | None, furniture: Collection[int]) -> list[str]:
    return _WORD.findall(fold(strip_known_lines(text or "", frozenset(furniture))))
