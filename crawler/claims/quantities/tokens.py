"""Cut folded text into tokens once, so that numbers, units and currencies are found by looking words up.

A list of words is looked up in constant time; one pattern with as many branches would cost milliseconds a story.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from crawler.text.folding import fold

Payload = TypeVar("Payload")

# Groups of three may be parted by space, dot, comma or apostrophe, the Indian way by twos; then decimals.
_DIGITS = (
    r"[1-9]\d?(?:,\d\d)+,\d{3}(?!\d)"
    r"|[1-9]\d{0,2}(?:(?P<sep>[ .,'])\d{3}(?!\d))(?:(?P=sep)\d{3}(?!\d))*(?:[.,]\d{1,2}(?!\d))?"
    r"|\d+(?:[.,]\d+)?"
)
_TOKEN = re.compile(rf"(?P<number>{_DIGITS})|(?P<square>k?m2(?!\w))|(?P<word>[^\W\d_]+)|(?P<mark>[^\s\w])")


class Token(NamedTuple):
    """folded[start:end]; `kind` is number, square (m2, km2), word or mark (one sign)."""

    kind: str
    start: int
    end: int
    text: str


@lru_cache(maxsize=4)  # capacity, money, area and dates of one story read the same tokens
def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of a folded text in order. White space and underscores part them and are dropped."""
    return tuple(Token(m.lastgroup or "mark", m.start(), m.end(), m.group()) for m in _TOKEN.finditer(text))


def touching(text: str, left: Token, right: Token, gap: int = 1) -> bool:
    """Whether at most `gap` characters, and no line break, stand between two tokens."""
    return right.start - left.end <= gap and "\n" not in text[left.end:right.start]


class Phrases(Generic[Payload]):
    """Words and phrases of up to five tokens, each with what it stands for; the longest one wins."""

    def __init__(self, entries: Iterable[tuple[str, Payload]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Payload]]] = {}
        for printed, payload in entries:
            words = tuple(token.text for token in tokens_of(fold(printed)))
            if words:
                self._by_first.setdefault(words[0], []).append((words, payload))
        for known in self._by_first.values():
            known.sort(key=lambda entry: -len(entry[0]))

    def at(self, text: str, tokens: Sequence[Token], index: int) -> tuple[Payload, int] | None:
        """What the phrase that begins at tokens[index] stands for, and the index after it."""
        known = self._by_first.get(tokens[index].text) if index < len(tokens) else None
        for words, payload in known or ():
            end = index + len(words)
            if end <= len(tokens) and all(
                tokens[at].text == words[at - index] and touching(text, tokens[at - 1], tokens[at])
                for at in range(index + 1, end)
            ):
                return payload, end
        return None

    def ending(self, text: str, tokens: Sequence[Token], end: int) -> tuple[Payload, int] | None:
        """What the longest phrase that ends before tokens[end] stands for, and the index where it begins."""
        for start in range(max(end - 4, 0), end):
            found = self.at(text, tokens, start)
            if found and found[1] == end:
                return found[0], start
        return None
