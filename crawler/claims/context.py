"""What stands around a word: which phrases end right before it, begin right after it, share its clause."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from crawler.claims.passage import Passage
from crawler.claims.phrases import Token

_CLAUSE = 40  # words to either side; longer clauses are lists or no prose
_CLAUSE_END = re.compile(r"[,;:()\"\[\]]| - |\n")


# Endings of verbs in the future or the conditional. Spanish ones keep their accent: "primera" has none.
_FUTURE = {
    "fr": tuple(vowel + end for vowel in ("e", "i", "u", "d") for end in ("ra", "ront", "rait", "raient")),
    "es": tuple(vowel + end for vowel in ("a", "e", "i", "d") for end in ("rá", "rán", "ría", "rían")),
    "pt": tuple(vowel + end for vowel in ("a", "e", "i") for end in ("rá", "rão", "ria", "riam")),
}
_NO_VERBS = (
    "opera", "camera", "cholera", "misera", "ultra", "cadra", "hydra", "lettura", "ería", "mayoría", "mejoría",
    "había")
_VERBS = ("sería", "debería", "podería", "tendría", "requeriría")
_LEAST = 5  # letters of such a verb
_AR_SIGNS = ("سي", "ست", "سنب", "سنط", "سنع", "سنق", "سنف", "سنك", "سنض")
_AR_NOUNS = (
    "سيار", "سياس", "سياد", "سياق", "سياح", "سيطر", "سينا", "سينم", "سيليك", "سيرفر", "سيسكو", "سيولة", "سيول",
    "سيره", "سيناريو", "ستين", "ستار", "ستان", "سترات", "ستودي", "ستاد", "ستيف", "سيدات", "سيده", "سيستم",
    "سيتي", "سيدي", "سيلا", "سيبي")


def is_future(token: Token, language: str) -> bool:
    """Is it a verb of what is to come (construira, entrará, ستبدأ)?"""
    if token.arabic:
        word = token.text[1:] if token.text[0] in "وف" else token.text
        return len(word) >= _LEAST and word.startswith(_AR_SIGNS) and not word.startswith(_AR_NOUNS)
    endings = _FUTURE.get(language)
    if endings is None or token.capital or len(token.text) < _LEAST:
        return False
    word = token.text if language == "fr" else token.printed
    return word.endswith(endings) and (not word.endswith(_NO_VERBS) or word in _VERBS)


@dataclass(slots=True)
class Context:
    """Neighbourhood questions about one passage, answered from its phrase hits."""

    passage: Passage
    language: str = ""
    _ends: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    _starts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    _sentences: dict[str, set[int]] = field(default_factory=dict)
    _spans: list[range] = field(default_factory=list)  # of each word, the words of its sentence
    _cuts: list[int] = field(default_factory=list)     # the words that begin a clause, and the end

    def __post_init__(self) -> None:
        for label, hits in self.passage.hits.items():
            for hit in hits:
                self._ends[label][hit.last] = hit.first
                self._starts[label].setdefault(hit.first, hit.last)
        tokens, opens = self.passage.tokens, 0
        for index, token in enumerate(tokens):
            if is_future(token, self.language):
                self._ends["planned"].setdefault(index, index)
                self._starts["planned"].setdefault(index, index)
            if token.sentence != tokens[opens].sentence:
                self._spans += [range(opens, index)] * (index - opens)
                opens = index
                self._cuts.append(index)
            elif token.gap != " " and _CLAUSE_END.search(token.gap):
                self._cuts.append(index)
        self._spans += [range(opens, len(tokens))] * (len(tokens) - opens)
        self._cuts.append(len(tokens))

    def before(self, token: int, label: str, reach: int = 1) -> int | None:
        """First word of a `label` phrase that ends at most `reach` words before `token`, same sentence."""
        ends = self._ends.get(label)
        if ends and token:
            for last in range(token - 1, max(token - reach, self._spans[token].start) - 1, -1):
                if last in ends:
                    return ends[last]
        return None

    def after(self, token: int, label: str, reach: int = 1) -> int | None:
        """Last word of a `label` phrase that begins at most `reach` words after `token`, same sentence."""
        starts = self._starts.get(label)
        if starts:
            for first in range(token + 1, min(token + 1 + reach, self._spans[token].stop)):
                if first in starts:
                    return starts[first]
        return None

    def in_sentence(self, token: int, *labels: str) -> bool:
        """Does a phrase of one of `labels` stand in the sentence of `token`?"""
        sentence = self.passage.tokens[token].sentence
        return any(sentence in self.sentences(label) for label in labels)

    def sentences(self, label: str) -> set[int]:
        """The numbers of the sentences with a `label` phrase."""
        if label not in self._sentences:
            self._sentences[label] = self.passage.sentences_with(label)
        return self._sentences[label]

    def sentence(self, token: int) -> range:
        """The words of the sentence of `token`."""
        return self._spans[token]

    def clause(self, token: int) -> range:
        """The words of the clause around `token`: between commas, brackets, quotes, dashes; at most 40 each way."""
        behind = bisect_right(self._cuts, token)
        first = max(token - _CLAUSE, self._cuts[behind - 1] if behind else 0, 0)
        return range(first, min(self._cuts[behind], token + _CLAUSE))

    def among(self, words: Collection[int], *labels: str) -> bool:
        """Does a phrase of one of `labels` begin at one of `words`?"""
        return any(label in self._starts and not self._starts[label].keys().isdisjoint(words) for label in labels)
