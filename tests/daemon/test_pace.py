"""How often a source is visited: learnt, bounded, spread, quiet at night."""

from __future__ import annotations

import random
from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crawler.daemon.pace import Pace, Visit, median_gap, missed
from crawler.daemon.quiet import NEVER, Quiet, quiet_hours

START = datetime(2026, 3, 1, tzinfo=timezone.utc)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def visits(every: timedelta, *fresh: int) -> list[Visit]:
    return [Visit(START + n * every, count) for n, count in enumerate(fresh)]


@pytest.mark.parametrize(("seen", "gap"), [
    ([], None),
    (visits(HOUR, 40), None),                       # the first visit: all is fresh
    (visits(HOUR, 40, 1, 1, 1), None),              # three links are no habit
    (visits(HOUR, 40, 1, 1, 1, 1, 1, 1), HOUR),
    (visits(HOUR, 40, 2, 2, 2), 30 * MINUTE),
    (visits(HOUR, 40, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1), 2 * HOUR),
    (visits(HOUR, 40, 60, 1, 1, 1), MINUTE),        # each link counts, not each visit
    (visits(HOUR, 40, *[1] * 6, *[0] * 30), HOUR),  # silent for a day: half of what it knows is older
    (visits(DAY, 5, 2, 2, 2, *[0] * 40), DAY / 2),
    (visits(HOUR, 40, *[0] * 100), None),           # four days of silence may be a holiday
    (visits(DAY, 5, *[0] * 27), 27 * DAY),          # a month of it is a habit
    (visits(DAY, 5, 1, *[0] * 7, 1), 3 * DAY),
])
def test_the_median_gap(seen: list[Visit], gap: timedelta | None) -> None:
    assert median_gap(seen) == gap


@pytest.mark.parametrize(("every", "seen", "expected"), [
    (HOUR, [], HOUR),
    (HOUR, visits(HOUR, 0, *[2] * 10), 15 * MINUTE),
    (HOUR, visits(HOUR, 0, *[30] * 10), 15 * MINUTE),           # a quarter of `every`
    (30 * MINUTE, visits(HOUR, 0, *[30] * 10), 10 * MINUTE),    # not below ten minutes
    (5 * MINUTE, visits(HOUR, 0, *[30] * 10), 5 * MINUTE),      # unless `every` is
    (HOUR, visits(3 * DAY, 0, *[1] * 10), 4 * HOUR),            # four times `every`
    (12 * HOUR, visits(9 * DAY, 0, *[1] * 10), DAY),            # not above a day
    (7 * DAY, visits(60 * DAY, 0, *[1] * 10), 7 * DAY),         # unless `every` is
])
def test_the_learnt_interval_and_its_bounds(every: timedelta, seen: list[Visit], expected: timedelta) -> None:
    assert Pace().interval(every, seen) == expected
    assert Pace(learn=False).interval(every, seen) == every


@pytest.mark.parametrize(("failures", "expected"), [(0, 1), (2, 1), (3, 2), (4, 4), (5, 8), (50, 8)])
def test_a_failing_source_is_asked_less(failures: int, expected: int) -> None:
    assert Pace().interval(HOUR, [], failures) == expected * HOUR
    assert Pace().interval(DAY, [], failures) == DAY


def test_sources_of_one_round_drift_apart_the_same_way_each_time() -> None:
    pace = Pace()
    due = {f"s{n}": pace.due(f"s{n}", START, HOUR) for n in range(300)}
    assert due == {name: pace.due(name, START, HOUR) for name in due}
    assert all(START + 0.9 * HOUR <= moment <= START + 1.1 * HOUR for moment in due.values())
    by_minute = [sum(START + 54 * MINUTE + n * MINUTE <= moment < START + 55 * MINUTE + n * MINUTE for moment in due.values())
                 for n in range(12)]
    assert max(by_minute) < 60


def test_visits_that_fell_out() -> None:
    assert [missed(START, START + n * HOUR, HOUR) for n in (0, 0.9, 1, 8)] == [0, 0, 1, 8]
    assert missed(START, START - HOUR, HOUR) == 0


