"""The state of a project from what its stories report, in order, and from silence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from crawler.claims.claim import STATUSES
from crawler.linking.facts import Story
from crawler.linking.rules import LinkRules

_RANK = {status: rank for rank, status in enumerate(STATUSES)}
_STOPS = ("suspended", "cancelled")
_GOES_ON = _RANK["agreement"]


def reported_status(found: Sequence[Story]) -> str | None:
    """The state after the last story, without inference from silence.

    Story by story, undated ones first: a stop holds until a later story reports an agreement or more (a mere
    announcement may be an old one retold); between stops the state only goes forward. What only aggregators say,
    in one single story, lifts nothing above `announced`.
    """
    state: str | None = None
    weak = len([s for s in found if s.claims("status")]) == 1
    for story in found:
        claims = story.claims("status")
        said = [c.value_text for c in claims if c.value_text in _RANK]
        if not said:
            continue
        stop = next((word for word in reversed(_STOPS) if word in said), None)
        if stop:
            state = stop if story.own_voice or not weak else "announced"
            continue
        best = max((str(word) for word in said), key=_RANK.__getitem__)
        if weak and not story.own_voice:
            best = "announced"
        if state is None or (state in _STOPS and _RANK[best] >= _GOES_ON) \
                or (state not in _STOPS and _RANK[best] > _RANK[state]):
            state = best
    return state


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
