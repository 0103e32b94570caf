"""The state of a project from what its stories report, in order, and from silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from crawler.claims.claim import STATUSES
from crawler.linking.facts import Story
from crawler.linking.reasons import Against, Reason, cited, day_text, name_of
from crawler.linking.rules import LinkRules

_RANK = {status: rank for rank, status in enumerate(STATUSES)}
_STOPS = ("suspended", "cancelled")
_GOES_ON = _RANK["agreement"]


@dataclass(frozen=True, slots=True)
class Step:
    """A change of state and the story that reported it. `held`: what one source of little trust said beyond it."""

    status: str
    story: Story
    held: str | None = None


def walk(found: Sequence[Story]) -> list[Step]:
    """How the state went, story by story in order of date, undated ones first.

    A stop holds until a later story reports an agreement or more (a mere announcement may be an old one retold);
    between stops the state only goes forward. What only one source of little trust says, in however many stories,
    lifts nothing above `announced` and stops nothing.
    """
    steps: list[Step] = []
    for story in found:
        said = [str(c.value_text) for c in story.claims("status") if c.value_text in _RANK]
        if not said:
            continue
        state = steps[-1].status if steps else None
        reports = next((word for word in reversed(_STOPS) if word in said), None) \
            or max(said, key=_RANK.__getitem__)
        held = None
        if story.low and reports != "announced" and not _confirmed(reports, story, found):
            reports, held = "announced", reports
        if state is None or (reports in _STOPS and reports != state) \
                or (state in _STOPS and reports not in _STOPS and _RANK[reports] >= _GOES_ON) \
                or (state not in _STOPS and _RANK[reports] > _RANK[state]):
            steps.append(Step(reports, story, held))
    return steps


def _confirmed(status: str, by: Story, found: Sequence[Story]) -> bool:
    """Somebody else says as much: a stop of the same kind, or at least this step of the ladder."""
    for story in found:
        if story.low and _who(story) == _who(by):
            continue
        said = {str(c.value_text) for c in story.claims("status") if c.value_text in _RANK}
        if status in said or (status not in _STOPS
                              and any(word not in _STOPS and _RANK[word] > _RANK[status] for word in said)):
            return True
    return False


def lone_low(found: Sequence[Story]) -> bool:
    """All that is known is the word of one source of little trust."""
    return bool(found) and all(story.low for story in found) and len({_who(story) for story in found}) == 1


def _who(story: Story) -> str:
    # where no outlet is known, all such stories are taken for one source: better too careful
    return story.voice or ""


def status_reason(found: Sequence[Story], steps: Sequence[Step], status: str, inferred: bool,
                  last: date | None) -> Reason:
    """Why this state is shown: the report that brought it, or silence."""
    reporting = {story.voter for story in found if story.claims("status")}
    if inferred and last is not None:
        before = f"; before that {steps[-1].status}" if steps else ""
        day = next((day_text(story) for story in found if story.last == last), None) or last.isoformat()
        return Reason(status, f"inferred from silence, no report since {day}{before}", date=day)
    if not steps:
        return Reason(status, "no article reports more than the plan")
    step = steps[-1]
    same = [story for story in found if any(c.value_text == step.status for c in story.claims("status"))]
    best = cited(same or [step.story])
    others: dict[str, list[str]] = {}
    for story in found:
        for claim in story.claims("status"):
            # what came before on the ladder contradicts nothing
            if claim.value_text in _RANK and _against(str(claim.value_text), step.status):
                others.setdefault(str(claim.value_text), []).append(name_of(story) or "?")
    return Reason(status, "the furthest step reported since the last stop" if status not in _STOPS
                  else "a stop holds until a later agreement",
                  outlet=name_of(best), date=day_text(best), url=best.url,
                  outlets=len({story.voter for story in same}), of=len(reporting),
                  against=tuple(Against(word, tuple(dict.fromkeys(names))[:3]) for word, names in others.items()))


def _against(said: str, shown: str) -> bool:
    return said != shown and (said in _STOPS or (shown not in _STOPS and _RANK[said] > _RANK[shown]))


def aged_status(state: str | None, last: date | None, today: date, rules: LinkRules) -> tuple[str, bool]:
    """(status, inferred): after two years of silence `suspended`, after four `cancelled`; never what is running."""
    state = state or "announced"
    if last is None or state in ("operational", "cancelled"):
        return state, False
    if _years_later(last, rules.row.cancelled_after_years) <= today:
        return "cancelled", True
    if _years_later(last, rules.row.suspended_after_years) <= today and state != "suspended":
        return "suspended", True
    return state, False


def is_doubted(found: Sequence[Story]) -> bool:
    """Some story doubts it, and no later one reports that it is being built or runs."""
    doubted = False
    last: date | None = None
    for story in found:
        built = any(c.value_text in ("under_construction", "operational") for c in story.claims("status"))
        if doubted and built and story.first and (last is None or story.first > last):
            doubted = False
        if story.claims("doubt"):
            doubted, last = True, story.last
    return doubted


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def years_before(day: date, years: int) -> str:
    """An ISO day: whose reports lie before it may be this old (a day more, for years of 366 days)."""
    return (_years_later(day, -years) + timedelta(days=1)).isoformat()
