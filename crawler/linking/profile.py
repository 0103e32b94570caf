"""What is known of a project for comparing: counted names, places, organisations and figures.

A profile is made of one article's claims about one subject; the profiles of a project's articles are added up.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.claims.claim import Claim, Subject
from crawler.linking.letters import skeleton, words
from crawler.linking.names import distinctive, shape_key
from crawler.linking.rules import LinkRules

Counted = tuple[tuple[str, int], ...]

# What sharing a key of each kind promises: candidates are ranked by it before they are compared.
WORTH = {"name": 4.0, "city": 3.0, "org": 2.5, "name~": 1.5, "city~": 1.0, "org~": 1.0, "number": 0.5}


@dataclass(frozen=True, slots=True)
class Profile:
    """Counted facts, most frequent first (equal counts by key). Every count is a number of articles.

    `names`, `organizations`, `leads`, `cities`: folded words joined by a space; `leads`: the organisation each
    article names first. `countries`: ISO alpha-2, one code for places printed under two. `capacities`: MW of the
    whole and of parts; `money`: "USD 500000000"; `areas`: m2; `dates`: "signing 2024-05-08";
    `points`: (latitude, longitude) of the cities. `titles`: folded headlines of articles about it.
    """

    articles: int = 1
    names: Counted = ()
    organizations: Counted = ()
    leads: Counted = ()
    countries: Counted = ()
    cities: Counted = ()
    capacities: Counted = ()
    money: Counted = ()
    areas: Counted = ()
    dates: Counted = ()
    titles: Counted = ()
    points: tuple[tuple[float, float], ...] = ()

    @property
    def identified(self) -> bool:
        """Something besides numbers says which project it is."""
        return bool(self.names or self.organizations or self.cities)

    @property
    def stands_alone(self) -> bool:
        """Enough for a project of its own where it is only mentioned: a name or an organisation, and a city; or, where
        only its country is known, a name, a power or a sum besides."""
        told = self.cities or (self.countries and (self.names or self.capacities or self.money))
        return bool((self.names or self.organizations) and told)


COUNTED = ("names", "organizations", "leads", "countries", "cities", "capacities", "money", "areas", "dates",
           "titles")


def profile(subject: Subject, claims: Sequence[Claim], rules: LinkRules, title: str | None = None) -> Profile:
    """The profile of one subject. `claims`: those about it (denied ones are left out); `title`: the headline.

    A name counts only where the text gives one; the headline settles which organisation leads when the text
    names several.
    """
    said = [claim for claim in claims if claim.modality != "denied"]
    country = subject.country or next((c.value_text for c in said if c.kind == "country" and c.value_text), None)
    names = [*subject.names, *(c.value_text or c.value_printed or "" for c in said if c.kind == "name")]
    organizations = [*subject.organizations, *(c.value_text or c.value_printed or "" for c in said
                                               if c.kind == "organization")]
    organizations = _unique(" ".join(words(name)) for name in organizations)
    city = subject.city or next((c.value_text for c in said if c.kind == "city" and c.value_text), None)
    lead = _lead(organizations, title, rules)
    point = ((subject.latitude, subject.longitude),) if subject.latitude is not None \
        and subject.longitude is not None else ()
    return Profile(
        names=_once(" ".join(words(rules.alias(name, country))) for name in names),
        organizations=_once(organizations), leads=_once([lead] if lead else []),
        countries=_once([rules.country(country)] if country else []),
        cities=_once([" ".join(words(city))] if city else []),
        capacities=_once(_figure(c.value_number) for c in said if c.kind == "capacity" and c.value_number),
        money=_once(f"{c.unit} {_figure(c.value_number)}" for c in said
                    if c.kind == "investment" and c.value_number and c.unit),
        areas=_once(_figure(c.value_number) for c in said if c.kind == "area" and c.value_number),
        dates=_once(f"{c.value_text} {c.date}" for c in said if c.kind == "milestone" and c.value_text and c.date),
        titles=_once([" ".join(words(title))] if title else []), points=point)


def combine(profiles: Iterable[Profile]) -> Profile:
    """All of them as one; the order given makes no difference. An empty profile for none."""
    articles = 0
    counts: dict[str, Counter[str]] = {name: Counter() for name in COUNTED}
    points: set[tuple[float, float]] = set()
    for one in profiles:
        articles += one.articles
        points.update(one.points)
        for name in COUNTED:
            counts[name].update(dict(getattr(one, name)))
    ordered = {name: tuple(sorted(counter.items(), key=lambda item: (-item[1], item[0])))
               for name, counter in counts.items()}
    return Profile(articles=articles, points=tuple(sorted(points)), **ordered)


def keys(one: Profile, rules: LinkRules) -> list[tuple[str, str]]:
    """(kind, key) pairs for a table: two projects that may be one share at least one of them.

    Kinds: `name`, `org`, `city` (spelling), `name~`, `org~`, `city~` (sound, over scripts and misspellings) and
    `number` (a figure with its country, for texts that name nothing). `country` is given for counting, and is too
    common to look candidates up by.
    """
    found: dict[tuple[str, str], None] = {}
    for kind, counted in (("name", one.names), ("org", one.organizations), ("city", one.cities)):
        for text, _ in counted:
            found[kind, shape_key(text, kind, rules)] = None
            told = distinctive(text, kind, rules) or tuple(text.split())
            # a city is also known by its first word: Talavera is Talavera de la Reina
            for word in told if kind != "city" else (text, text.split()[0]):
                if len(skeleton(word)) >= 2:
                    found[f"{kind}~", skeleton(word)] = None
    for country, _ in one.countries:
        found["country", country] = None
        for mark, counted in (("MW", one.capacities), ("", one.money), ("m2", one.areas)):
            for value, _ in counted:
                found["number", f"{country} {mark} {value}".replace("  ", " ")] = None
    return [pair for pair in found if pair[1]]


def _lead(organizations: Sequence[str], title: str | None, rules: LinkRules) -> str | None:
    # A ministry or an agency signs and welcomes, a chip maker supplies; the latter leads where it is alone.
    able = [name for name in organizations if not rules.is_public(name)]
    own = [name for name in able if name not in rules.suppliers] or able
    headline = f" {' '.join(words(title or ''))} "
    named = {name: headline.find(f" {name} ") for name in own}
    return min((name for name in own if named[name] >= 0), key=named.__getitem__, default=own[0] if own else None)


def _figure(value: float | None) -> str:
    """Three significant digits: 386, 37 and 36.96 hectares ... figures that differ by rounding are one."""
    if not value or not math.isfinite(value):
        return ""
    rounded = float(f"{value:.3g}")
    return str(int(rounded)) if rounded.is_integer() else str(rounded)


def _unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(value for value in values if value))


def _once(values: Iterable[str]) -> Counted:
    return tuple(sorted((value, 1) for value in set(values) if value))
