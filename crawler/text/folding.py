"""Fold text for matching while every offset stays true to the printed text.

Folding (topic-terms.md, section 1): NFKC, case folded, accents and Arabic diacritics dropped, Arabic
letter forms unified (أ إ آ ٱ to ا, ى to ي, ة to ه, ؤ to و, ئ to ي), tatweel dropped, Arabic-Indic digits to
0-9, every space to U+0020 (line breaks stay), typographic quotes and hyphens to ' " and -.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass

_SPECIAL = {
    **dict.fromkeys("أإآٱ", "ا"),
    "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "ی": "ي", "ء": "", "ـ": "",
    **dict.fromkeys("’‘‛ʼ`´", "'"),
    **dict.fromkeys("“”„«»‟", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "٫": ".", "٬": ",", "،": ",", "؛": ";", "؟": "?", "٪": "%",
    "\u00ad": "", "\u200b": "", "\u200c": "", "\u200d": "", "\u2060": "", "\ufeff": "",
    "\u200e": "", "\u200f": "", "\u061c": "",
    "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ı": "i", "ł": "l", "đ": "d",
    "\n": "\n", "\t": " ", "\r": " ", "\x0b": " ", "\x0c": " ", "\u2028": "\n", "\u2029": "\n",
}


def _fold_char(char: str) -> str:
    if char in _SPECIAL:
        return _SPECIAL[char]
    if char.isspace():
        return " "
    out = []
    for part in unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", char)):
        if unicodedata.combining(part):
            continue
        if part in _SPECIAL:
            out.append(_SPECIAL[part])
        elif part.isspace():
            out.append(" ")
        elif part.isdecimal():
            out.append(str(unicodedata.decimal(part)))
        else:
            folded = part.casefold()
            out.append(_SPECIAL.get(folded, folded))
    return "".join(out)


class _Table(dict[int, str]):
    def __missing__(self, code: int) -> str:
        value = self[code] = _fold_char(chr(code))
        return value


_TABLE = _Table()


def fold(text: str) -> str:
    """The folded form of `text`, for comparing and matching only; offsets are not kept."""
    return text.translate(_TABLE)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the way back to the printed one.

    `starts[i]` is the index in the original of folded character i (None: both texts run in step).
    """

    text: str
    original: str
    starts: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the original that folded[start:end] was made from."""
        if self.starts is None:
            return start, end
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else len(self.original)
            return at, at
        last = self.starts[end - 1] + 1
        # A quote never loses the accent or the closing hamza (البيضاء) of its last letter.
        while last < len(self.original) and (self.original[last] == "ء" or unicodedata.combining(self.original[last])):
            last += 1
        return self.starts[start], last

    def printed(self, start: int, end: int) -> str:
        """The original words behind folded[start:end]."""
        left, right = self.span(start, end)
        return self.original[left:right]

    def at(self, position: int) -> int:
        """The first folded index made from original index `position` or later."""
        if self.starts is None:
            return position
        return bisect_left(self.starts, position)


def fold_with_offsets(text: str) -> Folded:
    """Fold `text` and keep the map back. Cheap where every character folds to one character."""
    folded = text.translate(_TABLE)
    uneven = {char for char in set(text) if len(_TABLE[ord(char)]) != 1}
    if not uneven:
        return Folded(folded, text, None)
    starts: list[int] = []
    before = 0
    for index in [index for index, char in enumerate(text) if char in uneven]:
        starts.extend(range(before, index))
        starts.extend([index] * len(_TABLE[ord(text[index])]))
        before = index + 1
    starts.extend(range(before, len(text)))
    return Folded(folded, text, tuple(starts))
