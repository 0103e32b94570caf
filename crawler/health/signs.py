"""Single signs of trouble in a row of visits. Each is pure and tells nothing where it has too little to go by."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from crawler.health.rhythm import Rhythm
from crawler.health.visit import DAY, Visit

_CHANCE = 5e-4          # that a run of bad visits is nothing but this source's usual share of them
LEAST_FAILED = 5        # 20 % failures make three in a row every other month of daily visits
_LOOKED_AT = 1_000      # visits with evidence
_SOFT = (DAY, 3 * DAY)  # a run of bad visits lasts so long before it is believed: the interval, within these
LEAST_BAD = 4           # visits with nothing but walls, or nothing that reads
FORGIVEN = 0.25         # of the visits in a run of walls or empty pages: one old page still reads well
_WALLED = 0.6           # of the pages of a visit
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
