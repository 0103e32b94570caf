"""Cut a text into paragraphs and sentences by offsets; nothing is copied or changed.

A sentence is what a claim quotes, so a decimal point, an initial or an abbreviation must not end one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from crawler.text.folding import Folded, fold_with_offsets

# A mark ends a sentence before space and an upper-case letter, a digit, a quote or a letter without case (Arabic).
_END = re.compile(r"(?:[.!?…؟。！？]+[\"'»”’)\]]*)(?=\s|$)|[。！？]|\n+")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(«\"'’])(?:[A-ZÀ-Ý]|M|MM|Mr|Mrs|Ms|Dr|St|Ste|Sr|Sra|Jr|Inc|Ltd|Corp|Co|Cie|No|N°|Nr|Art|art|vs|etc|env|approx|"
    r"ca|cf|ex|p|pp|Mio|Mrd|Mds|Mds|bzw|z\.B|d\.h|u\.a|U\.S|U\.K|U\.A\.E|S\.A|a\.m|p\.m|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec|"
    r"EE\.UU|Mme|Mlle|Gen|Gov|Sen|Prof|Hon|Eng|Ing|د|م|أ)\.$"
)
_LOWER_FOLLOWS = re.compile(r"\s+[a-zà-ÿ]")


class Sentence(NamedTuple):
    """text[start:end] of the document; `paragraph` counts from 0."""

    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Prose:
    """A text prepared once for all that read it: folded form, sentences, paragraphs."""

    text: str
    folded: Folded
    sentences: tuple[Sentence, ...]
    _starts: tuple[int, ...] = field(repr=False)

    def sentence_at(self, position: int) -> Sentence:
        """The sentence that holds original index `position` (the nearest before it, between two)."""
        index = bisect_right(self._starts, position) - 1
        return self.sentences[max(index, 0)]

    def index_at(self, position: int) -> int:
        """The number of the sentence that holds original index `position`."""
        return max(bisect_right(self._starts, position) - 1, 0)

    def quote(self, sentence: Sentence) -> str:
        return self.text[sentence.start:sentence.end]


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of `text` in order, without the white space around them. Line breaks end one."""
    sentences: list[Sentence] = []
    paragraph = start = 0
    for match in _END.finditer(text):
        end = match.end()
        mark = match.group()
        if "\n" not in mark:
            head = text[max(start, match.start() - 12):match.start() + 1]
            if mark == "." and (_ABBREVIATION.search(head) or _LOWER_FOLLOWS.match(text, end)):
                continue
            _append(sentences, text, start, end, paragraph)
        else:
            _append(sentences, text, start, match.start(), paragraph)
            paragraph += 1
        start = end
    _append(sentences, text, start, len(text), paragraph)
    return tuple(sentences)


def _append(sentences: list[Sentence], text: str, start: int, end: int, paragraph: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        sentences.append(Sentence(start, end, paragraph))


@lru_cache(maxsize=4)  # the topic and the claims read the title and the body of one document
def prepare(text: str) -> Prose:
    """Fold and cut `text` once."""
    sentences = split_sentences(text) or (Sentence(0, len(text), 0),)
    return Prose(text, fold_with_offsets(text), sentences, tuple(s.start for s in sentences))
