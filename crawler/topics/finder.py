"""Find thousands of phrases in one pass over the tokens of a text: a tree of words, and letters found anywhere.

The time is linear: from each token a bounded number of steps, since phrases have no unbounded repetition.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from crawler.text.folding import Folded
from crawler.topics.phrases import GAP, PLACEHOLDERS, Form, Token, spell_out

_ARABIC = re.compile("^[\u0621-\u064a]")
_PARTED = re.compile("[ ・·-]")
LONGEST = 120  # letters that one phrase may span in a text; keeps `..` honest


class Hit(NamedTuple):
    """A phrase found: its label and folded[start:end]; `first` and `last` are token numbers (inclusive)."""

    label: str
    start: int
    end: int
    first: int
    last: int


class _Node:
    __slots__ = ("exact", "gap", "labels", "name", "number", "open", "open_lengths")

    def __init__(self) -> None:
        self.exact: dict[str, _Node] = {}
        self.open: dict[str, _Node] = {}
        self.open_lengths: tuple[int, ...] = ()
        self.gap: _Node | None = None
        self.number: _Node | None = None
        self.name: _Node | None = None
        self.labels: tuple[str, ...] = ()


class Finder:
    """All phrases of some labels, compiled once."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        self._root = _Node()
        self._anywhere: dict[str, tuple[str, ...]] = {}
        self.forms: dict[str, tuple[Form, ...]] = {}
        for label, written in phrases.items():
            forms = tuple(form for phrase in written for form in spell_out(phrase))
            self.forms[label] = forms
            for form in forms:
                self._add(form, label)
        letters = sorted(self._anywhere, key=len, reverse=True)
        self._letters = re.compile("|".join(_loose(word) for word in letters)) if letters else None
        self._starts = lru_cache(maxsize=20_000)(self._starting)

    def _add(self, form: Form, label: str) -> None:
        if form.anywhere:
            key = form.anywhere.replace(" ", "")
            self._anywhere[key] = (*self._anywhere.get(key, ()), label)
            return
        nodes = [self._root]
        for word in form.words:
            nodes = [child for node in nodes for child in _grow(node, word.kind, word.text)]
        for node in nodes:
            if label not in node.labels:
                node.labels = (*node.labels, label)

    def find(self, prose: Folded, tokens: list[Token]) -> list[Hit]:
        """Every label's longest hit at each token, in order of place; hits of one label never overlap."""
        hits: list[Hit] = []
        for index, token in enumerate(tokens):
            nodes = self._starts(token.text)
            if not nodes:
                continue
            best: dict[str, int] = {}
            limit = token.start + LONGEST
            for node in nodes:
                _walk(node, prose, tokens, index + 1, limit, best)
            for label, last in best.items():
                hits.append(Hit(label, token.start, tokens[last].end, index, last))
        if self._letters is not None and tokens:
            hits.extend(self._inside(prose.text, tokens))
        return _apart(hits)

    def _starting(self, text: str) -> tuple[_Node, ...]:
        """The nodes that `text` leads to as a first word."""
        found = list(_children(self._root, text, number=True))
        for bare in _without_clitics(text):
            found.extend(_children(self._root, bare, number=False))
        return tuple(found)

    def _inside(self, folded: str, tokens: list[Token]) -> Iterable[Hit]:
        assert self._letters is not None
        index = 0
        for match in self._letters.finditer(folded, 0, tokens[-1].end):  # the tokens may end before the text
            written = match.group()
            start, end = match.span()
            while index < len(tokens) - 1 and tokens[index].end <= start:
                index += 1
            last = index
            while last < len(tokens) - 1 and tokens[last].end < end:
                last += 1
            if written.isascii():  # a compound: the whole word is meant
                start, end = min(tokens[index].start, start), max(tokens[last].end, end)
            for label in self._anywhere[_PARTED.sub("", written)]:
                yield Hit(label, start, end, index, last)


def _loose(letters: str) -> str:
    """In scripts without spaces a space or a middle dot may part the halves of a word."""
    if letters.isascii():
        return re.escape(letters)
    return "[ ・·-]?".join(re.escape(char) for char in letters)


def _grow(node: _Node, kind: str, text: str) -> list[_Node]:
    if kind == "exact":
        return [node.exact.setdefault(text, _Node())]
    if kind == "place":
        return [node.exact.setdefault(name, _Node()) for name in PLACEHOLDERS[text]]
    if kind == "open":
        child = node.open.setdefault(text, _Node())
        node.open_lengths = tuple(sorted({*node.open_lengths, len(text)}))
        return [child]
    if kind == "number":
        node.number = node.number or _Node()
        return [node.number]
    if kind == "name":
        node.name = node.name or _Node()
        return [node.name]
    node.gap = node.gap or _Node()
    return [node.gap]


def _children(node: _Node, text: str, *, number: bool) -> Iterable[_Node]:
    if text in node.exact:
        yield node.exact[text]
    for length in node.open_lengths:
        if length > len(text):
            break
        child = node.open.get(text[:length])
        if child is not None:
            yield child
    if number and node.number is not None and text[0].isdecimal():
        yield node.number


def _walk(node: _Node, prose: Folded, tokens: list[Token], index: int, limit: int, best: dict[str, int]) -> None:
    """Follow every way on from `node`; `tokens[index]` is next."""
    for label in node.labels:
        if best.get(label, -1) < index - 1:
            best[label] = index - 1
    if index >= len(tokens) or not tokens[index].glued or tokens[index].end > limit:
        return
    _step(node, prose, tokens, index, limit, best)
    if node.gap is not None:
        for skipped in range(GAP + 1):
            at = index + skipped
            if at >= len(tokens) or not tokens[at].glued or tokens[at].end > limit:
                break
            _step(node.gap, prose, tokens, at, limit, best)


def _step(node: _Node, prose: Folded, tokens: list[Token], index: int, limit: int, best: dict[str, int]) -> None:
    text = tokens[index].text
    for child in _children(node, text, number=True):
        _walk(child, prose, tokens, index + 1, limit, best)
    if node.name is not None and prose.original[prose.span(tokens[index].start, tokens[index].end)[0]].isupper():
        _walk(node.name, prose, tokens, index + 1, limit, best)
    if text.startswith("ال") and len(text) > 4:
        for child in _children(node, text[2:], number=False):
            _walk(child, prose, tokens, index + 1, limit, best)


def _without_clitics(text: str) -> list[str]:
    """The Arabic word `text` without the particles written onto it: و ف, then ب ل ك, then ال (ل + ال = لل)."""
    if len(text) < 4 or not _ARABIC.match(text):
        return []
    found = {text}
    if text[0] in "وف":
        found.add(text[1:])
    for word in list(found):
        if word[0] in "بلكس" and len(word) > 3:
            found.add(word[1:])
    for word in list(found):
        if (word.startswith("ال") and len(word) > 4) or (word.startswith("لل") and len(word) > 4):
            found.add(word[2:])
    found.discard(text)
    return sorted(found)


def _apart(hits: list[Hit]) -> list[Hit]:
    """In order of place, without hits that another one of the same label covers in part."""
    hits.sort(key=lambda hit: (hit.start, -hit.end))
    ends: dict[str, int] = {}
    kept = []
    for hit in hits:
        if hit.start >= ends.get(hit.label, -1):
            kept.append(hit)
            ends[hit.label] = hit.end
    return kept
