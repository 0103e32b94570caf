"""Where the project stands: every place named, weighed by the words around it, then one country and one city."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from crawler.claims.context import Context
from crawler.claims.directory import Found
from crawler.claims.gazetteer import Place
from crawler.claims.part_of_name import LARGE, SMALL, Spans
from crawler.claims.passage import Article, Passage
from crawler.claims.phrases import Token
from crawler.claims.place_names import QUIET, told_countries
from crawler.claims.proper import title_case
from crawler.claims.site import Mention, Site, choose

_TOWN_SAYS = 0.5       # weight that a town of one possible country adds to it
_SPOKEN = 1.5          # weight from which a story speaks of a country
_HEARD = 1.0           # weight from which one of several lands of a name is meant: two towns of it
_DATELINE = -3         # a town from which the story was sent tells the land, one where a company comes from does not
# Where a name fits several places, a story means those of the countries of its language (Brest, Valencia).
_HOME = {"fr": frozenset(("FR", "MA", "DZ", "TN", "SN", "CI", "CA", "BE", "CH")), "de": frozenset(("DE", "AT", "CH")),
         "es": frozenset(("ES", "MX", "CL", "CO", "AR", "PE", "UY", "PY")), "pt": frozenset(("PT", "BR")),
         "it": frozenset(("IT",)), "nl": frozenset(("NL", "BE")),
         "ar": frozenset(("MA", "DZ", "TN", "EG", "SA", "AE", "QA", "KW", "OM", "JO"))}


def find_site(article: Article, contexts: tuple[Context, Context], spans: tuple[Spans, Spans],
              taken: tuple[set[int], set[int]], other: set[int]) -> Site:
    """Weigh all mentions and choose.

    `spans`: the names of places in title and body; `taken`: words of either that belong to an organisation's name;
    `other`: words of the body that speak of another project.
    """
    mentions: list[Mention] = []
    told = told_countries(contexts, spans)
    abroad = {_words_of(context, span) for context, listed in zip(contexts, spans, strict=True) for span in listed
              if _unlisted_here(context, span, told)}
    for context, listed, owned in zip(contexts, spans, taken, strict=True):
        title = context is contexts[0]
        found = [_as_unlisted(context, span) if _words_of(context, span) in abroad else span for span in listed]
        skip = set() if title else other
        mentions += _cities(context, found, owned, skip, title, told)
        mentions += _countries(context, found, owned, skip, title)
        mentions += _adjectives(context, skip, title)
    mentions = _settle(mentions, _HOME.get(article.language, frozenset()))
    return choose(_sided(mentions, contexts))


def _unlisted_here(context: Context, span: Found[tuple[Place, ...]], told: dict[str, float]) -> bool:
    """Maluku in a Congolese story: where a facility stands in a place of a land that nobody speaks of, it is a town
    that no list holds, not the one abroad."""
    most = max(told.values(), default=0.0)
    if most < _SPOKEN or any(p.known or p.population > SMALL or told.get(p.country) for p in span.value) \
            or not span.value[0].country or context.passage.tokens[span.first].arabic:
        return False
    facility = context.among(range(max(0, span.first - 9), span.first), "facility")
    return bool(facility) and context.before(span.first, "locative") is not None


def _words_of(context: Context, span: Found[tuple[Place, ...]]) -> tuple[str, ...]:
    return tuple(token.text for token in context.passage.tokens[span.first:span.last + 1])


def _as_unlisted(context: Context, span: Found[tuple[Place, ...]]) -> Found[tuple[Place, ...]]:
    return replace(span, value=(Place("p", "", context.passage.printed(span.first, span.last)[span.skipped:]),))


def _sided(mentions: list[Mention], contexts: tuple[Context, Context]) -> list[Mention]:
    """Places of a territory in the country where this text sees them: its own if it is named so, else the holder."""
    holders = {m.place.territory: m.place.country for m in mentions if m.place.territory and m.weight > 0}
    for territory, holder in holders.items():
        named = [m for m in mentions if m.place.country == territory and m.weight > 0 and m.printed]
        calls = any(contexts[0 if m.title else 1].in_sentence(m.first, "own_territory") for m in named)
        holds = sum(m.weight for m in mentions if m.place.country == holder and m.place.kind == "c")
        own = bool(named) and (calls or sum(m.weight for m in named) > holds)
        was, now = (holder, territory) if own else (territory, holder)
        mentions = [replace(m, place=m.place._replace(country=now)) if m.place.country == was
                    and (m.place.territory if own else m.place.kind == "c") else m for m in mentions]
    return mentions


_STANDS_IN = frozenset(("in", "at", "near", "outside", "à", "en", "em", "في"))


def _stands_in(context: Context, first: int) -> bool:
    """In Atlantis: the town, though a company is called so, too."""
    tokens = context.passage.tokens
    return first > 0 and tokens[first - 1].printed.casefold() in _STANDS_IN \
        and tokens[first - 1].sentence == tokens[first].sentence


def _cities(context: Context, spans: list[Found[tuple[Place, ...]]], taken: set[int], other: set[int],
            title: bool, told: dict[str, float]) -> list[Mention]:
    mentions = []
    listed = _listed(context, spans)
    for span in spans:
        places = [p for p in span.value if p.kind == "p"]
        if not places or not _may_be_city(context, span, places[0]) or _called(context, span, places, told):
            continue
        weight = _city_weight(context, span, title, span.first in listed)
        if span.first in taken and not (_stands_in(context, span.first) and places[0].population >= QUIET
                                        and told.get(places[0].country)):
            weight = min(weight, 0.0)
        if span.first in other:
            weight -= 3
        small = not places[0].known and places[0].population < 15_000
        if small and weight < 2.5:
            weight = min(weight, 0.5)
        mentions += [_mention(context, span, place, title, weight) for place in places]
    return mentions


def _may_be_city(context: Context, span: Found[tuple[Place, ...]], place: Place) -> bool:
    """Not the name of a country, not an abbreviation; an Arabic word of everyday use needs a word of place before."""
    if place.known:
        return True
    if any(p.kind == "c" for p in span.value):
        return False
    token = context.passage.tokens[span.first]
    if not token.arabic:
        return not (span.first == span.last and token.printed.isupper() and len(token.printed) < 6)
    sure = context.before(span.first, "city_noun") is not None or place.population > LARGE
    least = 2 if sure else 3  # مدينة حمص, في حلب
    return (span.last > span.first or len(token.text) - span.skipped > least) and (
        span.skipped > 0 or context.before(span.first, "place_noun") is not None
        or context.before(span.first, "locative") is not None or _heads(context, span)
        or context.before(span.first, "facility") is not None)


_PROJECT = frozenset(("project", "projet", "proyecto", "projeto", "progetto", "projekt"))


def _called(context: Context, span: Found[tuple[Place, ...]], places: list[Place], told: dict[str, float]) -> bool:
    """El campus Altamira, in Cantabria: what a facility is called, not a small town of a land that nobody speaks of."""
    before = context.passage.tokens[span.first - 1] if span.first else None
    if before is not None and before.text in _PROJECT and context.passage.tokens[span.first].gap == " ":
        return True  # Project Jupiter
    return bool(told) and not any(p.known or p.population > LARGE or told.get(p.country) for p in places) \
        and bool(places[0].country) and not context.passage.tokens[span.first].arabic \
        and any(context.before(span.first, label) is not None for label in ("facility", "site_noun"))


def _heads(context: Context, span: Found[tuple[Place, ...]]) -> bool:
    """Does it open the text with a mark behind it: "كربلاء.. مجلس المحافظة يمنح", "Nkok : protocole d'accord"?"""
    tokens = context.passage.tokens
    return span.first == 0 and span.last + 1 < len(tokens) and tokens[span.last + 1].gap.strip()[:1] in (":", ".", ",")


def _listed(context: Context, spans: list[Found[tuple[Place, ...]]]) -> set[int]:
    """The first words of cities that stand in a row of three or more (Madrid, Paris and London)."""
    listed: set[int] = set()
    row: list[int] = []
    tokens = context.passage.tokens
    before = -9
    for span in spans:
        if span.value[0].kind != "p":
            continue
        near = span.first - before <= 3 and tokens[span.first].sentence == tokens[max(before, 0)].sentence \
            and context.before(span.first, "place_noun") is None
        row = [*row, span.first] if near else [span.first]
        if len(row) >= 3:
            listed.update(row)
        before = span.last
    return listed


def _city_weight(context: Context, span: Found[tuple[Place, ...]], title: bool, listed: bool) -> float:
    tokens, first = context.passage.tokens, span.first
    token = tokens[first]
    clitic = token.arabic and span.skipped > 0
    idafa = token.arabic and context.before(first, "facility") is not None  # مركز بيانات المفرق
    following = tokens[span.last + 1] if span.last + 1 < len(tokens) else None
    apposed = following is not None and following.gap == ", " and following.printed in _STANDS_IN  # Goma, in Congo
    located = clitic or idafa or apposed or any(
        context.before(first, label) is not None for label in ("locative", "place_noun"))
    weight = 0.5
    if title:
        weight += 2.0
        mark = following.gap if following is not None else ""
        if first == 0 and (":" in mark or "." in mark or "," in mark):
            weight += 1.5  # where the story plays
    else:
        paragraph = context.passage.paragraph(first)
        weight += {0: 1.2, 1: 0.4}.get(paragraph, 0.0)
    if located:
        weight += 1.0
    if context.before(first, "place_noun", 2) is not None:
        weight += 0.5
    if context.in_sentence(first, "facility"):
        weight += 0.8
        if located and context.among(range(max(0, first - 9), first), "facility"):
            weight += 1.2
    elif context.in_sentence(first, "facility_again"):
        weight += 0.5
    if context.after(span.last, "facility", 2) is not None or context.after(span.last, "site_noun") is not None:
        weight += 1.0
    if context.before(first, "region_noun", 2) is not None:
        weight -= 0.8
    near = context.before(first, "near_ok", 2) is not None
    if near:
        weight -= 1.5
    clause = context.clause(first)
    before = range(max(clause.start, first - 10), first)
    if context.before(first, "origin", 3) is not None:
        weight -= 4
    if context.before(first, "site_chosen") is not None:
        weight += 3
    inside = context.before(first, "inside_of") is not None
    if (context.before(first, "compare", 2) is not None and not near and not inside) or _another_one(tokens, first):
        weight -= 2.5
    if context.among(before, "event") and not context.among(before, "facility"):
        weight -= 3
    if _dateline(context.passage, span, title, located):
        weight -= 4
    if listed:
        weight -= 1.5
    if not located and not title:
        weight -= 0.6  # Rabat, that bets on the cloud: a capital for its government
    return weight


_ONES = frozenset(("el de", "el en", "la de", "celui de", "celui d", "celui a", "celle de", "celle d", "celle a",
                   "ceux de", "ceux d", "that of", "that in", "those of", "those in", "one in", "one at", "o de",
                   "quello di"))


def _another_one(tokens: tuple[Token, ...], first: int) -> bool:
    """El de Madrid, celui d'Oran, the one in Lagos: another facility."""
    return first > 1 and f"{tokens[first - 2].text} {tokens[first - 1].text}" in _ONES \
        and tokens[first - 2].sentence == tokens[first].sentence


