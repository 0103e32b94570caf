"""Join profiles into projects, surest pairs first: a function of the set, whatever the order it comes in."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from crawler.linking.profile import WORTH, Profile, combine, keys
from crawler.linking.rules import LinkRules
from crawler.linking.score import Rarity, score

# A key that more profiles than this share says too little to compare all of them pairwise.
_TOO_COMMON = 400
# Each profile is compared with so many that share most with it.
_COMPARED = 40


NO_TWINS: Mapping[int, Sequence[Profile]] = {}


@dataclass(frozen=True, slots=True)
class Unit:
    """What is joined as one: a story, or one mention. `pin`: the project a person put it in, None for most."""

    order: tuple[Hashable, ...]
    profile: Profile
    pin: int | None = None


def rarity_of(profiles: Sequence[Profile], rules: LinkRules) -> Rarity:
    """How many places each organisation and name stands with, as a stand-in for projects that are not joined yet."""
    places: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in profiles:
        place = (one.cities or one.countries or (("", 1),))[0][0]
        for kind, key in keys(one, rules):
            if kind in ("org", "name"):
                places[kind, key].add(place)
    return Rarity({key: len(found) for key, found in places.items()})


def join(units: Sequence[Unit], rules: LinkRules, rarity: Rarity, link: float, *,
         same: Iterable[tuple[int, int]] = (), apart: Iterable[tuple[int, int]] = (),
         twins: Mapping[int, Sequence[Profile]] = NO_TWINS) -> list[list[int]]:
    """Groups of indexes of `units` that are one project, each from `link` points on, surest pairs first.

    A profile that fits two projects about as well, which do not fit each other, joins neither. `same`, `apart`: pairs
    of indexes that a person joined or parted; `same` holds over pins, and over `apart` where they contradict. `twins`:
    other projects that a unit tells of beside its own and that look like it; who fits one as well joins neither.
    """
    return _Joining(units, rules, rarity, link, same, apart, twins).run()


class _Joining:
    def __init__(self, units: Sequence[Unit], rules: LinkRules, rarity: Rarity, link: float,
                 same: Iterable[tuple[int, int]], apart: Iterable[tuple[int, int]],
                 twins: Mapping[int, Sequence[Profile]]) -> None:
        self._twins = twins
        self._rules, self._rarity, self._link = rules, rarity, link
        self._order = sorted(range(len(units)), key=lambda i: units[i].order)
        self._members = {rank: [i] for rank, i in enumerate(self._order)}
        self._profile = {rank: units[i].profile for rank, i in enumerate(self._order)}
        self._pin = {rank: units[i].pin for rank, i in enumerate(self._order)}
        self._near: dict[int, dict[int, float]] = {rank: {} for rank in self._members}
        self._next = len(units)
        self._heap: list[tuple[float, int, int]] = []
        self._same = sorted(same)
        self._apart: dict[int, set[int]] = defaultdict(set)
        for i, j in apart:
            self._apart[i].add(j)
            self._apart[j].add(i)

    def run(self) -> list[list[int]]:
        self._join_pinned()
        self._compare_all()
        self._merge_all()
        rank = {i: place for place, i in enumerate(self._order)}
        groups = [sorted(members, key=rank.__getitem__) for members in self._members.values()]
        return sorted(groups, key=lambda group: rank[group[0]])

    def _join_pinned(self) -> None:
        rank_of = {i: rank for rank, i in enumerate(self._order)}
        root = list(range(len(self._order)))

        def first_of(rank: int) -> int:
            while root[rank] != rank:
                root[rank] = rank = root[root[rank]]
            return rank

        pinned: dict[int, int] = {}
        pairs = [(pinned.setdefault(pin, rank), rank) for rank, pin in self._pin.items() if pin is not None]
        for a, b in [*pairs, *((rank_of[i], rank_of[j]) for i, j in self._same)]:
            first, second = sorted((first_of(a), first_of(b)))
            root[second] = first
        groups: dict[int, list[int]] = defaultdict(list)
        for rank in range(len(root)):
            groups[first_of(rank)].append(rank)
        for first, ranks in groups.items():
            for other in ranks[1:]:
                self._members[first] += self._members.pop(other)
                if self._pin[first] is None:
                    self._pin[first] = self._pin[other]
            if len(ranks) > 1:
                self._profile[first] = combine(self._profile[rank] for rank in ranks)

    def _compare_all(self) -> None:
        by_key: dict[tuple[str, str], list[int]] = defaultdict(list)
        for rank in self._members:
            for key in keys(self._profile[rank], self._rules):
                if key[0] != "country":
                    by_key[key].append(rank)
        votes: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
        for key, ranks in by_key.items():
            worth = WORTH[key[0]] / (1 + len(ranks) / 48)
            free = [rank for rank in ranks if self._pin[rank] is None] if len(ranks) <= _TOO_COMMON else ()
            for a in free:  # two that stay as they are need no comparing
                for b in ranks:
                    if a != b:
                        votes[a][b] += worth
        pairs = {(min(a, b), max(a, b)) for a, near in votes.items()
                 for b in sorted(near, key=lambda b: (-near[b], b))[:_COMPARED]}
        for a, b in sorted(pairs):
            self._compare(a, b)

    def _compare(self, a: int, b: int) -> None:
        pins = self._pin.get(a), self._pin.get(b)
        if (None not in pins and pins[0] != pins[1]) or self._parted(a, b):
            return
        points = score(self._profile[a], self._profile[b], self._rules, self._rarity).points
        if points >= self._rules.decide.review:
            self._near[a][b] = self._near[b][a] = points
            if points >= self._link:
                heapq.heappush(self._heap, (-points, min(a, b), max(a, b)))

    def _parted(self, a: int, b: int) -> bool:
        return bool(self._apart) and any(not self._apart[i].isdisjoint(self._members[b])
                                         for i in self._members[a] if i in self._apart)

    def _merge_all(self) -> None:
        while self._heap:
            minus, a, b = heapq.heappop(self._heap)
            if a not in self._members or b not in self._members:
                continue
            if self._torn(a, b, -minus) or self._torn(b, a, -minus):
                continue
            self._merge(a, b)

    def _torn(self, one: int, other: int, points: float) -> bool:
        """`one` fits a third as well as `other`, and those two do not fit each other."""
        margin = self._rules.decide.margin
        if self._twins and not any(member in self._twins for member in self._members[one]) and any(
                score(self._profile[one], twin, self._rules, self._rarity).points > points - margin
                for member in self._members[other] for twin in self._twins.get(member, ())):
            return True
        return any(near > points - margin and third != other
                   and score(self._profile[other], self._profile[third], self._rules,
                             self._rarity).points < self._rules.decide.apart
                   for third, near in self._near[one].items())

    def _merge(self, a: int, b: int) -> None:
        new, self._next = self._next, self._next + 1
        self._members[new] = self._members.pop(a) + self._members.pop(b)
        self._profile[new] = combine((self._profile.pop(a), self._profile.pop(b)))
        self._pin[new] = self._pin.pop(a) if self._pin.get(a) is not None else self._pin.get(b)
        around = (set(self._near.pop(a)) | set(self._near.pop(b))) - {a, b}
        self._near[new] = {}
        for third in sorted(around):
            self._near[third].pop(a, None)
            self._near[third].pop(b, None)
            self._compare(new, third)
        if around:
            self._reopen(around)

    def _reopen(self, ranks: set[int]) -> None:
        # a pair that was held back may be clear now that its rival has joined
        for rank in sorted(ranks):
            for other, points in self._near[rank].items():
                if points >= self._link:
                    heapq.heappush(self._heap, (-points, min(rank, other), max(rank, other)))

