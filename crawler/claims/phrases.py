"""Find many phrases in one pass over the words of a text.

A phrase is a few words as a person would type them: `mis* en service`. `word*` stands for every word that
begins so, `*word*` for every word that holds it, `_` for up to three other words of the same sentence, `__` for
up to ten of the same clause. Case, accents and Arabic forms are folded; Arabic words are also tried without
و ف ب ل ك and ال in front of them.
The time is linear in the number of words: nothing is searched twice, nothing backtracks over the text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from crawler.text.folding import fold

_PIECE = re.compile(r"\*?[^\W_]+\*?|_+")
_GAPS = {"_": 3, "__": 10}
_CLAUSE_END = re.compile(r"[,;:()]")
_BUCKET = 3
_SHORT = 8  # letters: no shorter word is a compound that holds another one
_MOST_SEEN = 20_000  # words whose phrases are kept, about 3 MB


class Token(NamedTuple):
    """One word. `start`, `end` are offsets in the original text; `gap` is the folded text before it.

    `forms`: the folded word, then without Arabic clitics; `bare`: also without the article ال; `capital`: a letter
    of it is upper case (xAI, Oran).
    """

    text: str
    start: int
    end: int
    gap: str
    sentence: int
    printed: str
    forms: tuple[str, ...]
    bare: tuple[str, ...]
    capital: bool
    arabic: bool


class Hit(NamedTuple):
    """A phrase found: its label and its words tokens[first:last + 1]."""

    label: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    open_right: bool = False

    def fits(self, token: Token) -> bool:
        if self.open_right:
            return any(form.startswith(self.text) for form in token.bare)
        return self.text in token.bare


@dataclass(frozen=True, slots=True)
class _Phrase:
    label: str
    first: _Word
    rest: tuple[_Word | int, ...]  # a number: so many words may stand here


class _Begun(NamedTuple):
    """What may begin at a word in one of its forms: phrases by their exact second word, then all others."""

    pairs: Mapping[str, Sequence[_Phrase]]
    others: Sequence[_Phrase]


@dataclass(slots=True)
class PhraseBook:
    """Phrases by label, ready to be looked for."""

    _exact: dict[str, list[_Phrase]] = field(default_factory=lambda: defaultdict(list))
    _pairs: dict[str, dict[str, list[_Phrase]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    _open: dict[str, list[_Phrase]] = field(default_factory=lambda: defaultdict(list))
    _inside: list[tuple[str, str]] = field(default_factory=list)
    _seen: dict[str, tuple[_Begun, ...]] = field(default_factory=dict)

    def add(self, label: str, phrases: Iterable[str]) -> None:
        """Add `phrases` under `label`. Raises ValueError for one that cannot be looked for."""
        for phrase in phrases:
            pieces = _PIECE.findall(fold(phrase))
            if not pieces or pieces[0][0] == "_" or pieces[-1][0] == "_":
                raise ValueError(f"{phrase!r} is no phrase: it needs a word at either end")
            if pieces[0].startswith("*"):
                if len(pieces) > 1:
                    raise ValueError(f"{phrase!r}: a word open on the left must stand alone")
                self._inside.append((pieces[0].strip("*"), label))
                continue
            first, *rest = pieces
            words = tuple(_GAPS.get(p[:2]) or _Word(p.strip("*"), p.endswith("*")) for p in rest)
            entry = _Phrase(label, _Word(first.strip("*"), first.endswith("*")), words)
            second = words[0] if words else 0
            if not entry.first.open_right and isinstance(second, _Word) and not second.open_right:
                self._pairs[entry.first.text][second.text].append(entry)  # most phrases: two exact words
            elif not entry.first.open_right:
                self._exact[entry.first.text].append(entry)
            elif len(entry.first.text) < _BUCKET:
                raise ValueError(f"{phrase!r}: at least {_BUCKET} letters before the first *")
            else:
                self._open[entry.first.text[:_BUCKET]].append(entry)

    def find(self, tokens: Sequence[Token]) -> list[Hit]:
        """Every phrase in order of its first word; for one label and first word the longest alone."""
        hits: list[Hit] = []
        for index, token in enumerate(tokens):
            begun = self._seen.get(token.text)
            if begun is None:
                begun = self._begun_by(token)
            if not begun:
                continue
            best: dict[str, int] = {}
            following = tokens[index + 1].bare if index + 1 < len(tokens) else ()
            for pairs, others in begun:
                if pairs:
                    for second in following:
                        for phrase in pairs.get(second, ()):
                            _keep(best, phrase, tokens, index)
                for phrase in others:
                    if phrase.rest:
                        _keep(best, phrase, tokens, index)
                    else:
                        best.setdefault(phrase.label, index)
            hits.extend([Hit(label, index, last) for label, last in best.items()])
        return hits

    def _begun_by(self, token: Token) -> tuple[_Begun, ...]:
        """What may begin at this word; kept, since stories share most of their words."""
        found = [_Begun(self._pairs.get(form, {}), (
            *self._exact.get(form, ()),
            *(p for p in self._open.get(form[:_BUCKET], ()) if form.startswith(p.first.text)))) for form in token.bare]
        if len(token.text) > _SHORT:
            found.append(_Begun({}, [_Phrase(label, _Word(inside), ()) for inside, label in self._inside
                                     if inside in token.text]))
        if len(self._seen) >= _MOST_SEEN:
            self._seen.clear()
        self._seen[token.text] = begun = tuple(one for one in found if one.pairs or one.others)
        return begun


def _keep(best: dict[str, int], phrase: _Phrase, tokens: Sequence[Token], index: int) -> None:
    last = _match(phrase.rest, tokens, index, tokens[index].sentence)
    if last is not None and last >= best.get(phrase.label, -1):
        best[phrase.label] = last


def _match(rest: tuple[_Word | int, ...], tokens: Sequence[Token], at: int, sentence: int) -> int | None:
    """The index of the last word when `rest` follows tokens[at], else None."""
    gap = 0
    for word in rest:
        if isinstance(word, int):
            gap = word
            continue
        for following in range(at + 1, at + 2 + gap):
            if following >= len(tokens) or tokens[following].sentence != sentence \
                    or (gap > _GAPS["_"] and _CLAUSE_END.search(tokens[following].gap)):
                return None
            if word.fits(tokens[following]):
                at = following
                break
        else:
            return None
        gap = 0
    return at


def group(hits: Iterable[Hit]) -> Mapping[str, list[Hit]]:
    """Hits by label."""
    grouped: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        grouped[hit.label].append(hit)
    return grouped