def _dateline(passage: Passage, span: Found[tuple[Place, ...]], title: bool, located: bool) -> bool:
    """`Rabat – ...`, `London, Feb. 22 (...) -`: where it was written, not where it is built."""
    if title or span.first > 1 or span.last + 1 >= len(passage.tokens) or located:
        return False
    gap = passage.tokens[span.last + 1].gap
    following = passage.tokens[span.last + 1]
    return "-" in gap or ":" in gap or "(" in gap or (following.text.isdigit())


def _countries(context: Context, spans: list[Found[tuple[Place, ...]]], taken: set[int], other: set[int],
               title: bool) -> list[Mention]:
    mentions = []
    for span in spans:
        for place in span.value:
            if place.kind == "p":
                continue
            weight = _country_weight(context, span, title)
            if place.kind == "r":
                weight *= 0.5 if len(span.value) > 1 else 0.8
            if span.first in taken:
                weight *= 0.4
            if span.first in other:
                weight *= 0.3
            mentions.append(_mention(context, span, place, title, weight))
    return mentions


_WITH = frozenset(("avec", "with", "con", "com", "mit", "met", "مع"))


def _country_weight(context: Context, span: Found[tuple[Place, ...]], title: bool) -> float:
    first = span.first
    weight = 2.0 if title else 1.0
    if not title and context.passage.paragraph(first) == 0:
        weight += 0.6
    if context.in_sentence(first, "facility"):
        weight += 0.6
    if context.before(first, "origin", 3) is not None:
        return 0.1
    if context.before(first, "compare", 2) is not None or _WITH & {
            t.text for t in context.passage.tokens[max(first - 2, 0):first]}:
        weight *= 0.3
    if context.in_sentence(first, "event") and not context.in_sentence(first, "facility"):
        weight *= 0.6
    return weight


