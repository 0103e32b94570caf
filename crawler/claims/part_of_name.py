"""Names of places that are only a part of something else's name: another town's, a person's, a company's, a sea's."""

from __future__ import annotations

from itertools import pairwise

from crawler.claims.directory import Found
from crawler.claims.gazetteer import Place
from crawler.claims.lexicon import Lexicon
from crawler.claims.phrases import Token
from crawler.claims.unlisted import LINKS, plain

LARGE = 500_000        # people: a city that needs no other word beside it
SMALL = 100_000        # people: below it a name is often part of another one
_SEAS = frozenset(("ocean", "oceano", "mer", "sea", "mar", "golfe", "gulf", "golfo", "bay", "baie", "strait", "detroit",
                   "estrecho", "zona", "zonas", "محيط", "المحيط", "بحر", "البحر", "خليج", "مضيق"))
_OF = frozenset(("de", "du", "d", "of", "do", "da", "des", "del"))
_PARTS = frozenset(("lake", "fort", "mount", "north", "south", "east", "west", "upper", "lower", "old", "new", "lac",
                    "mont", "cerro", "lago", "laguna", "puerto", "rio", "monte", "villa"))
# Endings of companies' names that a town may stand before all the same: Dallas Data Center.
_FACILITY = frozenset(("data", "datacenter", "datacenters", "center", "centers", "centre", "centres", "campus", "park",
                       "parks", "university", "airport", "airports", "port", "ports", "facilities", "authority",
                       "computing"))

Spans = list[Found[tuple[Place, ...]]]


def whole_names(spans: Spans, tokens: tuple[Token, ...], lexicon: Lexicon, taken: set[int], *, capitals: bool) -> Spans:
    """`spans` without those that are part of another name. `taken`: words of organisations; `capitals`: every word of
    the text has one (a headline in title case), so that they tell nothing."""
    spans = [s for s in spans if not _in_compound(s, tokens) and not _after_sea(s, tokens)]
    if capitals:
        return spans
    spans = [s for s in spans if not _in_longer_name(s, tokens, lexicon, taken) and not _company(s, tokens, lexicon)]
    rows = {(a.first, b.first) for a, b in pairwise(spans) if _one_name(a, b, tokens)}
    return [s for s in spans if not any(s.first in pair for pair in rows)]


def _in_compound(span: Found[tuple[Place, ...]], tokens: tuple[Token, ...]) -> bool:
    """The Celle of Vernou-la-Celle-sur-Seine, the Salle of "la salle": another name's part, or an ordinary word."""
    place, first, last = span.value[0], tokens[span.first], tokens[span.last]
    if not first.arabic and first.gap == "-" and span.first > 0 and tokens[span.first - 1].text in LINKS:
        return True  # sur-Vienne
    if first.arabic or place.kind != "p" or place.known or place.population > LARGE:
        return False
    if not last.capital and len(last.text) > 3 and not last.text.isdigit():
        return True
    before = first.gap == "-" and span.first > 0 and tokens[span.first - 1].sentence == first.sentence
    after = span.last + 1 < len(tokens) and tokens[span.last + 1].gap == "-" \
        and (tokens[span.last + 1].capital or tokens[span.last + 1].text in LINKS)
    return before or after


def _after_sea(span: Found[tuple[Place, ...]], tokens: tuple[Token, ...]) -> bool:
    """L'océan Indien, the Gulf of Mexico, una zona franca: no country."""
    first = span.first - 1
    if first > 0 and tokens[first].text in _OF:
        first -= 1
    return first >= 0 and tokens[first].text in _SEAS and tokens[first].sentence == tokens[span.first].sentence \
        and not any(p.known and p.kind == "p" for p in span.value)


def _in_longer_name(span: Found[tuple[Place, ...]], tokens: tuple[Token, ...], lexicon: Lexicon,
                    taken: set[int]) -> bool:
    """Nelson Mandela Bay, Marco Antonio Sáenz, Ksar Sghir: a small place among other words with capitals is somebody's
    name, or another place's."""
    place = span.value[0]
    if tokens[span.first].arabic or place.kind != "p" or place.known or place.population > LARGE:
        return False
    following = tokens[span.last + 1] if span.last + 1 < len(tokens) else None
    previous = tokens[span.first - 1] if span.first and tokens[span.first].gap == " " else None
    if place.population < SMALL and previous is not None and previous.text in _PARTS and previous.capital:
        return True  # Lake Anna
    if place.population < SMALL and following is not None and following.gap == " " and following.capital \
            and following.sentence == tokens[span.first].sentence and span.last + 1 not in taken \
            and plain(following, lexicon) and not lexicon.gazetteer.is_word(following.text):
        return True
    before = span.first > 0 and tokens[span.first].gap == " " and tokens[span.first - 1].capital \
        and tokens[span.first - 1].text in lexicon.sets["given_name"]
    after = span.last + 1 < len(tokens) and tokens[span.last + 1].gap == " " and tokens[span.last + 1].capital \
        and tokens[span.first].text in lexicon.sets["given_name"]
    return before or after


def _company(span: Found[tuple[Place, ...]], tokens: tuple[Token, ...], lexicon: Lexicon) -> bool:
    """Bahía Cloud, Sahara Capital: a company's name that begins with a town's; not Dallas Data Center."""
    following = tokens[span.last + 1] if span.last + 1 < len(tokens) else None
    if following is None or following.gap != " " or not following.capital:
        return False
    return any(p.kind == "p" for p in span.value) and not any(p.known for p in span.value) \
        and following.text in lexicon.sets["name_tail"] and following.text not in _FACILITY


def _one_name(one: Found[tuple[Place, ...]], other: Found[tuple[Place, ...]], tokens: tuple[Token, ...]) -> bool:
    """Nelson Mandela: two small towns of two lands with no comma between are no towns."""
    return other.first == one.last + 1 and tokens[other.first].gap == " " and not tokens[one.first].arabic \
        and all(p.kind == "p" and not p.known and p.population < LARGE for p in (one.value[0], other.value[0])) \
        and not {p.country for p in one.value} & {p.country for p in other.value}
