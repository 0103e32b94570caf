"""Whose turn it is to ask a host: one process at a time, each in its turn, and nobody waits for the dead."""

from __future__ import annotations

from datetime import datetime, timezone

from sqlalchemy import Engine

from storage import hosts
from storage.engine import reading, writing

HOST = "example.org:443"


def turn(database: Engine, who: str, at: float, lease: float = 30.0) -> float:
    with writing(database) as conn:
        return hosts.turn(conn, HOST, who, lease, at=at).wait


def leave(database: Engine, who: str, at: float, pause: float, delay: float | None = None) -> None:
    with writing(database) as conn:
        hosts.leave(conn, who, {HOST: (pause, delay)}, at=at)


def test_one_holder_at_a_time_and_its_pause_after_it(database: Engine) -> None:
    assert turn(database, "a", 1000.0) == 0.0
    assert turn(database, "b", 1001.0) == hosts.POLL
    leave(database, "a", 1005.0, pause=1.5)
    assert turn(database, "b", 1005.5) == 1.0
    assert turn(database, "b", 1006.5) == 0.0
    leave(database, "a", 1007.0, pause=0.0)  # no longer its own to give up
    assert turn(database, "a", 1007.0) == hosts.POLL


def test_a_holder_goes_on_and_gives_way_to_who_waits(database: Engine) -> None:
    assert [turn(database, "a", at) for at in (1000.0, 1020.0, 1045.0)] == [0.0] * 3
    assert turn(database, "b", 1046.0) == hosts.POLL
    assert turn(database, "a", 1047.0) == 2 * hosts.POLL
    assert turn(database, "b", 1047.5) == 0.0
    assert turn(database, "a", 1048.0) == hosts.POLL


def test_nobody_waits_for_the_dead_nor_for_a_clock_that_went_wrong(database: Engine) -> None:
    assert turn(database, "dead", 1000.0) == 0.0
    assert turn(database, "b", 1029.75) == 0.25
    assert turn(database, "b", 1030.0) == 0.0
    assert turn(database, "future", 1_000_000.0) == 0.0
    assert turn(database, "b", 2000.0) == 0.0


def test_what_a_host_asked_for_holds_for_all(database: Engine) -> None:
    until = datetime(2026, 1, 5, 10, tzinfo=timezone.utc)
    with writing(database) as conn:
        hosts.hold(conn, HOST, "2026-01-05T10:00:00Z")
    assert turn(database, "a", until.timestamp() - 90) == 90.0
    assert turn(database, "a", until.timestamp()) == 0.0


def test_the_pause_that_a_host_taught_is_kept(database: Engine) -> None:
    turn(database, "a", 1000.0)
    leave(database, "a", 1001.0, pause=0.0, delay=4.0)
    with writing(database) as conn:
        assert hosts.turn(conn, HOST, "b", 30.0, at=1002.0) == hosts.Turn(0.0, 4.0)
    leave(database, "b", 1003.0, pause=0.0)
    with writing(database) as conn:
        assert hosts.turn(conn, HOST, "b", 30.0, at=1004.0).delay is None


def test_the_clock_moves(database: Engine) -> None:
    with reading(database) as conn:
        assert abs(hosts.clock(conn) - datetime.now(timezone.utc).timestamp()) < 60


def test_a_busy_holder_keeps_it_until_its_pages_are_stored(database: Engine) -> None:
    assert turn(database, "a", 1000.0) == 0.0
    assert turn(database, "b", 1001.0) == hosts.POLL
    with writing(database) as conn:
        assert hosts.turn(conn, HOST, "a", 30.0, busy=True, at=1002.0).wait == hosts.POLL
    assert turn(database, "b", 1031.0) == hosts.POLL
    assert turn(database, "a", 1031.5) == 2 * hosts.POLL
    assert turn(database, "b", 1032.0) == 0.0
