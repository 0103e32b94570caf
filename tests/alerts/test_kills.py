"""kill -9 between storing, taking, sending and marking: nothing is lost, doubles carry the same id."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from storage.engine import open_database, writing
from tests.alerts.receivers import Hook, webhook
from tests.alerts.world import begun, rule, rules, tell
from tests.commands.conftest import TOP, environment

_POINTS = ("looked", "taken", "handed")


def child(database: str, hook: Hook, minute: int, point: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-m", "tests.alerts.child", database, hook.address, str(minute), point],
                            cwd=TOP, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def go(process: subprocess.Popen[str], *, kill_after: float | None = None) -> int:
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stdout.readline() == "ready\n"
    killer = threading.Timer(kill_after, process.kill) if kill_after is not None else None
    process.stdin.write("\n")
    process.stdin.flush()
    if killer is not None:
        killer.start()
    process.communicate(timeout=60)
    if killer is not None:
        killer.cancel()
    return process.returncode


def news(database: str, number: int) -> None:
    engine = open_database(database)
    with writing(engine) as conn:
        tell(conn, f"p{number}", f"a{number}")
    engine.dispose()


def begin(tmp_path: Path) -> str:
    database = f"sqlite:///{tmp_path / 'kills.db'}"
    engine = open_database(database)
    begun(engine, rules(rules=[rule("new_project")]))
    engine.dispose()
    return database


def check(hook: Hook, told: int) -> None:
    by_event: dict[str, set[str]] = {}
    for body in hook.bodies:
        for event in body["events"]:
            by_event.setdefault(event, set()).add(body["id"])
    assert len(by_event) == told, "an alert was lost"
    assert all(len(ids) == 1 for ids in by_event.values()), "a double carries another id"


def test_a_kill_at_each_point_loses_nothing(tmp_path: Path) -> None:
    database = begin(tmp_path)
    with webhook() as hook:
        for number, point in enumerate(_POINTS):
            news(database, number)
            assert go(child(database, hook, 10 * number, point)) == -9
        assert len(hook.bodies) >= 1
        assert go(child(database, hook, 1000, "none")) == 0
        check(hook, len(_POINTS))


@pytest.mark.soak
def test_fifty_kills_at_random_moments_lose_nothing(tmp_path: Path) -> None:
    database, dice = begin(tmp_path), random.Random(51)
    killed = 0
    with webhook() as hook:
        for number in range(50):
            news(database, number)
            killed += go(child(database, hook, 10 * number, "none"), kill_after=dice.uniform(0.0, 0.6)) == -9
        for late in range(3):
            assert go(child(database, hook, 100_000 + late * 10_000, "none")) == 0
        check(hook, 50)
    assert killed >= 20
