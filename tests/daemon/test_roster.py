"""What the daemon starts and when, on a fake clock: outages, slow sources, jumps of the clock, deaths, full disks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from itertools import pairwise

import pytest
from sqlalchemy import Engine, select

from crawler.daemon.counters import Counters
from crawler.daemon.pace import Pace
from crawler.daemon.planner import Planner
from crawler.daemon.quiet import NEVER, Quiet, quiet_hours
from crawler.daemon.roster import Limits, Roster
from crawler.daemon.rounds import RoundResult
from crawler.daemon.times import iso
from storage import schedule, sources
from storage import schema as tables
from storage.engine import reading, writing
from storage.errors import DiskFullError

# The rules are the same on both databases; the long ones are tried on one.
sqlite_alone = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
START = datetime(2026, 11, 22, 8, tzinfo=timezone.utc)
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


class FakeRound:
    """A round that ends when it is told to; it visits its sources as a child process would."""

    def __init__(self, source_ids: Sequence[str], started_at: datetime) -> None:
        self.source_ids, self.started_at = tuple(source_ids), started_at
        self.result: RoundResult | None = None

    def poll(self) -> RoundResult | None:
        return self.result

    def end(self) -> None:
        self.result = RoundResult("stopped", 130)

    def kill(self) -> None:
        self.result = RoundResult("stopped", -9)


class House:
    """A roster on a database, its clock, and all rounds that it began."""

    def __init__(self, engine: Engine, every: dict[str, timedelta], *, quiet: Quiet = NEVER, rounds: int = 2,
                 gather: timedelta = MINUTE) -> None:
        self.engine, self.now, self.begun = engine, START, list[FakeRound]()
        self.counters = Counters(START)
        self.roster = Roster(engine, Planner(Pace(quiet=quiet), gather), Limits(rounds, 0), self.counters, self._start)
        with writing(engine) as conn:
            sources.sync(conn, [{"id": name, "name": name, "kind": "tech", "country": "MA", "languages": "fr",
                                 "interval_seconds": int(span.total_seconds())} for name, span in every.items()])

    def _start(self, source_ids: Sequence[str], now: datetime) -> FakeRound:
        self.begun.append(FakeRound(source_ids, now))
        return self.begun[-1]

    def look(self) -> FakeRound | None:
        return self.begun[-1] if self.roster.look(self.now) is not None else None

    def end(self, round_: FakeRound, outcome: str = "done", *, visited: bool = True) -> None:
        if visited:
            with writing(self.engine) as conn:
                for name in round_.source_ids:
                    sources.visited(conn, name, iso(self.now), next_due_at=iso(self.now + HOUR))
        round_.result = RoundResult(outcome, 0 if outcome == "done" else 1)
        for ended, result in self.roster.poll():
            self.roster.finish(ended, result, self.now)

    def due(self) -> dict[str, str]:
        with reading(self.engine) as conn:
            return {row.id: row.next_due_at for row in conn.execute(select(tables.sources.c.id, tables.sources.c.next_due_at))}

    def live(self, span: timedelta, step: timedelta, lasts: timedelta = 10 * SECOND) -> None:
        """Let time pass: look at every step, end each round after a while."""
        until = self.now + span
        while self.now < until:
            self.look()
            for each in self.begun:
                if each.result is None and self.now >= each.started_at + lasts:
                    self.end(each)
            self.now += step


@sqlite_alone
def test_never_visited_sources_are_due_at_once_and_then_at_their_pace(database: Engine) -> None:
    house = House(database, {"quick": 10 * MINUTE, "slow": HOUR})
    first = house.look()
    assert first is not None
    assert first.source_ids == ("quick", "slow")
    assert house.look() is None, "a source is in two rounds"
    house.end(first)
    house.live(6 * HOUR, MINUTE)
    counts = Counter(name for each in house.begun[1:] for name in each.source_ids)
    assert 29 <= counts["quick"] <= 40
    assert 5 <= counts["slow"] <= 7


@sqlite_alone
def test_eight_hours_of_outage_are_one_visit_each_started_at_once_then_spread(database: Engine) -> None:
    house = House(database, {f"s{n:02}": HOUR for n in range(40)})
    house.live(3 * HOUR, 30 * SECOND)
    for each in house.begun:
        if each.result is None:
            house.end(each)
    before = len(house.begun)
    house.now += 8 * HOUR
    woke = house.now
    house.live(20 * MINUTE, 30 * SECOND)
    counts = Counter(name for each in house.begun[before:] for name in each.source_ids)
    assert counts == {f"s{n:02}": 1 for n in range(40)}
    assert all(each.started_at <= woke + MINUTE for each in house.begun[before:])
    assert 6.5 * 40 <= house.counters.sources_missed <= 8 * 40
    assert len({when[:16] for when in house.due().values()}) >= 8, "they march in step from now on"


@sqlite_alone
def test_a_slow_round_leaves_the_others_on_schedule(database: Engine) -> None:
    house = House(database, {"slow": 10 * MINUTE, **{f"s{n}": 10 * MINUTE for n in range(4)}})
    with writing(database) as conn:  # `slow` alone is due, the others in five minutes
        schedule.set_due(conn, {f"s{n}": iso(START + 5 * MINUTE) for n in range(4)})
    slow = house.look()
    assert slow is not None
    assert slow.source_ids == ("slow",)
    times: dict[str, list[datetime]] = {f"s{n}": [] for n in range(4)}
    while house.now < START + 35 * MINUTE:  # longer than three of its intervals
        found = house.look()
        if found is not None and found is not slow:
            assert "slow" not in found.source_ids
            for name in found.source_ids:
                times[name].append(house.now)
            house.now += 10 * SECOND
            house.end(found)
        house.now += 30 * SECOND
    for seen in times.values():
        assert len(seen) >= 3
        gaps = [after - before for before, after in pairwise(seen)]
        assert all(7 * MINUTE <= gap <= 12 * MINUTE for gap in gaps), gaps
    house.end(slow)


@sqlite_alone
def test_no_more_rounds_than_allowed(database: Engine) -> None:
    house = House(database, {"a": HOUR}, rounds=1)
    first = house.look()
    assert first is not None
    with writing(database) as conn:
        sources.sync(conn, [{"id": name, "name": name, "kind": "tech", "country": "MA", "interval_seconds": 3600}
                            for name in ("a", "b")])
    assert house.look() is None
    house.end(first)
    second = house.look()
    assert second is not None
    assert second.source_ids == ("b",)


def test_a_source_that_is_due_in_a_moment_joins(database: Engine) -> None:
    house = House(database, {"now": HOUR, "soon": HOUR, "later": HOUR, "tiny": 2 * MINUTE})
    with writing(database) as conn:
        schedule.set_due(conn, {"soon": iso(START + 50 * SECOND), "later": iso(START + 70 * SECOND),
                                "tiny": iso(START + 50 * SECOND)})
    found = house.look()
    assert found is not None
    assert found.source_ids == ("now", "soon")


@sqlite_alone
def test_a_round_that_died_is_not_due_at_once_for_ever(database: Engine) -> None:
    house = House(database, {"a": HOUR, "b": HOUR})
    first = house.look()
    assert first is not None
    house.now += MINUTE
    house.end(first, "killed", visited=False)
    assert all(iso(house.now + 0.9 * HOUR) <= when <= iso(house.now + 1.1 * HOUR) for when in house.due().values())
    assert house.counters.rounds == Counter(killed=1)


@sqlite_alone
def test_what_a_stop_left_is_still_due(database: Engine) -> None:
    house = House(database, {"a": HOUR})
    first = house.look()
    assert first is not None
    house.end(first, "stopped", visited=False)
    assert house.due() == {"a": None}
    assert house.look() is not None


@sqlite_alone
@pytest.mark.parametrize("back", [2 * HOUR, timedelta(days=300)])
def test_a_clock_that_was_set_back_makes_no_hole(database: Engine, back: timedelta) -> None:
    house = House(database, {"a": HOUR, "b": 10 * MINUTE})
    house.live(5 * MINUTE, 30 * SECOND)
    house.now -= back
    before = len(house.begun)
    set_at = house.now
    house.live(3 * HOUR, 30 * SECOND)
    times = {name: [each.started_at for each in house.begun[before:] if name in each.source_ids] for name in "ab"}
    assert times["a"][0] <= set_at + 1.1 * HOUR + MINUTE
    assert 2 <= len(times["a"]) <= 4
    assert times["b"][0] <= set_at + 12 * MINUTE
    assert 14 <= len(times["b"]) <= 21


@sqlite_alone
def test_a_clock_that_was_set_forward_is_one_catch_up(database: Engine) -> None:
    house = House(database, {"a": HOUR, "b": 10 * MINUTE})
    house.live(5 * MINUTE, 30 * SECOND)
    house.now += timedelta(days=40)
    before = len(house.begun)
    house.live(5 * MINUTE, 30 * SECOND)
    assert [each.source_ids for each in house.begun[before:]] == [("b", "a")]


@sqlite_alone
def test_no_round_in_quiet_hours_and_no_crowd_after(database: Engine) -> None:
    quiet = quiet_hours("12:00-14:00", "Africa/Casablanca")
    house = House(database, {f"s{n:02}": HOUR for n in range(30)}, quiet=quiet)
    house.live(8 * HOUR, MINUTE)
    begun = [each.started_at for each in house.begun]
    assert not any(moment in quiet for moment in begun)
    end = datetime(2026, 11, 22, 13, tzinfo=timezone.utc)  # 14:00 in Casablanca
    after = [each for each in house.begun if end <= each.started_at < end + 8 * MINUTE]
    assert len(after) >= 4
    assert Counter(name for each in after for name in each.source_ids).most_common(1)[0][1] == 1
    assert sum(len(each.source_ids) for each in after) >= 28


@sqlite_alone
def test_stored_times_only_grow_over_both_shifts_of_ramadan(database: Engine) -> None:
    for day in (datetime(2026, 2, 14, 20, tzinfo=timezone.utc), datetime(2026, 3, 21, 20, tzinfo=timezone.utc)):
        house = House(database, {"a": HOUR}, quiet=quiet_hours("01:00-02:30", "Africa/Casablanca"))
        with writing(database) as conn:
            schedule.set_due(conn, {"a": iso(day)})
        house.now, stored = day, list[str]()
        while house.now < day + 12 * HOUR:
            found = house.look()
            if found is not None:
                house.now += 10 * SECOND
                house.end(found)
                stored.append(house.due()["a"])
            house.now += 5 * MINUTE
        assert stored == sorted(set(stored))
        assert 10 <= len(stored) <= 13


@sqlite_alone
def test_a_full_disk_pauses_says_so_once_and_goes_on(database: Engine, monkeypatch: pytest.MonkeyPatch,
                                                     caplog: pytest.LogCaptureFixture) -> None:
    house = House(database, {"a": HOUR})
    house.roster.limits = Limits(2, 50_000_000)
    monkeypatch.setattr("storage.maintenance.free_bytes", lambda _engine: 1_000_000)
    assert [house.look() for _ in range(3)] == [None] * 3
    assert house.counters.paused == "disk full"
    assert sum("only 1 MB are free" in record.message for record in caplog.records) == 1
    monkeypatch.setattr("storage.maintenance.free_bytes", lambda _engine: 60_000_000)
    assert house.look() is not None
    assert house.counters.paused is None


@sqlite_alone
def test_a_round_whose_end_cannot_be_stored_is_not_begun_again_at_once(database: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> None:
        raise DiskFullError("no space left", "free some space")

    house = House(database, {"a": HOUR})
    first = house.look()
    assert first is not None
    with monkeypatch.context() as patched:
        patched.setattr("storage.schedule.set_due", full)
        house.end(first, "failed", visited=False)
    assert house.counters.running == 0
    assert house.look() is None
    house.now += 6 * MINUTE
    assert house.look() is not None


def test_runs_of_a_killed_daemon_are_closed(database: Engine) -> None:
    from storage import runs

    with writing(database) as conn:
        for trigger in ("daemon", "crawl", "daemon"):
            runs.begin(conn, trigger, iso(START))
        assert schedule.close_runs(conn, "daemon", iso(START + HOUR)) == 2
        assert [row["outcome"] for row in runs.latest(conn)] == ["failed", None, "failed"]
