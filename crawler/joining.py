"""An article's subjects into projects: the decisions of `crawler.linking` over what is stored.

Every call works inside the caller's transaction and costs about the same however much is stored. The settling at the
end of a run reaches the same result in the order of publication (crawler/settling.py).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from crawler.claims.claim import Claim, Claims, Subject
from crawler.linking import (
    LINKED,
    Decision,
    Fact,
    LinkRules,
    Profile,
    Rarity,
    choose_project,
    combine,
    keys,
    project_name,
    slug_of,
)
from crawler.linking.kept import compared, pack, unpack
from crawler.linking.profile import WORTH
from crawler.placing import FURNITURE_FROM, own_text, place_in_story
from crawler.records import claim_row, subject_rows
from crawler.refreshing import Joiner, Locate, profile_of, refresh_projects
from storage import articles, claims, profiles, projects, subjects, unsettled

__all__ = ["FURNITURE_FROM", "Joined", "Joiner", "Locate", "candidates_for", "link_row", "link_subjects",
           "make_project", "nearest", "own_text", "place_in_story", "refresh_projects"]

# A key that so many projects have is not read to its end; it finds a project only together with its place.
_COMMON = 48
# So many of the likeliest candidates are compared.
_COMPARED = 12
# The shown values of a project with more articles than this wait for the end of the run.
_SHOWN_AT_ONCE = 8


@dataclass(slots=True)
class Joined:
    """The projects of one article by number of subject, and those that were made for it."""

    projects: dict[int, int] = field(default_factory=dict)
    made: list[int] = field(default_factory=list)


def candidates_for(conn: Connection, one: Profile, joiner: Joiner,
                   bodies: dict[int, Mapping[str, Any]] | None = None) -> tuple[list[tuple[int, Profile]], Rarity]:
    """The projects that share most with a profile, and in how many projects each of its keys stands (at most 48).
    Their stored profiles are left in `bodies`."""
    ranked, rarity = nearest(conn, one, joiner)
    loaded = profiles.load(conn, ranked)
    if bodies is not None:
        bodies.update(loaded)
    return [(project, compared(unpack(loaded[project]))) for project in sorted(loaded)], rarity


def nearest(conn: Connection, one: Profile, joiner: Joiner) -> tuple[list[int], Rarity]:
    """The same without their profiles, those that share most first."""
    wanted = keys(one, joiner.rules)
    own = [key for key in wanted if key[0] != "country"]
    held = profiles.holders(conn, own, most=_COMMON)
    votes: dict[int, float] = defaultdict(float)
    for key, ids in held.items():
        worth = WORTH[key[0]] * (0.01 if len(ids) == _COMMON else 1.0 / (1 + len(ids) / _COMMON))
        for project in ids:
            votes[project] += worth
    for place, key in _pairs_of_common(wanted, held):
        for project in profiles.holders_of_both(conn, place, key, most=_COMMON):
            votes[project] += 0.5 * WORTH[key[0]]
    ranked = sorted(votes, key=lambda project: (-votes[project], project))[:_COMPARED]
    return ranked, Rarity({key: len(ids) for key, ids in held.items()})


def _pairs_of_common(wanted: Sequence[tuple[str, str]],
                     held: Mapping[tuple[str, str], list[int]]) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """Keys that are in many projects each, with the place that narrows them down."""
    common = [key for key, ids in held.items() if len(ids) == _COMMON and not key[0].startswith(("city", "number"))]
    if not common:
        return []
    cities = [key for key in wanted if key[0] == "city"]
    # a rare city is read to its end already, a common one narrows down; without any the country does
    places = [key for key in cities if len(held[key]) == _COMMON] if cities else \
        [key for key in wanted if key[0] == "country"]
    common.sort(key=lambda key: -WORTH[key[0]])
    return [(place, key) for place in places[:1] for key in common[:6]]


def link_subjects(conn: Connection, article: Mapping[str, Any], said: Claims, joiner: Joiner, *,
                  copied: int | None = None, fresh: bool = False) -> Joined:
    """Give every subject of an article its project, and store the claims under it.

    `article`: its row; `copied`: the story that it joined as a copy; `fresh`: it was not there before.
    """
    article_id, url, title = article["id"], article["canonical_url"], article["title"]
    unsettled.add(conn, article_id)
    subjects.replace(conn, article_id, subject_rows(said), fresh=fresh)
    left = set() if fresh else projects.unlink(conn, article_id)
    joined = Joined()
    decided, apart, unmentioned = _decided(conn, url, joiner)
    of_story = None if copied is None else projects.main_of_story(conn, copied, without=article_id)
    learnt: dict[int, Profile] = {}
    bodies: dict[int, Mapping[str, Any]] = {}
    links = []
    for index, subject in enumerate(said.subjects if url not in joiner.constraints.rejected else ()):
        one = profile_of(said, index, title, joiner.rules)
        mentioned = subject.role != "main"
        barred = unmentioned if mentioned else apart
        story_project = None if mentioned else of_story
        if mentioned and not one.identified:
            continue
        found, rarity = ([], Rarity()) if story_project is not None and story_project not in barred else \
            candidates_for(conn, one, joiner, bodies)
        decision = choose_project(
            one, found, joiner.rules, rarity, mentioned=mentioned, barred=barred | frozenset(joined.projects.values()),
            story_project=story_project, decided=None if mentioned else decided)
        project = decision.project_id if decision.kind == LINKED else None
        if project is None:
            if mentioned and not one.stands_alone:
                continue  # named in passing, with too little to be a project of its own
            own = [claim for claim in said.claims if claim.subject == index]
            project = make_project(conn, subject, own, title, joiner.rules, url)
            joined.made.append(project)
        joined.projects[index] = project
        learnt[project] = one
        links.append(link_row(article_id, project, subject.role, decision, index))
    projects.add_links(conn, links)
    claims.replace(conn, article_id, [claim_row(claim, joined.projects[claim.subject]) for claim in said.claims
                                      if claim.subject in joined.projects], fresh=fresh)
    if left:  # read again: what it said before must be taken out
        refresh_projects(conn, left | set(learnt), joiner)
    else:
        _learn(conn, learnt, frozenset(joined.made), bodies, joiner)
    return joined


def _learn(conn: Connection, learnt: Mapping[int, Profile], made: frozenset[int],
           bodies: Mapping[int, Mapping[str, Any]], joiner: Joiner) -> None:
    """Add one article's profile to its projects, and show at once what is quickly worked out. `bodies`: stored
    profiles that were read already."""
    before = {**bodies, **profiles.load(conn, set(learnt) - made - set(bodies))}
    for project, one in learnt.items():
        whole = combine([unpack(before[project]), one]) if project in before else one
        profiles.save(conn, project, pack(whole))
        profiles.add_keys(conn, project, Counter(keys(one, joiner.rules)))
    refresh_projects(conn, [project for project in learnt if project in made or (
        project in before and before[project]["articles"] < _SHOWN_AT_ONCE)], joiner, learnt=False)


def _decided(conn: Connection, url: str, joiner: Joiner) -> tuple[int | None, frozenset[int], frozenset[int]]:
    """Where a person put the article, the projects that a person said it is not about, and those that it does not
    even mention."""
    if not joiner.constraints:
        return None, frozenset(), frozenset()
    near, far, silent = (joiner.constraints.same_as(url), joiner.constraints.apart_from(url),
                         joiner.constraints.unmentioned_by(url))
    main = {other: link["project_id"] for other, number in articles.known(conn, near | far | silent).items()
            for link in projects.links(conn, number) if link["role"] == "main"}
    return (next((main[other] for other in sorted(near) if other in main), None),
            frozenset(main[other] for other in far if other in main),
            frozenset(main[other] for other in silent if other in main))


def link_row(article_id: int, project: int, role: str, decision: Decision, subject: int) -> dict[str, Any]:
    """A row of `article_projects`. `runner_up`: the second choice; of a review the project to compare with."""
    runner_up = decision.runner_up
    if decision.kind != LINKED and decision.project_id is not None:
        runner_up = decision.project_id
    return {"article_id": article_id, "project_id": project, "role": role, "score": decision.score,
            "reasons": list(decision.reasons), "runner_up": runner_up if runner_up != project else None,
            "decision": decision.kind, "subject": subject}


def make_project(conn: Connection, subject: Subject, own: Sequence[Claim], title: str | None, rules: LinkRules,
                 article_url: str) -> int:
    """A new project row; its name and figures follow from its claims at once, its slug stays for ever."""
    name = project_name([Fact(claim, 0, title=title) for claim in own], rules)
    return projects.create(conn, slug_of(name, subject.city, subject.country), name, role=subject.role,
                           article_url=article_url)
