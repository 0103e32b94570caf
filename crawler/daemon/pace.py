"""How often a source is visited: learnt from its visits, spread so that sources do not march in step. Pure.

A source is visited twice as often as it publishes: half the median gap between two fresh links, so that a new
article waits a quarter of that gap on average (docs/decisions/014). `every` of the registry is where it starts,
and an interval never leaves a quarter to four times of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from crawler.daemon.quiet import NEVER, Quiet

# Below this many fresh links seen, chance speaks louder than habit (docs/decisions/014).
ENOUGH = 6
LONG_ENOUGH = timedelta(days=7)
SHARE = 0.5
REACH = 4
# A source that fails is asked again at its pace twice, then ever less often, down to this many times its interval.
PATIENCE, MOST_BACKOFF = 2, 8


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit that worked: when, how many fresh links it brought."""

    at: datetime
    fresh: int


@dataclass(frozen=True, slots=True)
class Pace:
    """The rule: bounds of a learnt interval, jitter as a share of it, quiet hours."""

    shortest: timedelta = timedelta(minutes=10)
    longest: timedelta = timedelta(days=1)
    jitter: float = 0.1
    learn: bool = True
    quiet: Quiet = NEVER

    def interval(self, every: timedelta, visits: Sequence[Visit], failures: int = 0) -> timedelta:
        """The time until the next visit; `visits` in order of time, `failures` in a row until now."""
        gap = median_gap(visits) if self.learn else None
        interval = every if gap is None else min(max(gap * SHARE, *self._low(every)), *self._high(every))
        if failures > PATIENCE:
            slower = interval * min(2 ** (failures - PATIENCE), MOST_BACKOFF)
            interval = max(interval, min(slower, max(self.longest, every)))
        return interval

    def due(self, source_id: str, visited: datetime, interval: timedelta) -> datetime:
        """When a source visited at `visited` is due again: the same for the same arguments, out of quiet hours."""
        spread = timedelta(seconds=interval.total_seconds() * self.jitter)
        moment = visited + interval + spread * _dice(source_id, visited)
        awake = self.quiet.until(moment)
        if awake == moment:
            return moment
        # Not all at the first minute of the morning.
        return awake + min(spread, timedelta(minutes=10)) * abs(_dice(source_id, awake))

    def _low(self, every: timedelta) -> tuple[timedelta, timedelta]:
        return min(self.shortest, every), every / REACH

    def _high(self, every: timedelta) -> tuple[timedelta, timedelta]:
        return max(self.longest, every), every * REACH


def median_gap(visits: Sequence[Visit]) -> timedelta | None:
    """The median time between two fresh links, None where too few were seen.

    The first visit tells nothing (all is fresh then). A visit that brought n links after a time t stands for n gaps
    of t / n; visits that brought none lengthen the time of the next that did, or of the wait still going on.
    """
    gaps: list[tuple[float, int]] = []
    since: datetime | None = None
    for visit in visits:
        if since is None:
            since = visit.at
        elif visit.fresh > 0 and visit.at > since:
            gaps.append(((visit.at - since).total_seconds() / visit.fresh, visit.fresh))
            since = visit.at
    seen = sum(count for _, count in gaps)
    if visits and since is not None:
        waiting = (visits[-1].at - since).total_seconds()
        # A source that has fallen silent: the wait counts once it is longer than the gaps before it.
        if gaps and waiting > max(gap for gap, _ in gaps):
            gaps.append((waiting, max(seen // 2, 1)))
    if seen < ENOUGH:
        # A week with next to nothing in it is a habit as well.
        watched = visits[-1].at - visits[0].at if visits else timedelta(0)
        return watched / (seen + 1) if watched >= LONG_ENOUGH else None
    middle, passed = sum(count for _, count in gaps) / 2, 0
    for gap, count in sorted(gaps):
        passed += count
        if passed >= middle:
            return timedelta(seconds=gap)
    return None


def missed(due: datetime, now: datetime, interval: timedelta) -> int:
    """How many visits fell out between `due` and `now` beside the one that is made now."""
    return max(int((now - due) / interval), 0) if interval else 0


def _dice(source_id: str, moment: datetime) -> float:
    """Between -1 and 1, always the same for one source and moment, different between sources."""
    digest = sha256(f"{source_id} {moment.timestamp():.0f}".encode()).digest()
    return int.from_bytes(digest[:4], "big") / 0xFFFFFFFF * 2 - 1
