"""The projects of a whole set of articles: what the end of a run, a rebuild and an audit settle.

Main subjects first: the copies of one story together, then story by story, surest pairs first. Subjects that are
only mentioned come after; they link where they fit strongly, and found a project only where a name or an
organisation and a place are known. The result does not depend on the order given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from crawler.linking.choose import BY_A_PERSON, LINKED, NEW, REVIEW, Decision, choose_project
from crawler.linking.clusters import Unit, join, rarity_of
from crawler.linking.constraints import NO_CONSTRAINTS, Constraints
from crawler.linking.profile import WORTH, Profile, combine, keys
from crawler.linking.rules import LinkRules
from crawler.linking.score import Rarity, score


@dataclass(frozen=True, slots=True)
class ArticleProfile:
    """One article's subjects: (role, profile) each, at most one `main`.

    `url`: canonical, settles equal dates. `pinned`: the project a person put its main subject in.
    """

    article_id: int
    url: str
    published: str | None
    subjects: tuple[tuple[str, Profile], ...]
    story_id: int | None = None
    pinned: int | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """Subject number `subject` of an article is project number `project` of the result (from 0).

    `decision.project_id` and `decision.runner_up` are such numbers too.
    """

    article_id: int
    subject: int
    role: str
    project: int
    decision: Decision


def assign_among(articles: Sequence[ArticleProfile], known: Mapping[int, Profile], rules: LinkRules,
                 rarity: Rarity | None = None,
                 constraints: Constraints = NO_CONSTRAINTS) -> tuple[list[Assignment], dict[int, int]]:
    """Every subject that is a project, in canonical order of the articles.

    `known`: projects that stay as they are, their profiles without these articles, by id. None of them is joined to
    another. `rarity`: from the tables, if known. `constraints`: what people decided; it counts before all points.
    Also gives the numbers of the result under which the known projects stand, with their ids.
    """
    ordered = sorted((one for one in articles if one.url not in constraints.rejected), key=order_of)
    rarity = rarity or rarity_of([*(one for article in ordered for _, one in article.subjects), *known.values()], rules)
    units, holders = _stories(ordered, constraints)
    units += [Unit((False, "", f"{number:012}"), one, number) for number, one in sorted(known.items())]
    holders += [[] for _ in known]
    decided = _Decided(holders, constraints)
    groups = join(units, rules, rarity, rules.decide.link, same=decided.same, apart=decided.apart,
                  twins=_twins(units, holders, rules, rarity))
    profiles = [combine(units[i].profile for i in group) for group in groups]
    found = _mains(groups, units, holders, profiles, decided, rules, rarity)
    found += _mentions(ordered, found, profiles, constraints, rules, rarity)
    place = {article.article_id: n for n, article in enumerate(ordered)}
    stay = {number: pin for number, group in enumerate(groups)
            if (pin := next((units[i].pin for i in group if not holders[i]), None)) is not None}
    return sorted(found, key=lambda a: (place[a.article_id], a.subject)), stay


def keep_ids(assignments: Sequence[Assignment], current: Mapping[int, int]) -> dict[int, int]:
    """Project number to the id it keeps: that of its earliest article that has one nobody earlier took.

    `current`: article id to the id of its main project so far. Numbers that are missing here are new projects.
    """
    kept: dict[int, int] = {}
    taken: set[int] = set()
    for one in assignments:
        project_id = current.get(one.article_id)
        if one.role == "main" and project_id is not None and one.project not in kept and project_id not in taken:
            kept[one.project] = project_id
            taken.add(project_id)
    return kept


def order_of(article: ArticleProfile) -> tuple[bool, str, str]:
    """The canonical order: dated before undated, by date (what is not known sorts last in it), then by URL."""
    return article.published is None, f"{article.published}~", article.url


# Of all projects that share a key so many are compared.
_COMPARED = 24

Holder = tuple[ArticleProfile, int]


class _Decided:
    """The constraints over units: pairs of their numbers."""

    def __init__(self, holders: Sequence[Sequence[Holder]], constraints: Constraints) -> None:
        units = {article.url: unit for unit, group in enumerate(holders) for article, _ in group}
        self.same = {(unit, units[other]) for url, unit in units.items() for other in constraints.same_as(url)
                     if other in units} if constraints else set()
        self.apart = {(unit, units[other]) for url, unit in units.items() for other in constraints.apart_from(url)
                      if other in units} if constraints else set()
        self._joined = {unit for pair in self.same for unit in pair}

    def joined(self, unit: int) -> bool:
        """Whether a person said where this unit belongs."""
        return unit in self._joined

    def parted(self, one: Iterable[int], other: Iterable[int]) -> bool:
        """Whether a person said that these two groups of units are not one."""
        return bool(self.apart) and any((i, j) in self.apart for i in one for j in other)


def _stories(ordered: Sequence[ArticleProfile],
             constraints: Constraints) -> tuple[list[Unit], list[list[Holder]]]:
    groups: dict[tuple[str, int], list[Holder]] = defaultdict(list)
    in_story: dict[int | None, set[str]] = defaultdict(set)
    for article in ordered if constraints.apart else ():
        in_story[article.story_id].add(article.url)
    for article in ordered:
        # copies of one text that a person parted are no longer taken together
        alone = article.story_id is None or not in_story[article.story_id].isdisjoint(
            constraints.apart_from(article.url))
        for index, (role, _) in enumerate(article.subjects):
            if role == "main":
                key = ("article", article.article_id) if alone else ("story", article.story_id or 0)
                groups[key].append((article, index))
    units = []
    for holders in groups.values():
        pins = sorted(article.pinned for article, _ in holders if article.pinned is not None)
        units.append(Unit(order_of(holders[0][0]), combine(article.subjects[i][1] for article, i in holders),
                          pins[0] if pins else None))
    return units, list(groups.values())


def _twins(units: Sequence[Unit], holders: Sequence[Sequence[Holder]], rules: LinkRules,
           rarity: Rarity) -> dict[int, list[Profile]]:
    """Other projects that a story tells of and that look like its own: the same company's in the same town."""
    found: dict[int, list[Profile]] = {}
    for unit, group in enumerate(holders):
        beside = [one for article, main in group for index, (_, one) in enumerate(article.subjects) if index != main]
        alike = [one for one in beside if one.leads and one.cities
                 and score(one, units[unit].profile, rules, rarity).points >= rules.decide.link]
        if alike:
            found[unit] = alike
    return found


