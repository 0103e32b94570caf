"""What a source's own history lets expect: new links a weekday and a week, and how long it usually is silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median

from crawler.health.visit import DAY, Visit

LEARNT_AFTER = 14     # days of history before anything is expected
_EVENTS = 6           # visits with news before a silence is measured
_REMEMBERED = 56      # days that count: eight weeks
_BLIND = 7 * DAY      # a longer time between two visits tells nothing of the days in it
_ENOUGH = 4.5         # links that the interval lets expect: e^-9 is the chance that twice as long stays empty
_RARE = 8             # of so many weeks the longest silence of one is left out (holidays)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """New links by weekday (Monday first, days are UTC) and by week, and the interval of silence in seconds; None
    while too little is known."""

    weekly: float | None = None
    weekdays: tuple[float, ...] = ()
    interval: float | None = None


def daily(visits: Sequence[Visit]) -> dict[int, float]:
    """New links by day (days since 1970), only days that were looked at. The first visit's backlog does not count;
    what a later one brings is spread over the time since the one before."""
    days: dict[int, float] = {}
    before: float | None = None
    for visit in visits:
        if visit.failure is not None:
            continue
        if before is not None and visit.at > before and visit.at - before <= _BLIND:
            first, last = int(before // DAY), int(visit.at // DAY)
            if first == last:
                days[last] = days.get(last, 0.0) + visit.fresh
            else:
                length = visit.at - before
                for day in range(first, last + 1):
                    part = min(visit.at, (day + 1) * DAY) - max(before, day * DAY)
                    days[day] = days.get(day, 0.0) + visit.fresh * part / length
        before = visit.at
    return days


def learn(visits: Sequence[Visit], days: dict[int, float], until: int) -> Rhythm:
    """The rhythm of the whole days before `until` (days since 1970)."""
    volume = learn_volume(days, until)
    if volume.weekly is None:
        return volume
    return replace(volume, interval=_interval(visits, until * DAY, sum(volume.weekdays) / 7))


def learn_volume(days: dict[int, float], until: int) -> Rhythm:
    """The same without the interval, which costs a look at every visit."""
    known = sorted(day for day in days if until - _REMEMBERED <= day < until)[1:]  # the first is seldom whole
    if len(known) < LEARNT_AFTER:
        return Rhythm()
    by_weekday: list[list[float]] = [[] for _ in range(7)]
    for day in known:
        by_weekday[weekday_of(day)].append(days[day])
    if not all(by_weekday):
        return Rhythm()
    means = [fmean(sorted(counts)[1:-1]) if len(counts) > 3 else median(counts) for counts in by_weekday]
    return Rhythm(_weekly(days, known, sum(means)), tuple(means))


def weekday_of(day: int) -> int:
    """0 for Monday; 1970 began on a Thursday."""
    return (day + 3) % 7


def _weekly(days: dict[int, float], known: Sequence[int], by_weekday: float) -> float:
    """The median week; a burst or a holiday does not move it."""
    weeks, end = [], known[-1]
    while end - 6 >= known[0]:
        span = [days[day] for day in range(end - 6, end + 1) if day in days]
        if len(span) == 7:
            weeks.append(sum(span))
        end -= 7
    return median(weeks) if len(weeks) > 2 else by_weekday


def _interval(visits: Sequence[Visit], until: float, mean: float) -> float | None:
    """The longest silence that is usual for it: of each week the longest, of these the longest, the rarest left out."""
    longest: dict[int, float] = {}
    events = 0
    last = seen = hole = None
    for visit in visits:
        if visit.at >= until:
            break
        if visit.failure is not None:
            continue
        if seen is not None:
            hole = max(hole or 0.0, visit.at - seen)
        seen = visit.at
        if visit.fresh:
            events += 1
            if last is not None and hole is not None and visit.at > until - _REMEMBERED * DAY:
                gap = visit.at - last
                # Where we did not look for half of the time, the silence is ours.
                if gap <= 1.5 * DAY or hole < gap / 2:
                    week = int(visit.at // (7 * DAY))
                    longest[week] = max(longest.get(week, 0.0), gap)
            last, hole = visit.at, None
    if events < _EVENTS or not longest or mean <= 0:
        return None
    gaps = sorted(longest.values())
    usual = gaps[-2] if len(gaps) >= _RARE else gaps[-1]
    return max(DAY, usual, _ENOUGH / mean * DAY)
