"""One country and one city out of all the places that a story names, each weighed."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

from crawler.claims.gazetteer import Place

# A city needs _CITY_LEAST in all and _CITY_LEAD over the next one of its country.
_CITY_LEAST = 1.8
_CITY_LEAD = 0.4
_COUNTRY_LEAST = 0.05
_BESIDE = -1.5         # weight from which a town beside the project tells its land
_CITY = 15_000         # people from which a name is its city's rather than its county's
_AROUND = 45.0         # km: a second town this near is told as well (a suburb and its city)
_NEAR = 15.0           # km around the site within which another town is still its neighbourhood
_SENTENCE = 120        # characters within which an unlisted quarter and its town are named together


@dataclass(frozen=True, slots=True)
class Mention:
    """A place as named once. `title`: it stands in the title, else in the body; offsets are of that text."""

    place: Place
    title: bool
    first: int
    last: int
    start: int
    end: int
    printed: str
    weight: float
    bracket: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """The project's place; each part with the mention that shows it best (None: not said). `beside`: the best mention
    of a second town nearby, a suburb and its city being told as one place."""

    country: str | None = None
    country_mention: Mention | None = None
    city: Place | None = None
    city_mention: Mention | None = None
    beside: Mention | None = None

    @property
    def towns(self) -> tuple[Place, ...]:
        """The towns that the project stands in: none, one, or a suburb and its city."""
        return tuple(town for town in (self.city, self.beside.place if self.beside else None) if town is not None)


def choose(mentions: list[Mention]) -> Site:
    """The country that weighs most, and its city that does, if it leads clearly."""
    cities: dict[Place, list[Mention]] = defaultdict(list)
    countries: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.place.kind == "p":
            cities[mention.place].append(mention)
        countries[mention.place.country].append(mention)
    _join(cities)
    score = {city: _total(found) for city, found in cities.items()}
    weight: dict[str, float] = {}
    for country, found in countries.items():
        said = sum(max(m.weight, 0) for m in found if m.place.kind != "p")
        best = max((score.get(m.place, 0.0) for m in found if m.place.kind == "p"), default=0.0)
        weight[country] = min(said, 6.0) + max(best, 0.0)
    weight.pop("", None)
    country = max(weight, key=lambda c: weight[c], default="")
    if weight.get(country, 0.0) < _COUNTRY_LEAST:  # nothing says where it is: the land of what is told beside it
        lands = {m.place.country for m in mentions if m.place.kind == "p" and m.place.known and m.weight > _BESIDE}
        country = lands.pop() if len(lands) == 1 else ""
    inside = sorted((c for c in score if c.country in (country, "")), key=lambda c: -score[c])
    city = inside[0] if inside and score[inside[0]] >= _CITY_LEAST else None
    # the county of Durham, unless its town is a city
    regions = {(m.title, m.first) for m in countries[country] if m.place.kind == "r"}
    towns = (c for c in inside[1:] if c.known or c.population > _CITY
             or any((m.title, m.first) not in regions for m in cities[c]))
    around = [c for c in towns if city and _belongs(city, c, cities, score)]
    # of a quarter, its suburb and the city around both: the city
    beside = max((c for c in around if c == around[0] or distance(c, around[0]) <= _AROUND),
                 key=lambda c: c.population, default=None)
    rival = next((c for c in inside[1:] if c != beside), None)
    if city and rival and score[city] - score[rival] < _CITY_LEAD:
        headed = [place for place in (city, rival) if any(m.title and m.weight > 0 for m in cities[place])]
        beside = beside if headed == [city] else None
        city = headed[0] if len(headed) == 1 else None  # the headline says which
    found = countries[country]
    named = [m for m in found if m.place.kind != "p"] or found
    return Site(country or None, _best(named) if country else None, city, _best(cities[city]) if city else None,
                _best(cities[beside]) if beside else None)


_HARDLY = 0.9  # what the town of an unlisted quarter must weigh


def _belongs(city: Place, other: Place, cities: dict[Place, list[Mention]], score: dict[Place, float]) -> bool:
    """Is `other` told as the place of `city`, too: a suburb and its city, a quarter that no list holds and the town?"""
    if city.latitude is None or other.latitude is None:  # one is on no list: the town that its sentence names
        near = [abs(m.start - n.start) for m in cities[city] for n in cities[other]
                if m.title == n.title and not (m.bracket or n.bracket)]
        return min(near, default=999) < _SENTENCE and max(m.weight for m in cities[other]) > _HARDLY
    return score[other] >= _CITY_LEAST and distance(city, other) <= _AROUND


def distance(one: Place, other: Place) -> float:
    """Kilometres between two places; infinite where one is unlisted."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return math.inf
    north = (one.latitude - other.latitude) * 111.2
    east = (one.longitude - other.longitude) * 111.2 * math.cos(math.radians(one.latitude))
    return math.hypot(north, east)


def near(one: Place, other: Place) -> bool | None:
    """Is it the same town or one of its neighbourhood? None where nobody knows, one being unlisted."""
    far = distance(one, other)
    return None if math.isinf(far) else far <= _NEAR


def _join(cities: dict[Place, list[Mention]]) -> None:
    """Give the mentions of a short form to the full name that begins with it (Talavera, Talavera de la Reina)."""
    for short in sorted(cities, key=lambda place: len(place.name)):
        if short.known:
            continue
        long = next((p for p in cities if p.name.startswith((short.name + " ", short.name + "-"))
                     and p.country in ("", short.country)), None)
        if long is not None:
            cities[long] += cities.pop(short)


def _total(found: list[Mention]) -> float:
    """The best mention counts whole, the others a little: ten mentions of a suburb do not beat the headline."""
    weights = sorted((m.weight for m in found), reverse=True)
    return weights[0] + sum(0.3 * max(w, -1.0) for w in weights[1:4])


def _best(found: list[Mention]) -> Mention:
    """The mention to quote: in the body if there is one, the weightiest, the first."""
    most = max(m.weight for m in found)
    return max(found, key=lambda m: (not m.title, m.weight > most - 2, len(m.printed), m.weight, -m.start))