def _adjectives(context: Context, other: set[int], title: bool) -> list[Mention]:
    """moroccan, marocain, مغربي: weak on their own, none where they tell where a company comes from."""
    passage, mentions = context.passage, []
    for label, hits in passage.hits.items():
        if not label.startswith("adjective."):
            continue
        place = Place("c", label.removeprefix("adjective."), "")
        for hit in hits:
            company = context.before(hit.first, "company_noun", 3) is not None \
                or context.after(hit.last, "company_noun", 1 if passage.tokens[hit.last].arabic else 3) is not None
            following = passage.tokens[hit.last + 1] if hit.last + 1 < len(passage.tokens) else None
            named = following is not None and following.capital and following.gap == " " and not following.arabic \
                and not (title and title_case(passage))
            weight = 0.1 if company or named else (1.0 if title else 0.6)
            if hit.first in other:
                weight *= 0.3
            mentions.append(_mention(context, Found(hit.first, hit.last, 0, ()), place, title, weight))
    return mentions


def _mention(context: Context, span: Found[tuple[Place, ...]], place: Place, title: bool, weight: float) -> Mention:
    tokens = context.passage.tokens
    start, end = tokens[span.first].start, tokens[span.last].end
    printed = context.passage.prose.text[start:end]
    return Mention(place, title, span.first, span.last, start + span.skipped, end, printed[span.skipped:], weight,
                   "(" in tokens[span.first].gap)


