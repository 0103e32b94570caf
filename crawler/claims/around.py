"""What is known of a story before its asides are read, and whether a place or a company is the main project's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.claims.context import Context
from crawler.claims.directory import Found
from crawler.claims.gazetteer import Place
from crawler.claims.mentions import Mention
from crawler.claims.site import Site, near

Span = Found[tuple[Place, ...]]

_OF = frozenset(("of", "de", "du", "d", "des", "del", "di", "von", "van", "s"))
_SMALL = 15_000  # people: of smaller towns the list has many by chance


@dataclass(frozen=True, slots=True)
class Around:
    """Title and body, the site, the places and organisations of the body, and those (as `called`) that title and
    first paragraph name."""

    contexts: tuple[Context, Context]
    site: Site
    places: Sequence[Span]
    mentions: Sequence[Mention]
    lead: frozenset[str]

    @property
    def body(self) -> Context:
        return self.contexts[1]

    @property
    def heads(self) -> frozenset[str]:
        """The first words of the lead's organisations: Kibo Datacentres is Kibo from then on."""
        return frozenset(head for name in self.lead if len(head := name.casefold().split(" ", 1)[0]) > 3)

    @property
    def own(self) -> tuple[Place, ...]:
        """The project's towns: one, or a suburb and its city where title or first paragraph names both."""
        beside = self.site.beside
        late = beside is not None and not beside.title and self.body.passage.paragraph(beside.first) > 0
        return self.site.towns[:1] if late else self.site.towns


def look_around(contexts: tuple[Context, Context], site: Site, places: Iterable[Span], mentions: Sequence[Mention],
             calendar: frozenset[str]) -> Around:
    """`places`: of the body; those inside the name of an organisation, and months, are none."""
    passage = contexts[1].passage
    body = [m for m in mentions if not m.title]
    kept = [s for s in places if passage.tokens[s.first].text not in calendar and not any(
        m.first <= s.last and s.first <= m.last and (m.known or m.last - m.first > s.last - s.first) for m in body)]
    placed_at = {index for s in kept for index in range(s.first, s.last + 1)}
    lead = frozenset(called(m) for m in mentions if m.title or passage.paragraph(m.first) == 0)
    named = [m for m in body if m.known or not placed_at.issuperset(range(m.first, m.last + 1))]
    return Around(contexts, site, kept, named, lead)


def called(mention: Mention) -> str:
    """What an organisation is known by: its entry of the alias file, or its folded name."""
    return mention.known.name if mention.known else mention.key


def in_lead(mention: Mention, lead: Iterable[str]) -> bool:
    """Is it one of `lead`, in full or in short (Northmere, Northmere Compute)?"""
    name = called(mention)
    return any(name == other or other.startswith(name + " ") or name.startswith(other + " ") for other in lead)


def placed(body: Context, span: Span, noun: int, *, loosely: bool = False) -> bool:
    """Does what ends at word `noun` stand there: no seat of a company, no comparison? `loosely`: also for what was
    announced `for` a place."""
    before = body.passage.tokens[span.first - 1].text if span.first else ""
    near = loosely or (0 <= span.first - noun <= 3 and before in _OF)
    located = span.skipped > 0 or body.before(span.first, "locative" if near else "stands_in", 2) is not None \
        or body.before(span.first, "place_noun") is not None
    compared = body.before(span.first, "compare", 2) is not None and body.before(span.first, "near_ok", 2) is None
    return located and not compared and (loosely or body.before(span.first, "origin", 3) is None)


def is_foreign(span: Span, around: Around) -> bool:
    """Is none of the places of this name the project's, or near it?"""
    towns = [p for p in span.value if p.kind == "p"]
    home = around.site.country
    if any(p.kind == "c" for p in span.value) or not towns:
        return home is not None and home not in {p.country for p in span.value}
    if not around.own:
        return home is not None and all(p.country not in ("", home) for p in towns)
    if any(p.known or p.population >= _SMALL for p in towns):
        return not any(_surely_near(p, own) for p in towns for own in around.own)
    return not any(p.name in own.name or own.name in p.name for p in towns for own in around.own)


def is_home(span: Span, around: Around) -> bool:
    """Is it the project's town?"""
    return any(p.kind == "p" and (p.name == own.name or near(p, own))
               for p in span.value for own in around.own)


def _surely_near(one: Place, other: Place) -> bool:
    found = near(one, other)
    return one.name == other.name if found is None else found
