"""A text cut into words once, with everything that the vocabulary finds in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from crawler.claims.phrases import Hit, PhraseBook, Token, group
from crawler.text.sentences import Prose, prepare

_WORD = re.compile(r"[\u0600-\u06ff]+|[^\W_\u0600-\u06ff]+")
_CONJUNCTIONS = "وف"
_PREPOSITIONS = "بلك"
_ARTICLE = "ال"


@dataclass(frozen=True, slots=True)
class Passage:
    """Title or body: prose, words, and the phrases found by label."""

    prose: Prose
    tokens: tuple[Token, ...]
    hits: Mapping[str, Sequence[Hit]]
    origins: frozenset[int]  # words that tell where somebody comes from (moroccan, مغربي)
    _under: dict[str, list[Hit]] = field(default_factory=dict, repr=False, compare=False)

    def of(self, label: str) -> Sequence[Hit]:
        return self.hits.get(label, ())

    def under(self, prefix: str) -> Sequence[Hit]:
        """All hits whose label begins with `prefix.`, in reading order."""
        if prefix not in self._under:
            found = [hit for label, hits in self.hits.items() if label.startswith(prefix + ".") for hit in hits]
            self._under[prefix] = sorted(found, key=lambda hit: (hit.first, -hit.last))
        return self._under[prefix]

    def printed(self, first: int, last: int) -> str:
        """The words tokens[first:last + 1] as printed."""
        return self.prose.text[self.tokens[first].start:self.tokens[last].end]

    def sentences_with(self, label: str) -> set[int]:
        return {self.tokens[hit.first].sentence for hit in self.of(label)}

    def paragraph(self, token: int) -> int:
        return self.prose.sentences[self.tokens[token].sentence].paragraph


def read_passage(text: str, book: PhraseBook) -> Passage:
    """Cut `text` into words and look all phrases of `book` up."""
    prose = prepare(text)
    tokens = tuple(_tokens(prose))
    hits = group(book.find(tokens))
    origins = frozenset(index for label, found in hits.items() if label.startswith("adjective.")
                        for hit in found for index in range(hit.first, hit.last + 1))
    return Passage(prose, tokens, hits, origins)


def _tokens(prose: Prose) -> list[Token]:
    folded = prose.folded
    tokens: list[Token] = []
    before = sentence = 0
    sentences, text = prose.sentences, prose.text
    last, in_step = len(sentences) - 1, folded.starts is None
    for match in _WORD.finditer(folded.text):
        left, right = match.span()
        start, end = (left, right) if in_step else folded.span(left, right)
        word = match.group()
        arabic = "\u0600" <= word[0] <= "\u06ff"
        if arabic:
            while end < len(text) and text[end] == "ء":
                end += 1  # folding drops it, so the map back does not know that it closes the word
            forms, bare = _forms(word)
        else:
            forms = bare = (word,)
        while sentence < last and sentences[sentence + 1].start <= start:
            sentence += 1
        printed = text[start:end]
        tokens.append(Token(word, start, end, folded.text[before:left], sentence, printed, forms, bare,
                            printed.lower() != printed, arabic))
        before = right
    return tokens


@lru_cache(maxsize=20_000)
def _forms(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """An Arabic word and what it may be without its Arabic clitics; then the same without the article."""
    if len(word) < 3:
        return (word,), (word,)
    forms = [word]
    if word[0] in _CONJUNCTIONS and len(word) > 3:
        forms.append(word[1:])
    for form in tuple(forms):
        if form.startswith("لل") and len(form) > 4:
            forms.append("ال" + form[2:])
        if form[0] in _PREPOSITIONS and len(form) > 3:
            forms.append(form[1:])
    bare = list(forms)
    bare.extend(form[2:] for form in forms if form.startswith(_ARTICLE) and len(form) > 4)
    return tuple(forms), tuple(bare)


@dataclass(frozen=True, slots=True)
class Article:
    """What all extractors read: title and body of one document, prepared once."""

    title: Passage
    body: Passage
    language: str
    published: str | None
