"""The names of places that a story prints, listed or not, before anybody asks which one is the project's."""

from __future__ import annotations

from collections import defaultdict

from crawler.claims.context import Context
from crawler.claims.directory import Found, look_up
from crawler.claims.gazetteer import Place
from crawler.claims.lexicon import Lexicon
from crawler.claims.part_of_name import LARGE, Spans, whole_names
from crawler.claims.phrases import Token
from crawler.claims.proper import title_case
from crawler.claims.unlisted import again, apposed, headed, unlisted

_CITY = 300_000        # people: whose name is not read as a company's; 150,000 lost two names of companies (2026-11)
QUIET = 30_000         # people: a smaller place of an Arabic name is also a word, unless it is used as a place


def place_spans(context: Context, lexicon: Lexicon, language: str, taken: set[int]) -> Spans:
    """Every name of a place, listed or not, in reading order; of two that overlap the longer one."""
    tokens = context.passage.tokens
    listed = [s for s in look_up(tokens, lexicon.gazetteer, short=2)
              if s.value[0].known or len(tokens[s.first].text) > 3 or s.last > s.first or tokens[s.first].arabic
              or tokens[s.first].printed.isupper()]  # Fès and Fez, not every town of three letters
    listed += _elided(tokens, lexicon)
    listed = whole_names(listed, tokens, lexicon, taken, capitals=title_case(context.passage))
    others = unlisted(context, lexicon, language, taken)
    others += apposed(context, lexicon, listed, taken | {i for s in others for i in range(s.first, s.last + 1)})
    listed = [s for s in listed if s.last + 1 >= len(tokens) or not tokens[s.last + 1].gap.startswith("$")]
    spans = sorted(listed + others, key=lambda s: (_rank(s, listed, tokens), s.first - s.last, not s.value[0].country))
    kept: Spans = []
    used: set[int] = set()
    for span in spans:
        words = set(range(span.first, span.last + 1))
        if not words & used:
            kept.append(span)
            used |= words
    return sorted(kept, key=lambda s: s.first)


def _elided(tokens: tuple[Token, ...], lexicon: Lexicon) -> Spans:
    """L'Oriental amid a sentence: a region whose name has an article; not the company Oriental Numérique."""
    found: Spans = []
    for index, token in enumerate(tokens):
        if token.text != "l" or token.capital or index + 1 >= len(tokens) or tokens[index + 1].gap != "'":
            continue
        places = lexicon.gazetteer.get("l " + tokens[index + 1].text)
        after = tokens[index + 2] if index + 2 < len(tokens) else None
        goes_on = after is not None and after.capital and after.gap in (" ", "-")
        if places and places[0].kind == "r" and tokens[index + 1].capital and not goes_on:
            found.append(Found(index, index + 1, 0, places))
    return found


def sure_spans(context: Context, spans: Spans) -> Spans:
    """Those that are used as a place here, so that their words are nobody's name (not: le canadien Brookfield)."""
    return [s for s in spans if s.value[0].known or s.value[0].kind != "p" or _is_large(s, context)
            or context.before(s.first, "locative") is not None or context.before(s.first, "place_noun") is not None]


def _is_large(span: Found[tuple[Place, ...]], context: Context) -> bool:
    """A city whose name is not read as a company's; codes of airports (BAL) only where there is no doubt."""
    code = span.first == span.last and len(context.passage.tokens[span.first].text) <= 3
    return span.value[0].population > (LARGE if code else _CITY)


def _rank(span: Found[tuple[Place, ...]], listed: Spans, tokens: tuple[Token, ...]) -> bool:
    """Last go unlisted runs that only stick other words to a listed place (à Benguérir Moulay Hafid Elalamy)."""
    if span.value[0].country:
        return False
    return any(s.first == span.first and s.last < span.last and tokens[s.last + 1].gap == " "
               and (tokens[s.last + 1].capital or tokens[s.last + 1].arabic)
               and (s.value[0].known or s.value[0].population > 15_000) for s in listed)


def with_again(contexts: tuple[Context, Context], spans: tuple[Spans, Spans],
               taken: tuple[set[int], set[int]], lexicon: Lexicon) -> tuple[Spans, Spans]:
    """With every further mention of places that are on no list, and with the one that the title opens with."""
    tokens = contexts[0].passage.tokens
    names = set(headed(contexts, lexicon, taken, {i for s in spans[0] for i in range(s.first, s.last + 1)}))
    for context, listed in zip(contexts, spans, strict=True):
        names |= {" ".join(t.text for t in context.passage.tokens[s.first:s.last + 1]) for s in listed
                  if not s.value[0].country and not context.passage.tokens[s.first].arabic}
    names = {name for name in names if len(name) > 3}
    if not names or not tokens:
        return spans
    headline, body = (sorted([*listed, *again(context, names, listed, owned)], key=lambda s: s.first)
                      for context, listed, owned in zip(contexts, spans, taken, strict=True))
    return headline, body


def without_quiet(contexts: tuple[Context, Context], spans: tuple[Spans, Spans],
                  ) -> tuple[Spans, Spans]:
    """Without the small places of Arabic names that nothing uses as a place, or whose land the story does not tell."""
    told = told_countries(contexts, spans)

    def loud(context: Context, span: Found[tuple[Place, ...]]) -> bool:
        if not context.passage.tokens[span.first].arabic or any(
                p.kind != "p" or p.known or not p.country or p.population >= QUIET for p in span.value):
            return True
        if not told:
            return context.before(span.first, "place_noun") is not None
        used = any(context.before(span.first, label) is not None for label in ("locative", "place_noun"))
        return used and any(told.get(p.country) for p in span.value)

    headline, body = ([span for span in listed if loud(context, span)]
                      for context, listed in zip(contexts, spans, strict=True))
    return headline, body


def told_countries(contexts: tuple[Context, Context], spans: tuple[Spans, Spans]) -> dict[str, float]:
    """How much the story speaks of each country, by its name, its large cities and its adjectives."""
    told: dict[str, float] = defaultdict(float)
    for context, found in zip(contexts, spans, strict=True):
        worth = 2.0 if context is contexts[0] else 1.0
        for span in found:
            first = span.value[0]
            if first.kind == "c" or any(p.population > LARGE and p.country == first.country for p in span.value):
                told[first.country] += worth
        for hit in context.passage.under("adjective"):
            told[hit.label.removeprefix("adjective.")] += worth / 2
    return told
