"""The end of a run: stories and projects as if all articles had arrived in the order of their dates.

What is linked while a crawl runs depends on what was there at that moment. Here the same decisions are taken again
over all that the new articles can touch at once, so that the result does not depend on the order of arrival; ids and
slugs stay where they can.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Engine

from crawler.claims.claim import Claims
from crawler.curation.constraints import constraints_of
from crawler.grouping import settle_stories
from crawler.joining import candidates_for, make_project
from crawler.linking import LINKED, Profile, Rarity, combine, keys, score
from crawler.linking.assign import ArticleProfile, Assignment, assign_among, keep_ids
from crawler.linking.kept import compared, unpack, without
from crawler.linking.status import years_before
from crawler.records import claim_row, now, said_of
from crawler.refreshing import Joiner, profile_of, refresh_projects
from storage import articles, claims, projects, signatures, slugs, subjects, unsettled
from storage import profiles as stored
from storage.engine import writing

# A project told by so many stories is never merged into another by itself, only by a person or a `reprocess`.
_ESTABLISHED = 3
# Up to so many articles everything is settled; beyond, only what the new articles can touch.
_SETTLE_ALL = 2000
# Where a key stands in more projects than this its weight no longer falls.
_COUNTED = 17


@dataclass(frozen=True, slots=True)
class Settled:
    """How many articles were looked at, and how many changed their story or a project."""

    articles: int
    stories_changed: int
    projects_changed: int


def settle(engine: Engine, joiner: Joiner, new: Collection[int] | None = None, *, copies: bool = True) -> Settled:
    """Settle what the articles `new`, and those that a killed run left, can touch (None: everything), in one
    transaction.

    The decisions of people are read here, so that one which was made during a run is obeyed at its end. `copies` off
    leaves the stories as they are: a decision about projects changes none.
    """
    with writing(engine) as conn:
        _age(conn, joiner)
        waiting = unsettled.waiting(conn)
        if new is not None and not new and not waiting:
            return Settled(0, 0, 0)
        if not joiner.constraints:
            joiner = replace(joiner, constraints=constraints_of(conn))
        fresh = waiting | set(new or ())
        every = set(articles.all_ids(conn)) if new is None or articles.count(conn) <= _SETTLE_ALL else None
        placed, moved = fresh, set[int]()
        if copies:
            placed, moved = settle_stories(conn, fresh if every is None else every, joiner.rules)
        scope = _Scope(conn, joiner, fresh | moved, everything=every is not None, rebuilt=new is None)
        unsettled.settled(conn, waiting)
        return Settled(len(placed | scope.pool), len(moved), _projects(conn, scope, moved, joiner))


def _age(conn: Connection, joiner: Joiner) -> None:
    """Let statuses follow from silence, also of projects that nothing new touches."""
    rules = joiner.rules.row
    refresh_projects(conn, projects.silent(
        conn, suspended=years_before(joiner.today, rules.suspended_after_years),
        cancelled=years_before(joiner.today, rules.cancelled_after_years)), joiner)


class _Scope:
    """What is decided again: `pool`, the articles; and `stay`, the projects beside them that only take part.

    Projects that enough stories told before the run stay; the others near a fresh article are opened, which gives
    their articles back to the pool. Everything far away is not even read.
    """

    def __init__(self, conn: Connection, joiner: Joiner, fresh: Collection[int], *, everything: bool,
                 rebuilt: bool) -> None:
        self.fresh = frozenset(fresh)
        rules = joiner.rules
        near = set(projects.all_ids(conn)) if everything else _near(conn, self.fresh, joiner)
        stay = set() if rebuilt else {one for one in near if projects.is_told_by(conn, one, _ESTABLISHED, self.fresh)}
        self.pool = self.fresh | projects.linked_to(conn, near - stay)
        if rebuilt:
            self.pool |= set(articles.all_ids(conn))
        self.before = projects.links_of(conn, self.pool)
        self.pins: dict[int, int] = {}
        for number in self.pool - self.fresh:
            main = _main_of(self.before.get(number, ()))
            if main is not None and (main in stay or main not in near):
                self.pins[number] = main
        self.rows = signatures.light(conn, self.pool)
        self.said = {number: said_of(found) for number, found in subjects.of_articles(conn, self.pool).items()}
        self.profiles = [ArticleProfile(
            number, row["canonical_url"], row["published_at"], story_id=row["story_id"], pinned=self.pins.get(number),
            subjects=tuple((subject.role, profile_of(self.said[number], index, row["title"], rules))
                           for index, subject in enumerate(self.said[number].subjects)))
            for number, row in self.rows.items() if number in self.said]
        self.stay = self._kept(conn, stay | set(self.pins.values()))
        self.rarity = None if everything else Rarity({
            key: len(ids) for key, ids in stored.holders(conn, {
                key for one in self.profiles for _, said in one.subjects for key in keys(said, rules)
                if key[0] in ("org", "name")}, most=_COUNTED).items()})

    def _kept(self, conn: Connection, ids: Collection[int]) -> dict[int, Profile]:
        """The profiles of projects that stay, without what the pool says of them."""
        own: dict[int, list[Profile]] = defaultdict(list)
        for one in self.profiles:
            for link in self.before.get(one.article_id, ()):
                if link["project_id"] in ids and (link["subject"] or 0) < len(one.subjects):
                    own[link["project_id"]].append(one.subjects[link["subject"] or 0][1])
        kept = {}
        for project, body in stored.load(conn, ids).items():
            left = without(unpack(body), combine(own[project])) if own[project] else unpack(body)
            if left.articles > 0:
                kept[project] = compared(left)
        return kept


def _near(conn: Connection, fresh: Collection[int], joiner: Joiner) -> set[int]:
    """The projects that a subject of these articles may be, and those that they are linked to."""
    found = {link["project_id"] for links in projects.links_of(conn, fresh).values() for link in links}
    rows = signatures.light(conn, fresh)
    for number, told in subjects.of_articles(conn, fresh).items():
        said = said_of(told)
        for index in range(len(said.subjects)):
            one = profile_of(said, index, rows[number]["title"], joiner.rules)
            candidates, rarity = candidates_for(conn, one, joiner)
            found.update(project for project, other in candidates
                         if score(one, other, joiner.rules, rarity).points >= joiner.rules.decide.apart)
    return found


def _main_of(links: Iterable[Mapping[str, Any]]) -> int | None:
    return next((link["project_id"] for link in links if link["role"] == "main"), None)


def _projects(conn: Connection, scope: _Scope, moved: Collection[int], joiner: Joiner) -> int:
    assignments, stay = assign_among(scope.profiles, scope.stay, joiner.rules, scope.rarity, joiner.constraints)
    ids = _ids(conn, assignments, stay, scope, joiner)
    by_article: dict[int, list[Assignment]] = defaultdict(list)
    for assignment in assignments:
        by_article[assignment.article_id].append(assignment)
    touched: set[int] = set()
    shown: set[int] = set()
    changed = 0
    for number in scope.rows:
        had = scope.before.get(number, [])
        wanted = [_link(number, a, ids) for a in by_article[number]]
        places = {(link["project_id"], link["role"], link["subject"]) for link in wanted}
        places_before = {(link["project_id"], link["role"], link["subject"]) for link in had}
        if number in scope.fresh or number in moved:
            shown.update(project for project, _, _ in places | places_before)
        if sorted(wanted, key=_by_project) != sorted(had, key=_by_project):
            projects.unlink(conn, number)
            projects.add_links(conn, wanted)
        if places != places_before:
            changed += {place[:2] for place in places} != {place[:2] for place in places_before}
            touched.update(project for project, _, _ in places | places_before)
            said = scope.said.get(number, Claims())
            place = {a.subject: ids[a.project] for a in by_article[number]}
            claims.replace(conn, number, [claim_row(c, place[c.subject]) for c in said.claims if c.subject in place])
    refresh_projects(conn, touched, joiner)
    refresh_projects(conn, shown - touched, joiner, learnt=False)
    return changed


def _by_project(link: Mapping[str, Any]) -> int:
    return int(link["project_id"])


def _link(number: int, one: Assignment, ids: Mapping[int, int]) -> dict[str, Any]:
    """A row of `article_projects`; of a review the runner-up is the project to compare with."""
    decision, project = one.decision, ids[one.project]
    other = decision.runner_up
    if decision.kind != LINKED and decision.project_id is not None:
        other = decision.project_id
    runner_up = ids.get(other) if other is not None else None
    return {"article_id": number, "project_id": project, "role": one.role, "score": decision.score,
            "reasons": list(decision.reasons), "runner_up": runner_up if runner_up != project else None,
            "decision": decision.kind, "subject": one.subject}


def _ids(conn: Connection, assignments: Sequence[Assignment], stay: Mapping[int, int], scope: _Scope,
         joiner: Joiner) -> dict[int, int]:
    """Project number to id: that of the slug which people gave it, the one it had, else a new row."""
    main = {article: project for article, links in scope.before.items()
            if (project := _main_of(links)) is not None and project not in stay.values()}
    named = {number: slug for number, slug in _slugs(assignments, scope.rows, joiner).items() if number not in stay}
    held = {number: row["id"] for number, slug in named.items() if (row := projects.get(conn, slug)) is not None
            and row["id"] not in stay.values()}
    left = {article: project for article, project in main.items() if project not in held.values()}
    free = [one for one in assignments if one.project not in held and one.project not in stay]
    ids = {**keep_ids(free, left), **held, **stay}
    taken = set(ids.values())
    for one in assignments:
        if one.project in ids:
            continue
        old = next((link["project_id"] for link in scope.before.get(one.article_id, ())
                    if link["role"] == one.role and link["project_id"] not in taken), None)
        if old is None:
            said = scope.said[one.article_id]
            own = [c for c in said.claims if c.subject == one.subject]
            title = scope.rows[one.article_id]["title"] if one.role == "main" else None
            url = scope.rows[one.article_id]["canonical_url"]
            old = make_project(conn, said.subjects[one.subject], own, title, joiner.rules, url)
        ids[one.project] = old
        taken.add(old)
    for number, slug in named.items():
        slugs.adopt(conn, ids[number], slug, at=now())
    return ids


def _slugs(assignments: Sequence[Assignment], rows: Mapping[int, Mapping[str, Any]], joiner: Joiner) -> dict[int, str]:
    """Project number to the slug under which people decided about it: that of most of its main articles."""
    tally: dict[int, Counter[str]] = defaultdict(Counter)
    for one in assignments:
        slug = joiner.constraints.slugs.get(rows[one.article_id]["canonical_url"]) if one.role == "main" else None
        if slug is not None:
            tally[one.project][slug] += 1
    named: dict[int, str] = {}
    ranked = ((-votes, number, slug) for number, counted in tally.items() for slug, votes in counted.items())
    for _, number, slug in sorted(ranked):
        if number not in named and slug not in named.values():
            named[number] = slug
    return named
