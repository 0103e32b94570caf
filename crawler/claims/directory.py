"""Names looked up word by word: places and organisations, the longest name first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

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
    """Anything that gives a value for a folded name: a dict, the gazetteer."""

    def get(self, key: str, /) -> Value_co | None: ...


class Found(NamedTuple, Generic[Value]):
    """A name in tokens[first:last + 1]; `skipped` letters of the first word are a clitic, not the name."""

    first: int
    last: int
    skipped: int
    value: Value


def look_up(tokens: Sequence[Token], names: Names[Value], *, capitals: bool = True) -> list[Found[Value]]:
    """The names of `names` (keys as of `key_of`) in `tokens`, none inside another.

    A name in Latin letters must show a capital where `capitals`; names of up to three letters must be all
    capitals. Arabic names are found behind و ف ب ل ك.
    """
    found: list[Found[Value]] = []
    index = 0
    while index < len(tokens):
        hit = _longest(tokens, index, names, capitals)
        if hit is None:
            index += 1
        else:
            found.append(hit)
            index = hit.last + 1
    return found


def _longest(tokens: Sequence[Token], index: int, names: Names[Value], capitals: bool) -> Found[Value] | None:
    token = tokens[index]
    if capitals and not token.arabic and not token.capital and not token.text[0].isdigit():
        return None
    rest = ""
    spans = [(index, "")]
    for last in range(index + 1, min(index + _LONGEST, len(tokens))):
        if tokens[last].sentence != token.sentence or not _INSIDE.fullmatch(tokens[last].gap):
            break
        rest += " " + tokens[last].text
        spans.append((last, rest))
    for last, tail in reversed(spans):
        for form in token.forms:
            value = names.get(form + tail)
            if value is None:
                continue
            if len(form) + len(tail) <= 3 and not token.arabic and not token.printed.isupper():
                continue
            return Found(index, last, _skipped(token.text, form), value)
    return None


def _skipped(word: str, form: str) -> int:
    if word == form:
        return 0
    if word.endswith(form):
        return len(word) - len(form)
    return 0 if not form.startswith("ال") else 1 + max(0, word.find("ل" + form[2:]) - 1)
