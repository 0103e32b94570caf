"""What stands around a word: which phrases end right before it, begin right after it, share its clause."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from crawler.claims.passage import Passage

_CLAUSE = 40  # words to either side; longer clauses are lists or no prose
_CLAUSE_END = re.compile(r"[,;:()\"\[\]]| - |\n")


@dataclass(slots=True)
class Context:
    """Neighbourhood questions about one passage, answered from its phrase hits."""

    passage: Passage
    _ends: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    _starts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    _sentences: dict[str, set[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for label, hits in self.passage.hits.items():
            for hit in hits:
                self._ends[label][hit.last] = hit.first
                self._starts[label].setdefault(hit.first, hit.last)

    def before(self, token: int, label: str, reach: int = 1) -> int | None:
        """First word of a `label` phrase that ends at most `reach` words before `token`, same sentence."""
        ends = self._ends.get(label)
        if not ends:
            return None
        tokens = self.passage.tokens
        for last in range(token - 1, max(token - 1 - reach, -1), -1):
            if tokens[last].sentence != tokens[token].sentence:
                return None
            if last in ends:
                return ends[last]
        return None

    def after(self, token: int, label: str, reach: int = 1) -> int | None:
        """Last word of a `label` phrase that begins at most `reach` words after `token`, same sentence."""
        starts = self._starts.get(label)
        if not starts:
            return None
        tokens = self.passage.tokens
        for first in range(token + 1, min(token + 1 + reach, len(tokens))):
            if tokens[first].sentence != tokens[token].sentence:
                return None
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
        tokens = self.passage.tokens
        first = last = token
        while first > 0 and tokens[first - 1].sentence == tokens[token].sentence:
            first -= 1
        while last + 1 < len(tokens) and tokens[last + 1].sentence == tokens[token].sentence:
            last += 1
        return range(first, last + 1)

    def clause(self, token: int) -> range:
        """The words of the clause around `token`: between commas, brackets, quotes, dashes; at most 40 each way."""
        tokens = self.passage.tokens
        sentence = tokens[token].sentence
        first = last = token
        while first > max(0, token - _CLAUSE) and tokens[first - 1].sentence == sentence \
                and not _CLAUSE_END.search(tokens[first].gap):
            first -= 1
        while last + 1 < min(len(tokens), token + _CLAUSE) and tokens[last + 1].sentence == sentence \
                and not _CLAUSE_END.search(tokens[last + 1].gap):
            last += 1
        return range(first, last + 1)

    def among(self, words: Iterable[int], *labels: str) -> bool:
        """Does a phrase of one of `labels` begin at one of `words`?"""
        wanted = [self._starts[label] for label in labels if label in self._starts]
        return any(word in starts for word in words for starts in wanted)
