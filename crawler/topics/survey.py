"""What a topic's vocabulary finds in one text: mentions of the thing, each seen as one, many or the trade; and
every other phrase with the sentence in which it stands. Offsets are of the printed text."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from crawler.text.sentences import Prose
from crawler.topics.finder import Hit
from crawler.topics.phrases import Token, tokenize
from crawler.topics.topicfile import Vocabulary

MARKS = ("specific", "generic", "product")
NEAR = 1  # a weak term counts with a capacity or a word of building in its sentence or the one beside it


class Found(NamedTuple):
    """A phrase in the printed text: `label`, text[start:end], the number of its sentence."""

    label: str
    start: int
    end: int
    sentence: int


class Mention(NamedTuple):
    """A term in the printed text. `kind`: one, many or weak; `generic`: the trade or goods for it, no facility;
    `specific`: words around it point at one facility."""

    kind: str
    start: int
    end: int
    sentence: int
    generic: bool
    specific: bool


@dataclass(frozen=True, slots=True)
class Survey:
    """All that was found in one text."""

    mentions: tuple[Mention, ...]
    found: dict[str, tuple[Found, ...]]


def survey(prose: Prose, vocabulary: Vocabulary, language: str, *, in_full: bool = False,
           end: int | None = None) -> Survey:
    """Find every phrase of `vocabulary` in `prose`, those around a term in `language`.
    `in_full`: the thing is named in full elsewhere in the document, so its short names count. `end`: where in the
    printed text to stop."""
    folded = prose.folded.text
    tokens = tokenize(prose.folded, prose.folded.at(end) if end is not None else None)
    starts = [sentence.start for sentence in prose.sentences]

    def place(hit: Hit) -> Found:
        start, end = prose.folded.span(hit.start, hit.end)
        return Found(hit.label, start, end, max(bisect_right(starts, start) - 1, 0))

    terms = _terms(vocabulary.terms.find(prose.folded, tokens), len(folded), in_full)
    context = vocabulary.context(language)
    hits = context.find(prose.folded, _with_places(tokens, terms))
    # A weak term may name a rival, too: a supercomputer is a project of one story and a machine of another.
    hits += [hit for term in terms if term.label == "weak"
             for hit in context.find(prose.folded, tokens[term.first:term.last + 1]) if hit.label.startswith("rivals.")]
    found: dict[str, list[Found]] = defaultdict(list)
    for hit in hits:
        if not hit.label.startswith("mark."):
            found[hit.label].append(place(hit))
    marks = {kind: _Marks([hit for hit in hits if hit.label == f"mark.{kind}"]) for kind in MARKS}
    supports = {f.sentence for label in ("building", "quantity.capacity") for f in found[label]}
    mentions = []
    for term in terms:
        at = place(term)
        if term.label == "weak" and not any(at.sentence + step in supports for step in range(-NEAR, NEAR + 1)):
            continue
        generic = marks["generic"].cover(term) or marks["product"].cover(term)
        specific = not generic and marks["specific"].cover(term)
        mentions.append(Mention(term.label, at.start, at.end, at.sentence, generic, specific))
    return Survey(tuple(mentions), {k: tuple(v) for k, v in found.items()})


def _terms(hits: list[Hit], length: int, in_full: bool) -> list[Hit]:
    """The term hits that stand: none inside a false friend, the longest where two overlap, one and many before weak.
    `length`: letters of the text."""
    taken = bytearray(length)
    for hit in hits:
        if hit.label == "not":
            taken[hit.start:hit.end] = b"\1" * (hit.end - hit.start)
    order = {"one": 0, "many": 0, "short": 1, "weak": 2}
    chosen: list[Hit] = []
    for hit in sorted((h for h in hits if h.label in order), key=lambda h: (order[h.label], h.start - h.end, h.start)):
        if taken.find(1, hit.start, hit.end) >= 0 or (hit.label == "short" and not (chosen or in_full)):
            continue
        taken[hit.start:hit.end] = b"\1" * (hit.end - hit.start)
        chosen.append(hit if hit.label != "short" else hit._replace(label="one"))
    return sorted(chosen, key=lambda hit: hit.start)


class _Marks:
    """Whether a mark covers a term, in logarithmic time."""

    def __init__(self, hits: list[Hit]) -> None:
        self._starts = [hit.start for hit in hits]  # in order of place
        self._ends = list(accumulate((hit.end for hit in hits), max))

    def cover(self, term: Hit) -> bool:
        before = bisect_right(self._starts, term.start)
        return before > 0 and self._ends[before - 1] >= term.end


def _with_places(tokens: list[Token], terms: list[Hit]) -> list[Token]:
    """The tokens with each term's words put together as one token <one>, <many> or <weak>."""
    result: list[Token] = []
    index = 0
    for term in terms:
        if term.first < index:
            continue
        result.extend(tokens[index:term.first])
        result.append(Token(f"<{term.label}>", tokens[term.first].start, tokens[term.last].end,
                            tokens[term.first].glued))
        index = term.last + 1
    result.extend(tokens[index:])
    return result
