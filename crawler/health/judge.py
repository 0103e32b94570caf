"""From visits to one state with its reason. The worst sign wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timezone

from crawler.health import signs
from crawler.health.rhythm import Rhythm, daily, learn
from crawler.health.visit import DAY, Health, State, Visit
from crawler.health.volume import drop

ENDED = 90 * DAY       # a newest entry older than that has ended, whatever the status says
NEVER_NEWS = 30 * DAY  # without a rhythm: so long without one new link is quiet
TRUSTED = 7 * DAY      # without a rhythm: so long a 304 is believed
_QUIET = 1.9           # intervals of silence, and at least
_LONG_WEEKEND = 2 * DAY  # more than one

_FORBIDDEN = frozenset({"blocked", "needs_browser", "refused_robots"})
_REFUSING = frozenset({401, 402, 403, 429, 451})


def judge(visits: Sequence[Visit], now: float) -> Health:
    """The health of a source whose visits, in order of time, are `visits`. `now` in seconds since 1970.

    The same visits always give the same answer; a source is judged by its own history alone.
    """
    if not visits:
        return Health(State.UNVISITED, None, None)
    days = daily(visits)
    rhythm = learn(visits, days, int(now // DAY))
    moved_to = next((visit.moved_to for visit in reversed(visits) if visit.failure is None), None)
    unchanged = signs.unchanged_since(visits)
    overdue = unchanged is not None and now - unchanged >= (rhythm.interval or TRUSTED)
    base = Health(State.OK, None, visits[0].at, rhythm.weekly, rhythm.interval, overdue, moved_to)
    found = (_failing(visits, rhythm, base) or _walled(visits, base) or _unread(visits, base)
             or _quiet(visits, days, rhythm, now, base) or _lying(visits, rhythm, now, base) or _moved(visits, base))
    if found is not None:
        return found
    return replace(base, reason=_half_well(visits), since=_well_since(visits))


def _failing(visits: Sequence[Visit], rhythm: Rhythm, base: Health) -> Health | None:
    last = visits[-1]
    run = signs.run_of(visits, signs.failed, signs.soft(rhythm), least=signs.LEAST_FAILED)
    if run is None:
        return None
    never = all(visit.failure is not None for visit in visits)
    if not never and not run.believed:
        return None
    words = last.error or last.failure or "no answer"
    if last.failure == "http_error" and last.status == 410 and run.believed:
        return replace(base, state=State.DEAD, since=run.since,
                       reason=f"it says that it is gone for good (HTTP 410) since {_day(run.since)}")
    state = State.FAILING
    if last.failure in _FORBIDDEN or (last.failure == "http_error" and last.status in _REFUSING):
        state = State.BLOCKED
    reason = (f"has never answered well: {words}" if never else
              f"{_visits(run.count)} in a row failed since {_day(run.since)}: {words}")
    return replace(base, state=state, since=run.since, reason=reason)


def _walled(visits: Sequence[Visit], base: Health) -> Health | None:
    run = signs.run_of(visits, signs.walled, DAY, forgiven=signs.FORGIVEN, least=signs.LEAST_BAD)
    if run is None or not run.believed:
        return None
    return replace(base, state=State.BLOCKED, since=run.since,
                   reason=f"its feed answers, but since {_day(run.since)} its pages are walls (a challenge, or empty "
                          "without JavaScript)")


def _unread(visits: Sequence[Visit], base: Health) -> Health | None:
    run = signs.run_of(visits, signs.read_empty, DAY, forgiven=signs.FORGIVEN, least=signs.LEAST_BAD)
    if run is None or not run.believed:
        return None
    return replace(base, state=State.FAILING, since=run.since,
                   reason=f"it lists articles, but since {_day(run.since)} no text is found in them: its pages are "
                          "built another way")


def _quiet(visits: Sequence[Visit], days: dict[int, float], rhythm: Rhythm, now: float, base: Health,
           ) -> Health | None:
    # Silence is what was seen to be silent: a visit that failed tells nothing either way.
    seen = next((visit.at for visit in reversed(visits) if visit.failure is None), None)
    if seen is None:
        return None
    silent = signs.silent_since(visits)
    newest = max((visit.newest for visit in visits if visit.newest is not None), default=None)
    if silent is not None and rhythm.interval is not None and seen - silent >= max(
            _QUIET * rhythm.interval, rhythm.interval + _LONG_WEEKEND):
        if base.ask_anew and not signs.read_after(visits, silent + 0.9 * rhythm.interval):
            return None  # it says 304: first of all it is asked without conditions
        return replace(base, state=State.QUIET, since=silent,
                       reason=f"answers, but nothing new since {_day(silent)}; usually there is some within "
                              f"{_span(rhythm.interval)}")
    if rhythm.interval is None and newest is not None and now - newest >= ENDED and silent is not None:
        return replace(base, state=State.QUIET, since=newest,
                       reason=f"answers, but its newest entry is of {_day(newest)}")
    if rhythm.interval is None and silent is not None and seen - silent >= NEVER_NEWS:
        return replace(base, state=State.QUIET, since=silent, reason=f"answers, but nothing new since {_day(silent)}")
    less = drop(days, now)
    if less is not None:
        since = now - less.days * DAY
        return replace(base, state=State.QUIET, since=since,
                       reason=f"{less.received:.0f} new links in {less.days} days, where {less.expected:.0f} were "
                              "expected")
    return None


def _lying(visits: Sequence[Visit], rhythm: Rhythm, now: float, base: Health) -> Health | None:
    caught = signs.lied(visits, max(DAY, 0.75 * (rhythm.interval or TRUSTED)), now)
    if caught is None:
        return None
    return replace(base, state=State.LYING, since=caught, ask_anew=True,
                   reason=f"said on {_day(caught)} that nothing had changed (304) while it published; it is asked "
                          "without conditions")


def _moved(visits: Sequence[Visit], base: Health) -> Health | None:
    if base.moved_to is None:
        return None
    since = visits[-1].at
    for visit in reversed(visits):
        if visit.failure is None:
            if visit.moved_to != base.moved_to:
                break
            since = visit.at
    return replace(base, state=State.MOVED, since=since,
                   reason=f"moved for good to {base.moved_to}, where it is read since {_day(since)}")


def _half_well(visits: Sequence[Visit]) -> str | None:
    """A way of discovery that fails beside one that works, at each of the last visits."""
    last = visits[-3:]
    if len(last) == 3 and all(visit.error and visit.failure is None for visit in last):
        return f"works, but not by every way: {last[-1].error}"
    return None


def _well_since(visits: Sequence[Visit]) -> float:
    """The first of the good visits since the last one that failed."""
    since = visits[-1].at
    for visit in reversed(visits):
        if visit.failure is not None:
            break
        since = visit.at
    return since


def _day(moment: float) -> str:
    return datetime.fromtimestamp(moment, timezone.utc).strftime("%Y-%m-%d")


def _span(seconds: float) -> str:
    days = seconds / DAY
    return f"{seconds / 3600:.0f} hours" if days < 2 else f"{days:.0f} days"


def _visits(count: int) -> str:
    return "one visit" if count == 1 else f"{count} visits"
