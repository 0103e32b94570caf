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


def other_sentences(context: Context) -> set[int]:
    """Sentences of the body, after its first paragraph, that a phrase of `other_project` opens up."""
    passage = context.passage
    found = set()
    for hit in passage.of("other_project"):
        sentence = passage.tokens[hit.first].sentence
        if passage.prose.sentences[sentence].paragraph > 0:
            found.add(sentence)
    return found


def asides(context: Context, other: set[int], known: list[Found[Organization]],
           places: list[Found[tuple[Place, ...]]], main: set[str], city: Place | None) -> list[Aside]:
    """Other projects that the body names: a facility word and an organisation that is not the main one's."""
    passage = context.passage
    found = []
    for sentence in sorted(other & context.sentences("facility")):
        named = tuple(dict.fromkeys(hit.value.name for hit in known if passage.tokens[hit.first].sentence == sentence
                                    and hit.value.name not in main and hit.value.kind not in ("media", "certifier")))
        where = next((p for hit in places if passage.tokens[hit.first].sentence == sentence
                      for p in hit.value if p.kind == "p"), None)
        if named or (where is not None and where != city):
            found.append(Aside(sentence, named, where))
    return found
