"""What people decided about which articles are one project: linking obeys it before it counts any points.

Everything is said by canonical URL, because URLs survive a rebuild from zero while ids and slugs are made anew. To
say something of a project, name articles whose main project it is: merging A and B is one pair (an article of A, an
article of B) for every article of either (or a chain of them); splitting is an `apart` pair of an article that goes
and each that stays, and `same` pairs among those that go; unlinking is an `apart` pair of the article and each other
article of the project, and the same pairs `unmentioned`. The caller resolves decisions that contradict each other: of
two about one pair the later one counts and only it stands here. Who reads table `decisions` (crawler/run.py passes
the result to `Joiner.constraints`) looks slugs up at the time of the decision and stores the URLs beside them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

Pair = tuple[str, str]


@dataclass(frozen=True)
class Constraints:
    """Decisions about main subjects, by canonical URL.

    `same`: the main subjects of both articles are one project, whatever the points say, established or not.
    `apart`: they are never one project, not even as near copies; such a pair is no longer brought up for review. Each
    may still mention the other's project: a story of one hall often names its neighbour.
    `unmentioned`: (article, other): the article does not speak of the other's project at all.
    `rejected`: articles that are about no project; they are linked to none and found none.
    `slugs`: the slug of the project whose main article this is. It wins over the one that would be made, and among
    projects that become one the article that stands here decides which row remains.
    """

    same: frozenset[Pair] = frozenset()
    apart: frozenset[Pair] = frozenset()
    unmentioned: frozenset[Pair] = frozenset()
    rejected: frozenset[str] = frozenset()
    slugs: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, *, same: Iterable[Pair] = (), apart: Iterable[Pair] = (), unmentioned: Iterable[Pair] = (),
           rejected: Iterable[str] = (), slugs: Mapping[str, str] | None = None) -> Constraints:
        """From any iterables."""
        return cls(frozenset(same), frozenset(apart), frozenset(unmentioned), frozenset(rejected), dict(slugs or {}))

    def __bool__(self) -> bool:
        return bool(self.same or self.apart or self.unmentioned or self.rejected or self.slugs)

    def same_as(self, url: str) -> frozenset[str]:
        """All URLs that must share the project of `url`, over any number of steps; without itself."""
        return self._same.get(url, frozenset()) - {url}

    def apart_from(self, url: str) -> frozenset[str]:
        """URLs whose project `url` must not be in: its own pairs and those of all that must be with it."""
        group = self._same.get(url, frozenset({url}))
        barred = {other for one in group for other in self._apart.get(one, ())}
        return frozenset(far for other in barred for far in self._same.get(other, frozenset({other})))

    def unmentioned_by(self, url: str) -> frozenset[str]:
        """URLs whose projects the article at `url` does not mention, by a person's word."""
        return frozenset(far for other in self._unmentioned.get(url, ())
                         for far in self._same.get(other, frozenset({other})))

    @cached_property
    def _unmentioned(self) -> dict[str, set[str]]:
        silent: dict[str, set[str]] = defaultdict(set)
        for url, other in self.unmentioned:
            silent[url].add(other)
        return silent

    @cached_property
    def _same(self) -> dict[str, frozenset[str]]:
        near: dict[str, set[str]] = defaultdict(set)
        for a, b in self.same:
            near[a].add(b)
            near[b].add(a)
        groups: dict[str, frozenset[str]] = {}
        for start in near:
            if start in groups:
                continue
            group, left = {start}, [start]
            while left:
                fresh = near[left.pop()] - group
                group |= fresh
                left += fresh
            groups |= dict.fromkeys(group, frozenset(group))
        return groups

    @cached_property
    def _apart(self) -> dict[str, set[str]]:
        barred: dict[str, set[str]] = defaultdict(set)
        for a, b in self.apart:
            barred[a].add(b)
            barred[b].add(a)
        return barred


NO_CONSTRAINTS = Constraints()
