"""60 days of 30 sources with ten failures put in (issue 3, item 8): one world here, ten by `make soak`."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.health.replay import replay
from tests.health.world import FAILURES, HOUR


def test_ten_failures_are_told_in_time_and_nothing_else() -> None:
    world = replay(1, look=12 * HOUR)
    assert Counter(one.outlet.failure for one in world.told) == dict.fromkeys(FAILURES, 2)
    assert [(one.outlet, one.after, one.reason) for one in world.told if not one.in_time] == []
    assert len(world.false_alarms) <= 1, world.false_alarms


@pytest.mark.soak
def test_a_hundred_failures_in_ten_worlds() -> None:
    worlds = [replay(seed, look=3 * HOUR) for seed in range(1, 11)]
    late = [one for world in worlds for one in world.told if not one.in_time]
    assert {one.outlet.failure for one in late} <= {"half volume"}
    assert len(late) <= 2, late
    assert max(len(world.false_alarms) for world in worlds) <= 1, [world.false_alarms for world in worlds]
