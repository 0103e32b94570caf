"""Where the body speaks of other places and other companies, so that their figures are not taken for the project's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from crawler.claims.context import Context
from crawler.claims.directory import Found
from crawler.claims.gazetteer import Place
from crawler.claims.mentions import Mention
from crawler.claims.phrases import Token
from crawler.claims.quantities.found import Away, Scene
from crawler.claims.site import Site, near

_OPENS = 4     # words within which a sentence says whom it is about
_WHERE = frozenset(("where", "ou", "donde", "حيث", "onde", "wo", "waar", "dove"))


def find_away(context: Context, site: Site, spans: Iterable[Found[tuple[Place, ...]]], strangers: Iterable[Mention],
              own: Collection[int]) -> Away:
    """What of the body is about others than the project at `site`.

    `spans`: the places of the body; `strangers`: organisations that take no part in the project; `own`: the words of
    those that do. The lead of a text is always about the project.
    """
    tokens = context.passage.tokens
    opening: dict[int, int] = {}
    for index, token in enumerate(tokens):
        opening.setdefault(token.sentence, index)
    places = [span for span in spans if _foreign(span, site)]
    at_home = {tokens[span.first].sentence for span in spans if _home(span, site)}
    at_home |= {tokens[index].sentence for index in own} | context.sentences("facility_again")
    sentences = set()
    for first in (*(m.first for m in strangers if not m.title and m.known), *_lands(context, spans)):
        sentence = tokens[first].sentence
        if context.passage.paragraph(first) > 0 and first - opening[sentence] < _OPENS and sentence not in at_home:
            sentences.add(sentence)
    for span in places:  # "In neighbouring Zambia, ...", "À Genève et à Zurich, ..."
        sentence = tokens[span.first].sentence
        if context.passage.paragraph(span.first) > 0 and span.first - opening[sentence] < _OPENS - 1 \
                and _inside(context, span) and sentence not in at_home:
            sentences.add(sentence)
    prose = context.passage.prose
    told = [(prose.sentences[n].start, prose.sentences[n].end) for n in sorted(sentences)]
    there = [span for span in places if _inside(context, span)]
    for span in there:  # "its site in Mosjøen, where there is room for another 5 MW"
        if span.last + 1 < len(tokens) and tokens[span.last + 1].text in _WHERE:
            told.append((tokens[span.last].end, prose.sentences[tokens[span.last].sentence].end))
    return Away(tuple(told), tuple(tokens[span.first].start for span in there))


def find_scene(context: Context, site: Site, spans: Iterable[Found[tuple[Place, ...]]], strangers: Iterable[Mention],
               own: Collection[int], others: Collection[int], title: Context) -> Scene:
    """Where the names of the body stand, and whose they are."""
    tokens = context.passage.tokens
    at = [token.start for token in tokens]
    listed = list(spans)
    placed = {index for span in listed for index in range(span.first, span.last + 1)}
    home = [at[s.first] for s in listed if not _foreign(s, site)]
    foreign = [at[s.first] for s in listed if _foreign(s, site)]
    seen = {token.text for token in title.passage.tokens}
    fresh = []
    for index, token in enumerate(tokens):
        if token.capital and token.text not in seen and index not in placed and len(token.text) > 2 \
                and token.text.isalpha():
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            if not _first(tokens, index) or (following is not None and following.capital and following.gap == " "):
                fresh.append(token.start)
        seen.add(token.text)
    again = [at[hit.first] for hit in context.passage.of("facility_again")]
    facility = [at[hit.first] for hit in context.passage.of("facility")]
    aside = tuple((at[i], tokens[i].end) for i in sorted(others))
    return Scene(tuple(home), tuple(foreign), tuple(at[i] for i in sorted(own)),
                 tuple(m.start for m in strangers if not m.title), tuple(facility), tuple(again), tuple(fresh), aside)


def words_abroad(context: Context, away: Away) -> set[int]:
    """The words of sentences that name a place which is not the project's, and nothing of the project."""
    scene, tokens = away.scene, context.passage.tokens
    if scene is None:
        return set()
    prose = context.passage.prose

    def numbers(offsets: Iterable[int]) -> set[int]:
        return {prose.index_at(offset) for offset in offsets}

    abroad = numbers(away.places) - numbers(scene.home) - numbers(scene.again)
    abroad |= numbers(start for start, _ in away.sentences)
    return {index for index, token in enumerate(tokens)
            if token.sentence in abroad and context.passage.paragraph(index) > 0}


def _lands(context: Context, spans: Iterable[Found[tuple[Place, ...]]]) -> list[int]:
    """The first words of countries that something small follows: a sentence that begins so is about a market."""
    tokens = context.passage.tokens
    return [span.first for span in spans if span.last + 1 < len(tokens) and (
                span.value[0].kind == "c" or (span.value[0].kind == "r" and _first(tokens, span.first)))
            and not tokens[span.last + 1].capital and tokens[span.last + 1].text.isalpha()]


def _first(tokens: Sequence[Token], index: int) -> bool:
    return index == 0 or tokens[index - 1].sentence != tokens[index].sentence


def _inside(context: Context, span: Found[tuple[Place, ...]]) -> bool:
    return span.skipped > 0 or context.before(span.first, "locative", 2) is not None


def _home(span: Found[tuple[Place, ...]], site: Site) -> bool:
    own = {town.name for town in site.towns}
    return any(p.name in own for p in span.value)


def _foreign(span: Found[tuple[Place, ...]], site: Site) -> bool:
    """Is none of the places of this name the project's, or near it?"""
    countries = {p.country for p in span.value if p.kind in "cr"}
    if site.country and countries:
        return site.country not in countries
    towns = [p for p in span.value if p.kind == "p" and p.country]
    if site.city is None or not towns or not (towns[0].known or towns[0].population):
        return False
    return not any(p.country == "" or p.name == own.name or _perhaps_near(p, own) for p in towns for own in site.towns)


def _perhaps_near(one: Place, other: Place) -> bool:
    found = near(one, other)
    return one.country == other.country if found is None else found
