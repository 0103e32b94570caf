"""Sources that never were, for 60 days: weekends, holidays, bursts, outages, and failures put in on a known day."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from crawler.health import Visit
from crawler.health.visit import DAY

HOUR = 3600.0
START = 20_605 * DAY  # Monday, 1 June 2026
FAILURES = ("404", "empty feed", "changed template", "half volume", "a wall with 200")

_WEEKS = {
    "every day": (1, 1, 1, 1, 1, 1, 1),
    "quieter at the weekend": (1, 1, 1, 1, 1, 0.3, 0.25),
    "Monday to Friday": (1, 1, 1, 1, 1, 0, 0),
    "Sunday to Thursday": (1, 1, 1, 1, 0.05, 0.05, 1),
    "mostly Tuesdays": (0.1, 1, 0.2, 0.1, 0.1, 0, 0),
}
_HOLIDAYS = (12, 26, 27, 28, 40, 53)  # days of the 60; three in a row as an Eid has


@dataclass(frozen=True)
class Outlet:
    """How it publishes and how it is visited. `weekly` is its mean, holidays and bursts not counted."""

    weekly: float
    profile: str
    every: float            # seconds between visits
    conditional: bool       # answers 304
    flaky: float            # share of visits that fail
    topical: float          # share of its articles that are read
    keeps_holidays: bool
    failure: str | None = None
    fails_at: float = 0.0
    outages: tuple[float, ...] = field(default=())

    def rate(self, moment: float) -> float:
        """Articles a second."""
        day = int((moment - START) // DAY)
        shape = _WEEKS[self.profile]
        hour = moment % DAY / HOUR
        awake = max(0.0, math.sin((hour - 5) / 17 * math.pi)) if 5 <= hour <= 22 else 0.02
        rate = self.weekly * shape[day % 7] / sum(shape) * awake / (0.46 * DAY)
        if self.keeps_holidays and day in _HOLIDAYS:
            rate *= 0.15
        return rate


def outlets(random: Random, count: int = 30, each: int = 2) -> list[Outlet]:
    """`count` outlets; each failure happens to `each` of them between day 30 and 42."""
    made = []
    for _ in range(count):
        made.append(Outlet(
            weekly=math.exp(random.uniform(math.log(3), math.log(400))), profile=random.choice(list(_WEEKS)),
            every=random.choice((HOUR, 2 * HOUR, 4 * HOUR)), conditional=random.random() < 0.6,
            flaky=random.choice((0.0, 0.01, 0.03, 0.1)), topical=random.uniform(0.02, 0.3),
            keeps_holidays=random.random() < 0.7,
            outages=tuple(START + random.uniform(0, 60) * DAY for _ in range(random.choice((0, 0, 1, 2))))))
    broken = [name for name in FAILURES for _ in range(each)]
    places = random.sample(range(count), len(broken))
    for place, name in zip(places, broken, strict=True):
        old = made[place]
        values = {**{key: getattr(old, key) for key in old.__dataclass_fields__}, "failure": name,
                  "fails_at": START + random.uniform(30, 42) * DAY}
        if name == "half volume":
            # Half of little is not seen within a month, by nobody (docs/health.md).
            values["weekly"] = math.exp(random.uniform(math.log(60), math.log(400)))
        made[place] = Outlet(**values)
    return made


def visits(outlet: Outlet, random: Random, days: int = 60) -> Iterator[Visit]:
    """Every visit to the outlet, in order."""
    moment = START + random.uniform(0, outlet.every)
    before = START - 3 * DAY  # what the first visit finds
    newest = None
    pending = 0
    mood, day = 1.0, -1
    while moment < START + days * DAY:
        today = int(moment // DAY)
        if today != day:
            day = today
            # Newsrooms are no dice: good and bad days, and one day in thirty with a great event.
            mood = random.gammavariate(12, 1 / 12) * (random.uniform(2, 4) if random.random() < 1 / 30 else 1)
        broken = outlet.failure if outlet.failure and moment >= outlet.fails_at else None
        share = 0.5 if broken == "half volume" else 1.0
        published = _poisson(random, share * mood * sum(
            outlet.rate(before + (n + 0.5) * (moment - before) / 8) * (moment - before) / 8 for n in range(8)))
        if published:
            newest = moment - random.uniform(0, moment - before)
        before = moment
        pending += published
        yield _visit(outlet, random, moment, broken, pending, newest)
        if not _down(outlet, moment):
            pending = 0
        moment += outlet.every * random.uniform(0.9, 1.15)


def _down(outlet: Outlet, moment: float) -> bool:
    return any(start <= moment < start + 9 * HOUR for start in outlet.outages)


def _visit(outlet: Outlet, random: Random, at: float, broken: str | None, fresh: int, newest: float | None) -> Visit:
    if _down(outlet, at) or random.random() < outlet.flaky:
        return Visit(at, error="feed: HTTP 503", failure="http_error", status=503, outcomes={"http_error": 1})
    if broken == "404":
        return Visit(at, error="feed: HTTP 404", failure="http_error", status=404, outcomes={"http_error": 1})
    if broken == "empty feed":
        return Visit(at, error="feed: a feed without entries", failure="read_empty", status=200,
                     outcomes={"read_empty": 1})
    if not fresh:
        return Visit(at, unchanged=1, outcomes={"listing": 1}) if outlet.conditional else Visit(
            at, listed=30, newest=newest, outcomes={"listing": 1})
    if broken == "a wall with 200":
        pages = {random.choice(("blocked", "needs_browser")): min(fresh, 5)}
        return Visit(at, listed=30, fresh=fresh, newest=newest, outcomes={"listing": 1, **pages})
    read = 1 + sum(random.random() < outlet.topical for _ in range(fresh - 1))
    empty = sum(random.random() < (0.9 if broken == "changed template" else 0.03) for _ in range(read))
    matched = sum(random.random() < 0.2 for _ in range(read - empty))
    return Visit(at, listed=30, fresh=fresh, newest=newest, outcomes={
        "listing": 1, "read_empty": empty, "matched": matched, "off_topic": fresh - empty - matched})


def _poisson(random: Random, mean: float) -> int:
    if mean > 50:
        return max(0, round(random.gauss(mean, math.sqrt(mean))))
    count, product, floor = 0, random.random(), math.exp(-mean)
    while product > floor:
        count += 1
        product *= random.random()
    return count
