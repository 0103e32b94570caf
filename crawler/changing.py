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


def _words(text: str | None, furniture: Collection[int]) -> list[str]:
    return _WORD.findall(fold(strip_known_lines(text or "", frozenset(furniture))))
