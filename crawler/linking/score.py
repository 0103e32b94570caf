"""How likely two profiles are one project, in points with reasons. Names and place identify, numbers support."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from crawler.linking.letters import script_of
from crawler.linking.names import differ_in_series, distinctive, same_name, shape_key
from crawler.linking.profile import Counted, Profile
from crawler.linking.rules import LinkRules

_EARTH_KM = 6371.0
# From so many articles on it counts in which share of them an organisation is; up to this it is only named beside.
_MANY = 3
_BESIDE = 0.5


@dataclass(frozen=True)
class Rarity:
    """In how many projects a key (profile.keys) stands: what is in many says little about one.

    `counts`: (kind, key) to number of projects; keys that are not there count as rare.
    """

    counts: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def weight(self, kind: str, key: str) -> float:
        """1 for up to two projects, then falling to 0.25."""
        projects = self.counts.get((kind, key), 1)
        return 1.0 if projects <= 2 else max(0.25, 1.0 / math.log2(projects))


NO_RARITY = Rarity()


@dataclass(frozen=True, slots=True)
class Score:
    """`value`: 0 to 1, 0.5 where links begin; `points`: the sum behind it; `reasons`: "city: tetouan (+3)"."""

    value: float
    points: float
    reasons: tuple[str, ...]


def score(a: Profile, b: Profile, rules: LinkRules, rarity: Rarity = NO_RARITY) -> Score:
    """Whether `a` and `b` speak of one project. The same for (b, a)."""
    tally = _Tally()
    points = rules.points
    _country(tally, a, b, rules)
    city = _city(tally, a, b, rules)
    lead = _organizations(tally, a, b, rules, rarity)
    if lead and not a.cities and not b.cities and tally.has("country"):
        tally.add("no_place", points.no_place, "neither names a place in the country")
    name = _names(tally, a, b, rules, rarity)
    known = city or name or tally.has("organization")
    conflict = tally.has("lead_conflict") or tally.has("name_conflict") or tally.has("series_conflict")
    if city and not (name or conflict or tally.has("organization")) and _own(a, rules) and _own(b, rules):
        tally.add("strangers", points.strangers, f"{_called(a)} / {_called(b)}" if _called(a) <= _called(b)
                  else f"{_called(b)} / {_called(a)}")
    _numbers(tally, a, b, rules, points.numbers_at_most if known else points.numbers_alone)
    return Score(round(1 / (1 + math.exp(rules.decide.link - tally.points)), 4), round(tally.points, 3),
                 tuple(tally.reasons))


class _Tally:
    def __init__(self) -> None:
        self.points = 0.0
        self.reasons: list[str] = []
        self._seen: set[str] = set()

    def add(self, what: str, points: float, detail: str) -> None:
        if points:
            self.points += points
            self._seen.add(what)
            self.reasons.append(f"{what.replace('_', ' ')}: {detail} ({points:+.2g})")

    def has(self, what: str) -> bool:
        return what in self._seen


def _country(tally: _Tally, a: Profile, b: Profile, rules: LinkRules) -> None:
    if not a.countries or not b.countries:
        return
    both = _shared(a.countries, b.countries)
    if both:
        tally.add("country", rules.points.country, both[0])
    else:
        tally.add("country_conflict", rules.points.country_conflict, f"{a.countries[0][0]}, {b.countries[0][0]}")


def _city(tally: _Tally, a: Profile, b: Profile, rules: LinkRules) -> bool:
    if not a.cities or not b.cities:
        return False
    best = max(((same_name(x, y, "city", rules), x, y) for x, _ in a.cities for y, _ in b.cities),
               key=lambda found: (found[0], found[1], found[2]))
    if best[0]:
        tally.add("city", rules.points.city, min(best[1], best[2]))
        return True
    apart = min((_kilometres(p, q) for p in a.points for q in b.points), default=None)
    names = " / ".join(sorted((a.cities[0][0], b.cities[0][0])))
    if apart is not None and apart < 60:
        tally.add("city_near", rules.points.city_near if apart >= 15 else 0, f"{names}, {apart:.0f} km")
    else:
        tally.add("city_conflict", rules.points.city_conflict, names)
    return False


def _organizations(tally: _Tally, a: Profile, b: Profile, rules: LinkRules, rarity: Rarity) -> bool:
    shared = sorted(_matches(a, b, rules, rarity), reverse=True)
    if not shared:
        shared = sorted({*_headlined(a, b, rules, rarity), *_headlined(b, a, rules, rarity)}, reverse=True)[:1]
        if shared:
            tally.add("organization", rules.points.organization * shared[0][0], f"{shared[0][1]}, in the headline")
            return False
    if not a.organizations or not b.organizations:
        return False
    lead = any(same_name(x, y, "org", rules) for x, _ in a.leads for y, _ in b.leads)
    if not lead:
        mine, other = _leader(a), _leader(b)
        if _strangers(a, b, bool(shared), rules):
            same_script = script_of(mine) == script_of(other)
            tally.add("lead_conflict",
                      rules.points.lead_conflict if same_script else rules.points.lead_conflict_scripts,
                      " / ".join(sorted((mine, other))))
    if shared:
        tally.add("organization", rules.points.organization * shared[0][0], shared[0][1])
    if len(shared) > 1:
        tally.add("more_organizations", rules.points.more_organizations * shared[1][0], shared[1][1])
    if lead:
        tally.add("lead", rules.points.lead, _leader(a) if _leader(a) <= _leader(b) else _leader(b))
    return lead


def _own(one: Profile, rules: LinkRules) -> bool:
    return bool(one.leads) or any(_tells(name, one, rules) for name, _ in one.names)


def _tells(name: str, one: Profile, rules: LinkRules) -> bool:
    """A name of more than common words and the city's own ("Sines DC" says no more than Sines)."""
    city = {word for place, _ in one.cities for word in place.split()}
    return any(word not in city for word in distinctive(name, "name", rules))


