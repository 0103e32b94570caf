"""Half a volume told from whole: what is an alarm, and what is life. Day 0 of the tables is a Monday."""

from __future__ import annotations

from random import Random

import pytest

from crawler.health.visit import DAY
from crawler.health.volume import drop

FIRST = 20_605  # Monday, 1 June 2026, in days since 1970
WEEK = (30, 32, 28, 31, 29, 8, 6)


def counts(last: list[float], length: int = 56) -> dict[int, float]:
    """So many days with chance in them, the last ones multiplied by `last`."""
    random = Random(4)
    days = {FIRST + day: float(max(0, round(random.gauss(WEEK[day % 7], 0.28 * WEEK[day % 7])))) for day in range(length)}
    for place, share in enumerate(reversed(last)):
        days[FIRST + length - 1 - place] *= share
    return days


@pytest.mark.parametrize(("last", "told"), [
    ([], False),
    ([0.5] * 14, True),
    ([0.5] * 9 + [2.0] + [0.5] * 4, True),        # one great event hides nothing
    ([0.45] * 3, False),                          # too short
    ([0.85] * 14, False),                         # a lull
    ([0.1, 0.05, 0.1, 0.15, 0.1, 0.1], False),    # six days off
    ([0.5] * 7 + [1.0] * 7, False),               # over
    ([0.3] * 14, True),
])
def test_half_is_told_and_life_is_not(last: list[float], told: bool) -> None:
    found = drop(counts(last), (FIRST + 56) * DAY)
    assert (found is not None) is told, found
    if found is not None:
        assert found.received < 0.75 * found.expected


def test_nothing_is_expected_before_a_month_is_known() -> None:
    assert drop(counts([0.5] * 14, 35), (FIRST + 35) * DAY) is None


def test_below_a_link_a_day_nothing_is_told() -> None:
    few = {day: count / 40 for day, count in counts([0.5] * 14).items()}
    assert drop(few, (FIRST + 56) * DAY) is None