def _settle(mentions: list[Mention], home: frozenset[str]) -> list[Mention]:
    """Where one name fits several places, keep the one whose country the story speaks of, else one of a `home`
    country of its language, else the largest."""
    speaks: dict[str, float] = defaultdict(float)
    by_spot: dict[tuple[bool, int], list[Mention]] = defaultdict(list)
    towns: dict[tuple[bool, int], set[str]] = defaultdict(set)
    for mention in mentions:
        if mention.place.kind == "p":
            towns[mention.title, mention.first].add(mention.place.country)
    for mention in mentions:
        lands = towns.get((mention.title, mention.first), set())
        if mention.place.kind != "p" and not (mention.place.kind == "r" and len(lands) > 1):
            speaks[mention.place.country] += max(mention.weight, 0)
    sure = {(m.place.name, m.place.country) for m in mentions
            if m.place.kind == "p" and m.place.country and len(towns[m.title, m.first]) == 1 and m.weight > _DATELINE}
    for _, land in sure:
        speaks[land] += _TOWN_SAYS  # Cincinnati and Bowling Green: this Genoa is in America
    settled = []
    for mention in mentions:
        if mention.place.kind == "p":
            by_spot[mention.title, mention.first].append(mention)
        else:
            settled.append(mention)
    for spot in by_spot.values():
        settled.append(max(spot, key=lambda m: (speaks[m.place.country] >= _HEARD, m.place.known,
                                                   m.place.country in home, m.place.population)))
    return settled