def _called(one: Profile) -> str:
    return (one.names or one.leads)[0][0]


def _leader(one: Profile) -> str:
    return one.leads[0][0] if one.leads else one.organizations[0][0]


def _strangers(a: Profile, b: Profile, shared: bool, rules: LinkRules) -> bool:
    """Others lead in each, and neither leader is named in the other."""
    if a.leads and b.leads:
        return not _named(a.leads, b, rules) and not _named(b.leads, a, rules)
    mine, other = _leader(a), _leader(b)
    if rules.is_public(mine) and rules.is_public(other) and script_of(mine) != script_of(other):
        return False  # public bodies are translated, not spelt: nothing can be said
    return not shared


def _named(leads: Counted, other: Profile, rules: LinkRules) -> bool:
    """A leader is at work in the other, too. Not a chip maker: those are everybody's partners; nor a rival that few
    of many articles name beside it."""
    return any(x not in rules.suppliers and _part(count, other) > _BESIDE and same_name(x, y, "org", rules)
               for x, _ in leads for y, count in other.organizations)


def _matches(a: Profile, b: Profile, rules: LinkRules, rarity: Rarity) -> Iterable[tuple[float, str]]:
    """(weight, name) of each organisation that both have: "MTN" and "MTN Nigeria" are one."""
    pairs = [(alike * min(_weight(x, rules, rarity), _weight(y, rules, rarity), _part(m, a), _part(n, b)),
              min(x, y), x, y)
             for x, m in a.organizations for y, n in b.organizations if (alike := same_name(x, y, "org", rules))]
    found: list[tuple[float, str, str, str]] = []
    for pair in sorted(pairs, key=lambda pair: (-pair[0], pair[1:])):
        if not any(same_name(one, other, "org", rules) for known in found for one in pair[2:] for other in known[2:]):
            found.append(pair)
    return [pair[:2] for pair in found]