def _mains(groups: Sequence[Sequence[int]], units: Sequence[Unit], holders: Sequence[Sequence[Holder]],
           profiles: Sequence[Profile], decided: _Decided, rules: LinkRules, rarity: Rarity) -> list[Assignment]:
    near = _Index(profiles, rules)
    found = []
    for project, group in enumerate(groups):
        for number, unit in enumerate(group):
            if not holders[unit]:
                continue  # a project that stays as it is
            said = units[unit].profile
            rest = [units[other].profile for other in group if other != unit]
            others = [(score(said, profiles[other], rules, rarity), other) for other in near.of(said)
                      if other != project and not decided.parted(group, groups[other])]
            best = max(others, key=lambda pair: (pair[0].points, -pair[1]), default=None)
            runner_up = best[1] if best and best[0].points > 0 else None
            if rest and decided.joined(unit):
                decision = Decision(LINKED if number else NEW, project, 1.0, (BY_A_PERSON,), runner_up)
            elif rest:
                own = score(said, combine(rest), rules, rarity)
                decision = Decision(LINKED if number else NEW, project, own.value, own.reasons, runner_up)
            elif best and best[0].points >= rules.decide.review:
                decision = Decision(REVIEW, best[1], best[0].value, best[0].reasons, best[1])
            else:
                decision = Decision(NEW, project, best[0].value if best else 0.0,
                                    best[0].reasons if best else (), runner_up)
            found += [Assignment(article.article_id, index, "main", project, decision)
                      for article, index in holders[unit]]
    return found


def _mentions(ordered: Sequence[ArticleProfile], mains: Sequence[Assignment], profiles: Sequence[Profile],
              constraints: Constraints, rules: LinkRules, rarity: Rarity) -> list[Assignment]:
    near = _Index(profiles, rules)
    own: dict[int, set[int]] = defaultdict(set)
    for one in mains:
        own[one.article_id].add(one.project)
    urls = {article.article_id: article.url for article in ordered} if constraints.unmentioned else {}
    main_of = {urls[one.article_id]: one.project for one in mains if one.article_id in urls}
    found: list[Assignment] = []
    left: list[tuple[ArticleProfile, int, Decision]] = []
    for article in ordered:
        barred = frozenset(main_of[url] for url in constraints.unmentioned_by(article.url) if url in main_of)
        for index, (role, said) in enumerate(article.subjects):
            if role == "main" or not said.identified:
                continue
            candidates = [(project, profiles[project]) for project in near.of(said)]
            decision = choose_project(said, candidates, rules, rarity, mentioned=True, barred=barred)
            if decision.kind == LINKED and decision.project_id is not None:
                # its own main project said again is no second project
                if decision.project_id not in own[article.article_id]:
                    own[article.article_id].add(decision.project_id)
                    found.append(Assignment(article.article_id, index, role, decision.project_id, decision))
            elif said.stands_alone:
                left.append((article, index, decision))
    units = [Unit((*order_of(article), index), article.subjects[index][1]) for article, index, _ in left]
    for number, group in enumerate(join(units, rules, rarity, rules.decide.mention), start=len(profiles)):
        for position, member in enumerate(group):
            article, index, decision = left[member]
            if position:
                alike = score(units[member].profile, units[group[0]].profile, rules, rarity)
                decision = Decision(LINKED, number, alike.value, alike.reasons, decision.project_id)
            if number not in own[article.article_id]:
                own[article.article_id].add(number)
                found.append(Assignment(article.article_id, index, "mentioned", number, decision))
    return found


class _Index:
    """Project numbers by key."""

    def __init__(self, profiles: Sequence[Profile], rules: LinkRules) -> None:
        self._rules = rules
        self._by_key: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, one in enumerate(profiles):
            for key in keys(one, rules):
                self._by_key[key].append(number)

    def of(self, one: Profile) -> list[int]:
        """The projects that share most, at most 24: the worth of a key is spread over all that have it."""
        votes: dict[int, float] = defaultdict(float)
        for key in keys(one, self._rules):
            holders = self._by_key.get(key, ()) if key[0] != "country" else ()
            for number in holders:
                votes[number] += WORTH[key[0]] / (1 + len(holders) / 48)
        return sorted(sorted(votes, key=lambda number: (-votes[number], number))[:_COMPARED])
