"""Towns of fewer than 5,000 people among the names of a story, once it is known of which lands it speaks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from crawler.claims.context import Context
from crawler.claims.directory import Found
from crawler.claims.gazetteer import Place
from crawler.claims.lexicon import Lexicon
from crawler.claims.part_of_name import SMALL, Spans
from crawler.claims.towns import towns
from crawler.claims.unlisted import again, run_at

_HEARD = 15_000  # people: a larger town tells of its land

Lands = dict[str, set[str]]


def with_towns(contexts: tuple[Context, Context], spans: tuple[Spans, Spans], taken: tuple[set[int], set[int]],
               lexicon: Lexicon) -> tuple[Spans, Spans]:
    """`spans` with the land and the coordinates of the small towns among them, and with those that the headline names
    before a facility (Becker data center) or an Arabic text behind "in". `taken`: words of organisations."""
    lands = _lands(contexts, spans)
    headline, body = (_with_new(context, listed, owned, lands, lexicon, title=context is contexts[0])
                      for context, listed, owned in zip(contexts, spans, taken, strict=True))
    latin = {_key(contexts[0], span) for span in headline if span.first not in {one.first for one in spans[0]}
             and not contexts[0].passage.tokens[span.first].arabic}
    if latin:
        body = _in_order([*body, *(_resolved(contexts[1], span, lands)
                                   for span in again(contexts[1], latin, body, taken[1]))])
    return headline, body


def _with_new(context: Context, listed: Spans, owned: set[int], lands: Lands, lexicon: Lexicon, *,
              title: bool) -> Spans:
    used = {i for span in listed for i in range(span.first, span.last + 1)} | owned
    new = [*(_before_facility(context, lexicon, used) if title else ()), *_arabic(context, lexicon, used)]
    new = [_resolved(context, span, lands) for span in new]
    return _in_order([*(_resolved(context, span, lands) for span in listed), *(span for span in new if span.value)])


def _in_order(spans: Spans) -> Spans:
    return sorted(spans, key=lambda span: span.first)


def _lands(contexts: tuple[Context, Context], spans: tuple[Spans, Spans]) -> Lands:
    """The countries that the story speaks of, each with the names that tell it."""
    lands: Lands = defaultdict(set)
    for context, listed in zip(contexts, spans, strict=True):
        for span in listed:
            place = span.value[0]
            if place.kind != "p" or place.known or place.population >= _HEARD:
                lands[place.country].add(_key(context, span))
        for hit in context.passage.under("adjective"):
            lands[hit.label.removeprefix("adjective.")].add("")
    return lands


def _key(context: Context, span: Found[tuple[Place, ...]]) -> str:
    first, *rest = (token.text for token in context.passage.tokens[span.first:span.last + 1])
    return " ".join((first[span.skipped:], *rest))


def _resolved(context: Context, span: Found[tuple[Place, ...]], lands: Lands) -> Found[tuple[Place, ...]]:
    """`span` as the small town of a land that other names of the story tell, where it is listed in none of these."""
    if any(place.kind != "p" or place.known or place.population >= SMALL for place in span.value):
        return span
    key = _key(context, span)
    told = {land for land, names in lands.items() if names - {key}}
    if any(place.country in told for place in span.value):
        return span
    small = tuple(place for place in towns(key) if place.country in told)
    return replace(span, value=small) if small else span


def _before_facility(context: Context, lexicon: Lexicon, used: set[int]) -> Spans:
    """Capitalised names right before a facility or its kind of site: "puts Becker data center on hold"."""
    tokens = context.passage.tokens
    found: Spans = []
    for index, token in enumerate(tokens):
        last = run_at(tokens, index, lexicon) if index not in used and token.capital else None
        if last is not None and not used & set(range(index, last + 1)) and (
                context.after(last, "facility") is not None or context.after(last, "site_noun") is not None):
            found.append(Found(index, last, 0, ()))
    return found


def _arabic(context: Context, lexicon: Lexicon, used: set[int]) -> Spans:
    """One or two words right behind "in", "near" or a word of place, where the sentence names a facility."""
    tokens = context.passage.tokens
    found: Spans = []
    for index, token in enumerate(tokens):
        if not token.arabic or index in used or len(token.text) < 4:
            continue
        behind = context.before(index, "locative") is not None or context.before(index, "place_noun") is not None
        skipped = 1 if not behind and token.text[0] == "ب" else 0
        if not (behind or skipped) or not context.in_sentence(index, "facility"):
            continue
        for last in (index + 1, index):
            if last < len(tokens) and last not in used and tokens[last].arabic and (
                    last == index or tokens[last].gap == " ") and not lexicon.gazetteer.is_word(token.text[skipped:]):
                span: Found[tuple[Place, ...]] = Found(index, last, skipped, ())
                if towns(_key(context, span)):
                    found.append(span)
                    break
    return found
