"""The notation in which a topic file writes its phrases, and what it means.

    data_cent(er|re)(s)?     groups with alternatives; `?` after a group: or nothing; `_`: nothing, a space or a hyphen
    annonc*                  any ending
    *rechenzentr*            anywhere inside a word (compounds); scripts without spaces are always read so
    centre .. donnees        up to three words between
    # MW                     a number
    for <term>               a term that was found before: <one> singular, <many> plural, <weak>, <term> one or many
    in <name>                a word printed with a capital

Words are compared folded (crawler.text.folding). An Arabic first word may carry و ف ب ل ك and ال, a later one ال.
There are no regular expressions in a topic file, so no file can make the matcher slow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from crawler.text.folding import Folded, fold

MOST_FORMS = 3000  # one phrase may stand for this many forms
GAP = 3
_JOINERS = " -'\"_/\n()"  # what may stand between two words of a phrase
_TOKEN = re.compile(r"\d+|[^\W\d_]+|[$€£¥₹]")
_WRITTEN = re.compile(r"<[a-z]+>|\.\.|#|\*?(?:\d+|[^\W\d_]+|[$€£¥₹])\*?")
# Han, kana, hangul: no spaces between words, or particles written on
_SPACELESS = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
PLACEHOLDERS = {"<term>": ("<one>", "<many>"), "<one>": ("<one>",), "<many>": ("<many>",), "<weak>": ("<weak>",),
                "<any>": ("<one>", "<many>", "<weak>"), "<name>": ()}


class PhraseError(ValueError):
    """A phrase that cannot be read; its text says why."""


@dataclass(frozen=True, slots=True)
class Word:
    """One place in a phrase. `kind` is exact, open (any ending), gap or number."""

    kind: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One spelled-out form of a phrase: a sequence of words, or letters to find anywhere (`anywhere`)."""

    words: tuple[Word, ...]
    anywhere: str = ""


@lru_cache(maxsize=8192)  # a file is checked first, then compiled
def spell_out(phrase: str) -> tuple[Form, ...]:
    """Every form that `phrase` stands for, folded. Raises PhraseError."""
    folded = fold(phrase)
    spellings = _alternatives(folded)
    forms: dict[Form, None] = {}
    for spelling in spellings:
        for joined in product(*([part] if part != "_" else ["", " "] for part in re.split("(_)", spelling))):
            forms[_form("".join(joined), phrase)] = None
            if len(forms) > MOST_FORMS:
                raise PhraseError(f"{phrase!r} stands for more than {MOST_FORMS} forms; write it as several phrases")
    return tuple(forms)


def _alternatives(text: str) -> list[str]:
    """Spell out the groups of `text`; groups may stand inside groups."""
    results, rest = [""], text
    while rest:
        at = rest.find("(")
        if at < 0:
            if ")" in rest or "|" in rest:
                raise PhraseError(f"{text!r} closes or divides a group that was not opened")
            return [result + rest for result in results]
        end = _closing(rest, at, text)
        options = [option for part in _divide(rest[at + 1:end]) for option in _alternatives(part)]
        head, rest = rest[:at], rest[end + 1:]
        if rest.startswith("?"):
            options, rest = [*options, ""], rest[1:]
        results = [result + head + option for result in results for option in options]
        if len(results) > MOST_FORMS:
            raise PhraseError(f"{text!r} stands for more than {MOST_FORMS} forms; write it as several phrases")
    return results


def _closing(text: str, start: int, whole: str) -> int:
    depth = 0
    for index in range(start, len(text)):
        depth += (text[index] == "(") - (text[index] == ")")
        if depth == 0:
            return index
    raise PhraseError(f"{whole!r} opens a group that is not closed")


def _divide(text: str) -> list[str]:
    """Split at the bars that stand in no inner group."""
    parts, depth = [""], 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def _form(spelling: str, phrase: str) -> Form:
    if "?" in spelling:
        raise PhraseError(f"{phrase!r}: a question mark may only follow a group")
    stripped = spelling.strip()
    if stripped.startswith("*") or _SPACELESS.search(stripped):
        letters = stripped.strip("*")
        if not letters or "*" in letters or "<" in letters:
            raise PhraseError(f"{phrase!r}: what is found anywhere must be plain letters")
        return Form((), letters)
    words = tuple(_word(written) for written in _WRITTEN.findall(stripped))
    if not words or all(word.kind == "gap" for word in words):
        raise PhraseError(f"{phrase!r} holds no word")
    if words[0].kind == "name":
        raise PhraseError(f"{phrase!r}: a phrase cannot begin with <name>")
    if words[0].kind == "gap" or words[-1].kind == "gap":
        raise PhraseError(f"{phrase!r}: '..' stands between two words")
    if sum(word.kind == "gap" for word in words) > 1:
        raise PhraseError(f"{phrase!r}: '..' may stand once")
    return Form(words)


def _word(written: str) -> Word:
    if written == "..":
        return Word("gap")
    if written == "#":
        return Word("number")
    if written.startswith("<"):
        if written not in PLACEHOLDERS:
            raise PhraseError(f"{written} is unknown: use {', '.join(PLACEHOLDERS)}")
        return Word("name") if written == "<name>" else Word("place", written)
    if written.startswith("*"):
        raise PhraseError(f"{written!r}: a star before a word stands only at the start of a phrase")
    return Word("open", written[:-1]) if written.endswith("*") else Word("exact", written)


class Token(NamedTuple):
    """One word, number, currency sign or found term of a folded text; `text[start:end]`.
    `glued`: only spaces, hyphens, quotes or an apostrophe part it from the token before."""

    text: str
    start: int
    end: int
    glued: bool


def tokenize(prose: Folded, end: int | None = None) -> list[Token]:
    """The tokens of a folded text, in order, up to folded index `end`."""
    folded = prose.text
    tokens: list[Token] = []
    last = -9
    for match in _TOKEN.finditer(folded, 0, len(folded) if end is None else end):
        start, stop = match.span()
        length = start - last
        if length == 1:
            glued = folded[last] in _JOINERS
        elif length > 4:
            glued = False
        else:
            gap = folded[last:start]
            glued = not gap.strip(_JOINERS) and gap.count("\n") < 2
        tokens.append(Token(match.group(), start, stop, glued))
        last = stop
    return tokens
