"""60 days of 30 sources with ten failures put in (issue 3, item 8). `make soak` replays ten worlds, this two."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.health.replay import Replay, replay
from tests.health.world import FAILURES, HOUR


def check(world: Replay) -> None:
    assert Counter(one.outlet.failure for one in world.told) == dict.fromkeys(FAILURES, 2)
    late = [(one.outlet, one.interval, one.after, one.reason) for one in world.told if not one.in_time]
    assert not late
    assert len(world.false_alarms) <= 1, world.false_alarms


def test_ten_failures_are_told_and_nothing_else() -> None:
    check(replay(1, look=12 * HOUR))


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(1, 11))
def test_every_failure_is_told_after_every_visit(seed: int) -> None:
    check(replay(seed))
