"""Which project an article speaks of: a known one, a new one, or one that a person should look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.linking.profile import Profile
from crawler.linking.rules import LinkRules
from crawler.linking.score import NO_RARITY, Rarity, score

LINKED, REVIEW, NEW = "linked", "review", "new"
BY_A_PERSON = "a person put it there"


@dataclass(frozen=True, slots=True)
class Decision:
    """`linked`: to `project_id`. `review`: a project of its own for now, `project_id` is the one a person should
    compare it with. `new`: a project of its own (`project_id` None).

    `score` 0 to 1 and `reasons` are of the best candidate; `runner_up` is the second (or the best, where none
    was linked).
    """

    kind: str
    project_id: int | None
    score: float
    reasons: tuple[str, ...]
    runner_up: int | None = None


def choose_project(one: Profile, candidates: Sequence[tuple[int, Profile]], rules: LinkRules,
                   rarity: Rarity = NO_RARITY, *, story_project: int | None = None, mentioned: bool = False,
                   barred: frozenset[int] = frozenset(), decided: int | None = None) -> Decision:
    """The project of a profile. `candidates`: projects that share a key (profile.keys), in any order.

    `story_project`: the project of a near copy, which decides by itself. `mentioned`: the article only mentions
    it, so more is asked. `barred`: projects that it cannot be (other subjects of the same article; a person's no).
    `decided`: where a person put it, which nothing else outweighs.
    """
    if decided is not None:
        return Decision(LINKED, decided, 1.0, (BY_A_PERSON,))
    if story_project is not None and story_project not in barred:
        return Decision(LINKED, story_project, 1.0, ("a near copy is linked to it",))
    ranked = sorted(((score(one, other, rules, rarity), project) for project, other in candidates
                     if project not in barred), key=lambda found: (-found[0].points, found[1]))
    if not ranked:
        return Decision(NEW, None, 0.0, ("no project shares a name, a place or an organisation",))
    best, project = ranked[0]
    second = ranked[1] if len(ranked) > 1 else None
    decide = rules.decide
    profiles = dict(candidates)
    # Two that fit alike and may be one project are no reason to ask: the settling joins them.
    close = second is not None and second[0].points >= decide.review \
        and best.points - second[0].points < decide.margin \
        and score(profiles[project], profiles[second[1]], rules, rarity).points < decide.apart
    if best.points >= (decide.mention if mentioned else decide.link) and not close:
        return Decision(LINKED, project, best.value, best.reasons, second[1] if second else None)
    if best.points >= decide.review:
        why = (f"nearly as near: project {second[1]} ({second[0].points:+.2g} against {best.points:+.2g})",) \
            if close and second else ()
        return Decision(REVIEW, project, best.value, best.reasons + why, second[1] if second and close else project)
    return Decision(NEW, None, best.value, best.reasons, project if best.points > 0 else None)
