"""Which sentences speak of the main project, and which of another one beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from crawler.claims.beside import Beside
from crawler.claims.claim import Claim, Subject
from crawler.claims.context import Context
from crawler.claims.directory import Found
from crawler.claims.gazetteer import Place
from crawler.claims.mentions import Mention
from crawler.claims.site import Site

_RIVALS = 3  # so many companies in one sentence are a list, not the makers of one project


@dataclass(frozen=True, slots=True)
class Named:
    """A value of another project and the word of the body that it was read at."""

    value: str
    printed: str
    first: int


@dataclass(frozen=True, slots=True)
class Aside:
    """Another project than the main one, as far as one sentence of the body tells of it. `words`: those about it."""

    words: frozenset[int]
    names: tuple[Named, ...]
    organizations: tuple[Named, ...]
    place: Place | None
    city: Named | None
    country: Named | None


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


def asides(context: Context, other: set[int], stretches: list[Beside], candidates: Iterable[tuple[str, Mention]],
           names: Iterable[Named], places: list[Found[tuple[Place, ...]]], leader: str | None, main: Sequence[str],
           site: Site) -> list[Aside]:
    """Other projects that the body names, one for each maker or place that is not the main project's.

    `stretches`: what was found to tell of one other project; `candidates`: organisations (the name to show, a mention)
    as they stand in the body; `names`: project names among `other`; `leader`, `main`: who leads the main
    project, all its organisations; `site`: its place.
    """
    tokens = context.passage.tokens
    mentioned, named = list(candidates), list(names)
    told = [_told_in(context, stretch, mentioned, named, places, leader, main, site)
            for stretch in stretches if stretch.told]
    within = {tokens[stretch.noun].sentence for stretch in stretches}
    stated = (context.sentences("facility") | context.sentences("facility_again")) - within
    for sentence in sorted({tokens[index].sentence for index in other} & stated):
        words = frozenset(index for index in other if tokens[index].sentence == sentence)
        makers = {name: Named(name, m.printed, m.first) for name, m in reversed(mentioned) if m.first in words}
        strangers = [makers[name] for name in reversed(makers) if name not in main]
        if len(strangers) >= _RIVALS and not any(n.first in words for n in named):
            continue
        aside = _aside(context, words, [n for n in named if n.first in words], strangers, places, site.country)
        elsewhere = aside.place is not None and aside.place != site.city
        if not (aside.names or strangers):
            if not elsewhere or not _whole(context, words, sentence) or context.among(words, "many_sites"):
                continue
            aside = replace(aside, organizations=tuple(makers.values())[:1])  # the same company somewhere else
        told.append(aside)
    found: dict[tuple[str | None, str | None], Aside] = {}
    for aside in sorted(told, key=lambda one: min(one.words)):
        maker, _ = key = _who(aside)
        if aside.place is not None or maker is None or all(known != maker for known, _ in found):
            found.setdefault(key, aside)
    return list(found.values())


def _told_in(context: Context, stretch: Beside, mentioned: list[tuple[str, Mention]], named: list[Named],
             places: list[Found[tuple[Place, ...]]], leader: str | None, main: Sequence[str], site: Site) -> Aside:
    """The other project of one stretch, with who has it: those before its noun, else the company of the story, else
    strangers behind the noun."""
    words = frozenset(stretch.words)
    found = [(name, m) for name, m in mentioned if m.first in stretch.owners and (stretch.same or name not in main)]
    if stretch.same and not found:
        own = [(name, m) for name, m in mentioned if name == leader]
        found = [pair for pair in own if pair[1].first in words][:1] or own[:1]
    elif not found:
        found = [(name, m) for name, m in mentioned if m.first in words and m.first > stretch.noun and name not in main]
    makers = {name: Named(name, m.printed, m.first) for name, m in sorted(found, key=lambda pair: pair[1].first)}
    called = [n for n in named if n.first in words]
    if stretch.name is not None and not called:
        printed = context.passage.printed(*stretch.name)
        called = [Named(printed, printed, stretch.name[0])]
    aside = _aside(context, words, called, list(makers.values())[:_RIVALS - 1], places,
                   site.country)
    towns = [p for p in stretch.place.value if p.kind == "p"] if stretch.place is not None else []
    if stretch.place is None or not towns or aside.place in towns:
        return aside
    lands = {p.country for span in places if span.first in words for p in span.value if p.kind == "c"}
    town = min(towns, key=lambda p: (p.country not in lands, p.country not in (site.country, ""), -p.population))
    land = aside.country if aside.country and aside.country.value == town.country else None
    city = _named(context, stretch.place, town.name)
    return replace(aside, place=town, city=city,
                   country=land or (_named(context, stretch.place, town.country) if town.country else aside.country))


def _aside(context: Context, words: frozenset[int], names: list[Named], makers: list[Named],
           places: list[Found[tuple[Place, ...]]], home: str | None) -> Aside:
    spans = [span for span in places if span.first in words and not any(span.first == m.first for m in makers)]
    # A name that fits several places is first of all one of the main project's country.
    likely = [(span, min(span.value, key=lambda p: (p.country != home, p.kind != "p"))) for span in spans]
    towns = [(span, p) for span, p in likely if p.kind == "p" and p.country]
    town = towns[0] if len({p.name for _, p in towns}) == 1 else None  # of several none is surely the project's
    land = next(((span, p) for span in spans for p in span.value if p.kind == "c"), None)
    city = country = None
    if town and (land is None or land[1].country == town[1].country):
        city = _named(context, town[0], town[1].name)
        country = _named(context, (land or town)[0], town[1].country)
    elif land:
        country = _named(context, land[0], land[1].country)
    return Aside(words, tuple(names), tuple(makers), town[1] if city and town else None, city, country)


def at_home(aside: Aside, context: Context, site: Site) -> Site:
    """What an aside that names no place shares with the main project: the country, and the city where it says so."""
    if aside.country or aside.place or not (aside.names or aside.organizations):
        return Site()
    if context.among(aside.words, "in_the_city"):
        return replace(site, beside=None)
    return Site(site.country, site.country_mention)


def subject_of(aside: Aside, here: Sequence[Claim]) -> Subject:
    """What linking compares. `here`: claims about its place that it shares with the main project."""
    where = aside.place
    shared = {claim.kind: claim.value_text for claim in here}
    return Subject("mentioned", tuple(n.value for n in aside.names), tuple(o.value for o in aside.organizations),
                   aside.country.value if aside.country else shared.get("country"),
                   where.name if where else shared.get("city"),
                   where.latitude if where else None, where.longitude if where else None)


def _named(context: Context, span: Found[tuple[Place, ...]], value: str) -> Named:
    return Named(value, context.passage.printed(span.first, span.last)[span.skipped:], span.first)


def _who(aside: Aside) -> tuple[str | None, str | None]:
    """What tells one other project from the next."""
    first = (*aside.names, *aside.organizations)[:1]
    return first[0].value if first else None, aside.place.name if aside.place else None


def _whole(context: Context, words: frozenset[int], sentence: int) -> bool:
    return words.issuperset(i for i, token in enumerate(context.passage.tokens) if token.sentence == sentence)
