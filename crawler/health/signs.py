"""Single signs of trouble in a row of visits. Each is pure and tells nothing where it has too little to go by."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from crawler.health.rhythm import Rhythm, learn_volume, weekday_of
from crawler.health.visit import DAY, Visit

_CHANCE = 5e-4          # that a run of bad visits is nothing but this source's usual share of them
LEAST_FAILED = 5        # 20 % failures make three in a row every other month of daily visits
_LOOKED_AT = 1_000      # visits with evidence
_SOFT = (DAY, 3 * DAY)  # a run of bad visits lasts so long before it is believed: the interval, within these
LEAST_BAD = 4           # visits with nothing but walls, or nothing that reads
FORGIVEN = 0.25         # of the visits in a run of walls or empty pages: one old page still reads well
_WALLED = 0.6           # of the pages of a visit
_STATED = 0.62          # of what was expected: half, and something for chance
_SIGNIFICANT = 3.7      # standard deviations
_MOST = 0.8             # of the days of a window that must be low; a holiday is two or three
_LOW = 0.85             # of its weekday's mean
_TELLING = 5            # days on which it publishes, weighed by how much, in a window
_WINDOWS = (9, 10, 11, 12, 13, 14, 16, 18, 21, 28)
_BASELINE = 28          # days of history before a window, and more where the window is longer
_LEAST_WEEKLY = 7.0     # below that half cannot be told from whole within a month
_SLACK = 6 * 3600.0     # an entry may be dated somewhat before it appears
_PAGES = ("matched", "off_topic", "read_empty", "paywall", "blocked", "needs_browser", "read_timeout", "http_error",
          "timeout", "network_error", "tls_error", "rejected", "quarantined")


@dataclass(frozen=True, slots=True)
class Run:
    """The visits at the end that all show one sign: how many, since when, and whether they are too many for chance."""

    count: int
    since: float
    believed: bool


def run_of(visits: Sequence[Visit], bad: Callable[[Visit], bool | None], lasting: float, *, least: int,
           forgiven: float = 0.0) -> Run | None:
    """The bad visits at the end, those without evidence (None) left out, with up to the share `forgiven` of good ones
    among them. They are believed once they are more than this source's own share of bad visits explains, and last
    `lasting` seconds."""
    evidence = ((visit.at, verdict) for visit in reversed(visits) if (verdict := bad(visit)) is not None)
    told = list(islice(evidence, 3 if forgiven else 1))
    if not any(verdict for _, verdict in told):
        return None  # the usual case costs nothing
    told += islice(evidence, _LOOKED_AT)
    count = seen = good = 0
    for number, (_, verdict) in enumerate(told, 1):
        good += not verdict
        if good > forgiven * number and (good > 1 or not forgiven):
            break
        if verdict:
            count, seen = number - good, number
    others = sum(verdict for _, verdict in told[seen:])
    share = (others + 1) / (len(told) - seen + 10)
    needed = max(least, math.ceil(math.log(_CHANCE) / math.log(share)))
    since = told[seen - 1][0]
    return Run(count, since, count >= needed and told[0][0] - since >= lasting)


def soft(rhythm: Rhythm) -> float:
    """For how long a failure is forgiven, seconds."""
    return min(max(rhythm.interval or 0.0, _SOFT[0]), _SOFT[1])


def failed(visit: Visit) -> bool:
    return visit.failure is not None


def walled(visit: Visit) -> bool | None:
    """Whether most of its pages were walls; None where none was asked."""
    pages = sum(visit.outcomes.get(name, 0) for name in _PAGES)
    walls = visit.outcomes.get("blocked", 0) + visit.outcomes.get("needs_browser", 0)
    return None if visit.failure is not None or not pages else walls >= _WALLED * pages


def read_empty(visit: Visit) -> bool | None:
    """Whether what was read had no text. Of the pages without a topic word one a visit is read (crawler/ledger.py)."""
    pages = sum(visit.outcomes.get(name, 0) for name in ("matched", "off_topic", "read_empty", "paywall"))
    if visit.failure is not None or not pages:
        return None
    return visit.outcomes.get("read_empty", 0) > 2 * visit.outcomes.get("matched", 0)


def silent_since(visits: Sequence[Visit]) -> float | None:
    """The last visit that brought news, or the first that worked; None where none worked."""
    first = None
    for visit in reversed(visits):
        if visit.failure is None:
            first = visit.at
            if visit.fresh:
                return visit.at
    return first


@dataclass(frozen=True, slots=True)
class Drop:
    """Less than expected in the last `days` days."""

    days: int
    expected: float
    received: float


def drop(days: dict[int, float], now: float) -> Drop | None:
    """Whether the last weeks brought about half of what the weeks before them let expect, on most days.

    A day counts no more than its weekday's mean, so that one great event does not hide three poor weeks.
    """
    today, first = int(now // DAY), min(days, default=0)
    found = None
    before = [days[day] for day in range(today - 42, today - 14) if day in days]
    usual = sum(before) / max(len(before), 1)
    for window in _WINDOWS:
        start = today - window
        known = [day for day in range(start, today) if day in days]
        base = start - first
        if len(known) < window or base < max(_BASELINE, 1.5 * window):
            continue
        if sum(days[day] for day in known) > 1.1 * usual * window:  # far from half; spares the learning
            continue
        rhythm = learn_volume(days, start)
        if rhythm.weekly is None or rhythm.weekly < _LEAST_WEEKLY:
            continue
        means = [rhythm.weekdays[weekday_of(day)] for day in known]
        expected = sum(means)
        capped = sum(min(days[day], mean) for day, mean in zip(known, means, strict=True))
        if capped > _STATED * expected or expected**2 < _TELLING * sum(mean**2 for mean in means):
            continue
        if (expected - capped) / math.sqrt(rhythm.spread * expected * (1 + window / base)) < _SIGNIFICANT:
            continue
        low = [days[day] < _LOW * mean for day, mean in zip(known, means, strict=True) if mean >= 1]
        if low and sum(low) >= _MOST * len(low):
            found = Drop(window, expected, sum(days[day] for day in known))
    return found


def volume_interval(rhythm: Rhythm) -> float | None:
    """Days, whole weeks, in which it publishes on enough days to tell half from whole; None where nothing is known."""
    if not rhythm.weekdays or not sum(rhythm.weekdays):
        return None
    telling = sum(rhythm.weekdays) ** 2 / sum(mean**2 for mean in rhythm.weekdays)
    return 7.0 * math.ceil(_TELLING / telling)


def unchanged_since(visits: Sequence[Visit]) -> float | None:
    """Since when it says 304 and nothing else; None where the last visit that worked was another."""
    since = None
    for visit in reversed(visits):
        if visit.failure is not None:
            continue
        if not visit.unchanged or visit.listed:
            break
        since = visit.at
    return since


def lied(visits: Sequence[Visit], lasting: float, now: float) -> float | None:
    """When it was caught within the last 30 days: a full answer after at least `lasting` seconds of 304 showed news
    that are older than the last 304."""
    since = last = None
    caught = None
    for visit in visits:
        if visit.failure is not None:
            continue
        if visit.unchanged and not visit.listed:
            since, last = since if since is not None else visit.at, visit.at
            continue
        if since is not None and last is not None and last - since >= lasting and visit.fresh and visit.newest \
                and visit.newest < last - _SLACK and now - visit.at < 30 * DAY:
            caught = visit.at
        since = last = None
    return caught


def read_after(visits: Sequence[Visit], moment: float) -> bool:
    """Whether its listings were read in full since then."""
    return any(visit.listed or not visit.unchanged for visit in visits
               if visit.at >= moment and visit.failure is None)
