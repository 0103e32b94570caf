"""Proper names in Latin letters: runs of capitalised words, with the marks by which to judge them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from crawler.claims.passage import Passage
from crawler.claims.phrases import Token
from crawler.text.folding import fold

_INSIDE = re.compile(r" ?[-+&/] ?|'|\.| ")
_LINKS = frozenset(("de", "du", "des", "d", "l", "la", "le", "les", "et", "of", "for", "and", "the", "del", "y", "e",
                    "da", "do", "dos", "das", "von", "van", "der", "di"))
_LONGEST = 8
_MIXED = re.compile(r"[A-Z].*[A-Z]|[A-Za-z].*\d|\d.*[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Run:
    """tokens[first:last + 1] as one name. `opens`: the first word begins a sentence, so its capital says little."""

    first: int
    last: int
    opens: bool


def runs(passage: Passage, stop: frozenset[str], heads: frozenset[str]) -> list[Run]:
    """The capitalised runs of `passage` in order. `stop`: words that are never part of a name's edge.

    Small words (of, de, et) join two capitals only where the name begins with one of `heads` (Agence, University).
    """
    tokens, found = passage.tokens, []
    index = 0
    while index < len(tokens):
        if not is_name_word(tokens[index]) or tokens[index].text in stop:
            index += 1
            continue
        last = _end(tokens, index, stop, tokens[index].text in heads)
        while last > index and (tokens[last].text in stop or tokens[last].text in _LINKS) \
                and not _is_number_name(tokens[last]):
            last -= 1
        opens = index == 0 or tokens[index - 1].sentence != tokens[index].sentence \
            or any(mark in tokens[index].gap for mark in ':"(')
        found.append(Run(index, last, opens))
        index = last + 1
    return found


def is_name_word(token: Token) -> bool:
    """A Latin word with a capital in it (xAI, G42, Orange)."""
    return not token.arabic and token.capital and not token.printed.isdigit()


def _is_number_name(token: Token) -> bool:
    return token.printed.isdigit() and len(token.printed) <= 2


def _end(tokens: Sequence[Token], first: int, stop: frozenset[str], linking: bool) -> int:
    last = first
    for index in range(first + 1, min(first + _LONGEST, len(tokens))):
        token = tokens[index]
        if token.sentence != tokens[first].sentence or not _INSIDE.fullmatch(token.gap):
            break
        if is_name_word(token) and not (token.text in stop and token.gap == " " and not _next_named(tokens, index)):
            last = index
        elif linking and token.text in _LINKS:
            continue
        elif token.gap == "'" or (token.printed.isdigit() and token.gap in "-") or (
                token.printed.isdigit() and len(token.printed) <= 2 and token.gap == " " and index == last + 1):
            last = index
        else:
            break
    if last > first and tokens[last].text == "s" and tokens[last].gap == "'":
        last -= 1
    return last


def _next_named(tokens: Sequence[Token], index: int) -> bool:
    return index + 1 < len(tokens) and is_name_word(tokens[index + 1]) and tokens[index + 1].gap == " "


def has_odd_case(printed: str) -> bool:
    """OpenAI, xAI, QTS, G42: a form that ordinary words and names of people do not take."""
    return any(_MIXED.search(word) for word in printed.split())


def title_case(passage: Passage) -> bool:
    """Is most of this headline capitalised, so that capitals say nothing?"""
    words = [t for t in passage.tokens if not t.arabic and len(t.text) > 3 and not t.printed.isdigit()]
    return len(words) > 3 and sum(t.capital for t in words) > 0.6 * len(words)


_CONFUSED = str.maketrans({"I": "l", "1": "l", "|": "l", "0": "O"})


def look_alike(name: str) -> str:
    """One key for names that differ only by letters that look alike in print (Iozera, lozera)."""
    return fold(name.translate(_CONFUSED))