@pytest.mark.parametrize(("hours", "zone", "moment", "until"), [
    ("01:00-05:00", "UTC", "2026-03-01T00:59:00", "2026-03-01T00:59:00"),
    ("01:00-05:00", "UTC", "2026-03-01T01:00:30", "2026-03-01T05:00:00"),
    ("22:00-05:00", "UTC", "2026-03-01T23:10:00", "2026-03-02T05:00:00"),
    ("22:00-05:00", "UTC", "2026-03-01T04:59:59", "2026-03-01T05:00:00"),
    ("01:00-05:00", "Africa/Casablanca", "2026-01-10T00:30:00", "2026-01-10T04:00:00"),   # +01:00
    ("01:00-05:00", "Africa/Casablanca", "2026-03-01T01:30:00", "2026-03-01T05:00:00"),   # Ramadan: +00:00
    # 15 February 2026: 03:00 becomes 02:00, the hour after 02:00 comes twice
    ("02:30-02:45", "Africa/Casablanca", "2026-02-15T01:35:00", "2026-02-15T01:45:00"),
    ("02:30-02:45", "Africa/Casablanca", "2026-02-15T02:35:00", "2026-02-15T02:45:00"),
    # 22 March 2026: 02:00 becomes 03:00, a span between them does not take place
    ("02:10-02:50", "Africa/Casablanca", "2026-03-22T02:05:00", "2026-03-22T02:05:00"),
    ("01:30-02:30", "Africa/Casablanca", "2026-03-22T01:40:00", "2026-03-22T02:00:00"),
])
def test_quiet_hours(hours: str, zone: str, moment: str, until: str) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=timezone.utc)
    assert quiet_hours(hours, zone).until(at) == datetime.fromisoformat(until).replace(tzinfo=timezone.utc)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 3_000_000).map(lambda minutes: START + minutes * MINUTE),
       st.times(), st.times(), st.sampled_from(["UTC", "Africa/Casablanca", "Europe/Paris", "America/St_Johns"]))
def test_quiet_ends_within_a_day_and_never_goes_back(moment: datetime, begin: time, end: time, zone: str) -> None:
    begin, end = begin.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0)
    assume(begin != end)
    quiet = Quiet((begin, end), ZoneInfo(zone))
    until = quiet.until(moment)
    assert moment <= until <= moment + 27 * HOUR
    assert until not in quiet
    assert moment not in NEVER


def test_a_year_in_casablanca_without_hole_or_double() -> None:
    """Both Ramadan shifts of 2026: 365 times 24 visits exactly; with quiet hours none in them, none missing around."""
    end = datetime(2027, 1, 1, tzinfo=timezone.utc)
    begin = datetime(2026, 1, 1, tzinfo=timezone.utc)
    pace = Pace(jitter=0)
    moment, count = begin, 0
    while moment < end:
        count += 1
        moment = pace.due("s", moment, HOUR)
    assert count == 365 * 24

    quiet = quiet_hours("01:00-05:00", "Africa/Casablanca")
    pace, zone = Pace(quiet=quiet), ZoneInfo("Africa/Casablanca")
    assert {(begin + n * DAY).astimezone(zone).utcoffset() for n in range(365)} == {timedelta(0), HOUR}
    moment, days = begin.replace(hour=12), dict[object, int]()
    while moment < end:
        assert moment not in quiet
        days[moment.astimezone(zone).date()] = days.get(moment.astimezone(zone).date(), 0) + 1
        following = pace.due("s", moment, HOUR)
        assert 0.9 * HOUR <= following - moment <= 1.1 * HOUR + 4 * HOUR + 10 * MINUTE + HOUR  # the shift itself: 1 h
        moment = following
    full = [count for day, count in days.items() if str(day) not in {"2026-01-01", "2027-01-01"}]
    assert len(full) == 364
    assert min(full) >= 18
    assert max(full) <= 24


def test_learning_halves_the_wait_of_news() -> None:
    """A source that publishes every 40 minutes by day, found every hour at first: seen sooner once it is known."""
    dice = random.Random(7)
    published = [START + timedelta(minutes=sum(gaps)) for gaps in _growing(dice, 400)]
    pace, moment, seen, waits = Pace(), START, list[Visit](), list[float]()
    while moment < published[-1] and len(seen) < 2000:
        since = seen[-1].at if seen else START - HOUR
        new = [at for at in published if since < at <= moment]
        waits += [(moment - at).total_seconds() / 60 for at in new]
        seen.append(Visit(moment, len(new)))
        moment = pace.due("s", moment, pace.interval(HOUR, seen[-300:]))
    first, later = waits[:10], waits[100:]
    assert sum(later) / len(later) < 0.6 * sum(first) / len(first)


def _growing(dice: random.Random, count: int) -> list[list[float]]:
    gaps: list[float] = []
    grown = []
    for _ in range(count):
        gaps.append(dice.expovariate(1 / 40))
        grown.append(list(gaps))
    return grown