def _headlined(one: Profile, other: Profile, rules: LinkRules, rarity: Rarity) -> Iterable[tuple[float, str]]:
    """Who leads `one` and stands in a headline of `other`, where nobody was read as an organisation: its name may be
    known from `one` alone."""
    for name, _ in one.leads:
        told = " ".join(distinctive(name, "org", rules))
        if len(told) >= 4 and any(f" {told} " in f" {title} " for title, _ in other.titles):
            yield 0.8 * _weight(name, rules, rarity), name


def _part(count: int, one: Profile) -> float:
    """1 for who is in half of a project's articles; less for who is only named beside it in a few of many."""
    return 1.0 if one.articles < _MANY else min(1.0, 2 * count / one.articles)


def _weight(name: str, rules: LinkRules, rarity: Rarity) -> float:
    return min(rules.weight_of(name), rarity.weight("org", shape_key(name, "org", rules)))


def _names(tally: _Tally, a: Profile, b: Profile, rules: LinkRules, rarity: Rarity) -> bool:
    if not a.names or not b.names:
        return False
    pairs = [(same_name(x, y, "name", rules) * min(rarity.weight("name", shape_key(n, "name", rules)) for n in (x, y)),
              x, y) for x, _ in a.names for y, _ in b.names]
    own = [p for p in pairs if _tells(p[1], a, rules) and _tells(p[2], b, rules)]
    best = max(own, default=(0.0, "", ""))
    if best[0]:
        # Where others lead and no city agrees, it may be a programme or a term of law rather than a name.
        sure = 0.5 if tally.has("lead_conflict") and not tally.has("city") else 1.0
        tally.add("name", rules.points.name * best[0] * sure, min(best[1], best[2]))
        return True
    generic = max(pairs)
    if generic[0] and tally.has("country"):
        tally.add("generic_name", rules.points.generic_name, min(generic[1], generic[2]))
        return True
    series = next((p for p in pairs if differ_in_series(p[1], p[2], rules)), None)
    if series:
        tally.add("series_conflict", rules.points.series_conflict, " / ".join(sorted(series[1:])))
    elif own and all(script_of(x) == script_of(y) for _, x, y in own):
        tally.add("name_conflict", rules.points.name_conflict, " / ".join(sorted((own[0][1], own[0][2]))))
    return False


def _numbers(tally: _Tally, a: Profile, b: Profile, rules: LinkRules, at_most: float) -> None:
    points, found = rules.points, _Tally()
    both = _shared(a.capacities, b.capacities)
    if both:
        best = max(both, key=lambda mw: (not _round(mw), float(mw)))
        found.add("capacity", points.capacity_round if _round(best) else points.capacity, f"{best} MW")
    elif a.capacities and b.capacities:
        left, right = (max(float(mw) for mw, _ in one.capacities) for one in (a, b))
        if max(left, right) > 3 * min(left, right):
            tally.add("capacity_conflict", points.capacity_conflict, f"{min(left, right):g} / {max(left, right):g} MW")
    for what, left_, right_, worth in (("investment", a.money, b.money, points.investment),
                                       ("area", a.areas, b.areas, points.area)):
        for value in _shared(left_, right_)[:1]:
            found.add(what, worth, value + (" m2" if what == "area" else ""))
    days = _shared(a.dates, b.dates)
    exact = [date for date in days if date.count("-") == 2]
    if exact:
        found.add("date", points.day, exact[0])
    elif any("-" in date for date in days):
        found.add("date", points.quarter, next(date for date in days if "-" in date))
    if found.points > at_most:
        found.reasons.append(f"numbers count at most {at_most:g}")
    tally.points += min(found.points, at_most)
    tally.reasons.extend(found.reasons)


def _round(megawatts: str) -> bool:
    value = float(megawatts)
    return value % 50 == 0 or value in (1, 2, 3, 5, 10, 20, 30, 40)


def _shared(left: Counted, right: Counted) -> list[str]:
    others = dict(right)
    return sorted((key for key, _ in left if key in others), key=lambda key: (-min(dict(left)[key], others[key]), key))


def _kilometres(p: tuple[float, float], q: tuple[float, float]) -> float:
    lat1, lon1, lat2, lon2 = map(math.radians, (*p, *q))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(h))
