"""Names looked up word by word: places and organisations, the longest name first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from crawler.claims.phrases import Token
from crawler.text.folding import fold

Value = TypeVar("Value")
Value_co = TypeVar("Value_co", covariant=True)
_WORD = re.compile(r"[^\W_]+")
# What may stand between the words of one name: Saint-Bruno, L'Aquila, N+ONE, AT&T, A.M Wind, St. Louis.
_INSIDE = re.compile(r" ?['\-.+&/] ?|\. | |")
_LONGEST = 12


def key_of(name: str) -> str:
    """The form under which a name is looked up: its folded words, one space between."""
    return " ".join(_WORD.findall(fold(name)))


class Names(Protocol[Value_co]):
    """What gives a value for a folded name. `begins`: may a name begin with this word?"""

    def get(self, key: str, /) -> Value_co | None: ...

    def begins(self, word: str, /) -> bool: ...


class NameTable(Generic[Value]):
    """A dict of folded names that also knows their first words."""

    def __init__(self, names: Mapping[str, Value]) -> None:
        self._names = dict(names)
        self._firsts = frozenset(key.split(" ", 1)[0] for key in names)

    def get(self, key: str, /) -> Value | None:
        return self._names.get(key)

    def begins(self, word: str, /) -> bool:
        return word in self._firsts


@dataclass(frozen=True, slots=True)
class Found(Generic[Value]):
    """A name in tokens[first:last + 1]; `skipped` letters of the first word are a clitic, not the name."""

    first: int
    last: int
    skipped: int
    value: Value


def look_up(tokens: Sequence[Token], names: Names[Value], *, short: int = 3) -> list[Found[Value]]:
    """The names of `names` (keys as of `key_of`) in `tokens`, none inside another.

    A name in Latin letters must show a capital; names of up to `short` letters must be all capitals. Arabic names
    are found behind و ف ب ل ك.
    """
    found: list[Found[Value]] = []
    after = 0
    for index, token in enumerate(tokens):
        if index >= after and (token.capital or token.arabic or token.text[0].isdigit()):
            hit = longest(tokens, index, names, short)
            if hit is not None:
                found.append(hit)
                after = hit.last + 1
    return found


def longest(tokens: Sequence[Token], index: int, names: Names[Value], short: int = 3) -> Found[Value] | None:
    """The longest name that begins at tokens[index], with a capital or without."""
    token = tokens[index]
    forms = [form for form in token.forms if names.begins(form)]
    if not forms:
        return None
    rest = ""
    spans = [(index, "")]
    for last in range(index + 1, min(index + _LONGEST, len(tokens))):
        if tokens[last].sentence != token.sentence or not _INSIDE.fullmatch(tokens[last].gap):
            break
        rest += " " + tokens[last].text
        spans.append((last, rest))
    for last, tail in reversed(spans):
        for form in forms:
            value = names.get(form + tail)
            if value is None:
                continue
            if len(form) + len(tail) <= short and not token.arabic and not token.printed.isupper():
                continue
            return Found(index, last, _skipped(token.text, form), value)
    return None


def _skipped(word: str, form: str) -> int:
    if word == form:
        return 0
    if word.endswith(form):
        return len(word) - len(form)
    return 0 if not form.startswith("ال") else 1 + max(0, word.find("ل" + form[2:]) - 1)
