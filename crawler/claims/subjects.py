"""Which sentences speak of the main project, and which of another one beside it."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.claims.context import Context
from crawler.claims.directory import Found
from crawler.claims.gazetteer import Place
from crawler.claims.lexicon import Organization


@dataclass(frozen=True, slots=True)
class Aside:
    """A sentence about another project: who and where, as far as it says."""

    sentence: int
    organizations: tuple[str, ...]
    place: Place | None


def other_words(context: Context) -> set[int]:
    """The words of the body that speak of another project.

    After its first paragraph, a phrase of `other_project` takes its whole sentence; one of `other_follows`
    (`calls to mind`, `three times`) only what comes after it.
    """
    passage = context.passage
    found: set[int] = set()
    for hit in passage.of("other_project"):
        if passage.paragraph(hit.first) > 0:
            found.update(_sentence(context, hit.first, whole=True))
    for hit in passage.of("other_follows"):
        found.update(_sentence(context, hit.last + 1, whole=False))
    return found


def _sentence(context: Context, token: int, *, whole: bool) -> range:
    """The words of the sentence of `token`: all of them, or from `token` on."""
    tokens = context.passage.tokens
    if token >= len(tokens):
        return range(0)
    first = last = token
    while whole and first > 0 and tokens[first - 1].sentence == tokens[token].sentence:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].sentence == tokens[token].sentence:
        last += 1
    return range(first, last + 1)


def _sentence_of(context: Context, sentence: int) -> list[int]:
    return [index for index, token in enumerate(context.passage.tokens) if token.sentence == sentence]


def asides(context: Context, other: set[int], known: list[Found[Organization]],
           places: list[Found[tuple[Place, ...]]], main: set[str], city: Place | None) -> list[Aside]:
    """Other projects that the body names: a facility word beside an organisation or a place that is not the main's."""
    tokens = context.passage.tokens
    found = []
    for sentence in sorted({tokens[index].sentence for index in other} & context.sentences("facility")):
        inside = {index for index in other if tokens[index].sentence == sentence}
        named = tuple(dict.fromkeys(hit.value.name for hit in known if hit.first in inside
                                    and hit.value.name not in main and hit.value.kind not in ("media", "certifier")))
        where = next((p for hit in places if hit.first in inside for p in hit.value if p.kind == "p"), None)
        whole = other.issuperset(_sentence_of(context, sentence))
        if named or (whole and where is not None and where != city):
            found.append(Aside(sentence, named, where))
    return found
